import { Injectable } from '@nestjs/common';
import { addDays, type Day } from '@balcao/money';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import { SubscriptionRepository } from './persistence/subscription.repository.js';
import { SubscriptionLife } from './subscription-life.js';

/** So many days before the first day that costs something its customer is told. */
export const NOTICE_DAYS = 3;
const BATCH = 100;

/** Tells customers that a trial ends, once each. */
@Injectable()
export class TrialNotices {
  constructor(
    private readonly database: Database,
    private readonly rows: SubscriptionRepository,
    private readonly life: SubscriptionLife,
  ) {}

  async run(context: OrganizationContext, today: Day): Promise<void> {
    for (;;) {
      const told = await this.database.transaction(context, async (db) => {
        const due = await db.query<{ id: string }>(sql`
          select t.id from subscriptions t
          where ${db.tenant('t')} and t.state = 'trialing' and t.trial_ends_on <= ${addDays(today, NOTICE_DAYS)}::date and t.cancel_on is null
            and not exists (select from subscription_events e
              where ${db.tenant('e')} and e.subscription_id = t.id and e.kind = 'trial_ending')
          order by t.id limit ${BATCH} for no key update of t skip locked`);
        for (const { id } of due) {
          const row = (await this.rows.get(db, id))!;
          await this.life.tell(db, context, row, { kind: 'trial_ending', onDay: row.trialEndsOn! });
        }
        return due.length;
      });
      if (told < BATCH) return;
    }
  }
}
