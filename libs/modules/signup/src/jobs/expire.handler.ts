import { Injectable } from '@nestjs/common';
import { portalUserCredentials } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { JobHandler, type JobHandler as Handler } from '@balcao/platform-outbox/worker';
import { Database, clockOf, sql, systemContext, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { FORGOTTEN, SignupBook } from '../signup-book.js';
import { SignupSteps } from '../signup-steps.js';

/** Signups of one run; the next ones follow with the next. */
const AT_ONCE = 500;
/** Days that a signup which came to nothing is still shown to staff. */
const KEPT_DAYS = 30;

/**
 * Ends signups whose time is over: what was typed is forgotten, and an account that nobody has confirmed gives way. Those
 * that came to nothing go altogether a month later.
 */
@Injectable()
@JobHandler('signup.expire')
export class ExpireHandler implements Handler<'signup.expire'> {
  constructor(
    private readonly database: Database,
    private readonly book: SignupBook,
    private readonly steps: SignupSteps,
    private readonly audit: Audit,
  ) {}

  /** @throws AggregateError after all others were done, where one could not be ended */
  async handle(): Promise<void> {
    const due = await this.database.asPlatform('signups whose time is over', async (db) => {
      await db.execute(sql`
        delete from signups where (organization_id, id) in (
          select organization_id, id from signups where status in ('refused', 'withdrawn', 'expired')
            and expires_at < now() - make_interval(days => ${KEPT_DAYS}) limit ${AT_ONCE} for update skip locked)`);
      return db.query<{ organizationId: string; now: Date | null; id: string }>(sql`
        select s.organization_id as "organizationId", o.now, s.id from signups s
        join organization_standings o on o.id = s.organization_id
        where s.expires_at < now() and s.status not in ('completed', 'expired', 'withdrawn')
          and (s.status <> 'refused' or s.administrator_email is not null or s.access_request is not null)
        order by s.expires_at limit ${AT_ONCE}`);
    });
    const failures: unknown[] = [];
    for (const { organizationId, now, id } of due) {
      const context = systemContext(organizationId, { requestId: 'job:signup.expire', clock: clockOf({ now }) });
      await this.database
        .transaction(context, (db) => this.expire(db, context, id))
        .catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not every signup could be ended');
  }

  private async expire(db: Db, context: OrganizationContext, id: string): Promise<void> {
    const held = await this.book.hold(db, id);
    if (held.expiresAt > new Date() || ['completed', 'expired', 'withdrawn'].includes(held.status)) return;
    const cameIn = held.userId !== null && (await portalUserCredentials.passwordHash(db, held.userId)) !== undefined;
    if (!cameIn) await this.steps.takeBack(db, context, held, held.status === 'refused' ? 'refused' : 'expired');
    else {
      // By an invitation of staff, which was mailed to the same address.
      const refusal = await this.steps.claimTaxId(db, context, held);
      await this.book.change(db, context, held, { ...FORGOTTEN, status: 'completed', refusal });
    }
    await this.audit.record(db, context, { action: 'system.signup.expire', target: { type: 'signup', id } });
  }
}
