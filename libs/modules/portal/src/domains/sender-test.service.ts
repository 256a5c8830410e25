import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { newId } from '@balcao/platform-database';
import { DomainError, found } from '@balcao/platform-errors';
import { Mailer } from '@balcao/platform-mail';
import { RateLimiter } from '@balcao/platform-state';
import { Database, sql, type StaffContext } from '@balcao/platform-tenancy';

/** Mails that one person asks for to see how they arrive. */
const TESTS = { limit: 5, windowSeconds: 3_600, blockSeconds: 0 };

/** Has a mail sent to whoever asks, and to nobody else. */
@Injectable()
export class SenderTestService {
  constructor(
    private readonly database: Database,
    private readonly mailer: Mailer,
    private readonly limiter: RateLimiter,
  ) {}

  /** @throws DomainError rate_limited */
  async send(context: StaffContext): Promise<void> {
    const staffUserId = context.principal.user.id;
    const { allowed, retryAfterSeconds } = await this.limiter.consume(`sender-test|${staffUserId}`, TESTS);
    if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
    await this.database.transaction(context, async (db) => {
      const recipient = found(
        await db.first<{ email: string; name: string; locale: Locale }>(sql`
          select s.email, s.name, coalesce(s.locale, o.locale) as locale from staff_users s
          join organizations o on o.id = s.organization_id
          where ${db.tenant('s')} and s.id = ${staffUserId}::uuid`),
      );
      await this.mailer.enqueue(db, context, {
        template: 'sender-test',
        businessKey: `sender-test:${newId()}`,
        recipient,
        ids: { staffUserId },
      });
    });
  }
}
