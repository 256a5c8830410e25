import { Injectable } from '@nestjs/common';
import { languageFor } from '@balcao/module-directory';
import { newId } from '@balcao/platform-database';
import { DomainError } from '@balcao/platform-errors';
import { Mailer } from '@balcao/platform-mail';
import { RateLimiter } from '@balcao/platform-state';
import { Database, type StaffContext } from '@balcao/platform-tenancy';

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
    const { id: staffUserId, email, name, locale } = context.principal.user;
    const { allowed, retryAfterSeconds } = await this.limiter.consume(`sender-test|${staffUserId}`, TESTS);
    if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
    await this.database.transaction(context, async (db) => {
      await this.mailer.enqueue(db, context, {
        template: 'sender-test',
        businessKey: `sender-test:${newId()}`,
        recipient: { email, name, locale: await languageFor(db, { email, locale }) },
        ids: { staffUserId },
      });
    });
  }
}
