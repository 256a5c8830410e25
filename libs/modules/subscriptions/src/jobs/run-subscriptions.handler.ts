import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, clockOf, sql, systemContext } from '@balcao/platform-tenancy';
import { SubscriptionRunner } from '../subscription-runner.service.js';

/** Organizations that are asked for at a time. */
const PAGE = 200;
/** Subscriptions of one organization in one run; what is left waits for the next, so that nobody's thousands hold up others. */
const MOST_SUBSCRIPTIONS = 5_000;
const NIL_ID = '00000000-0000-0000-0000-000000000000';

/** Started by the clock: does what is due of every organization's subscriptions, by its own day. */
@Injectable()
@JobHandler('subscriptions.run')
export class RunSubscriptionsHandler implements JobHandler<'subscriptions.run'> {
  constructor(
    private readonly database: Database,
    private readonly runner: SubscriptionRunner,
  ) {}

  /** @throws AggregateError after all others were done, where an organization's subscriptions could not all be looked after */
  async handle(): Promise<void> {
    const failures: unknown[] = [];
    for (
      let page = await this.organizationsAfter(NIL_ID);
      page.length > 0;
      page = await this.organizationsAfter(page.at(-1)!.id)
    ) {
      for (const { id, now } of page) {
        try {
          await this.runner.run(systemContext(id, { clock: clockOf({ now }) }), MOST_SUBSCRIPTIONS);
        } catch (error) {
          failures.push(error);
        }
      }
      if (page.length < PAGE) break;
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not every organization could be looked after');
  }

  /** Active organizations that have subscriptions, by id. What of them is due is asked within each, by its own clock. */
  private async organizationsAfter(id: string): Promise<{ id: string; now: Date | null }[]> {
    return this.database.asPlatform('organizations whose subscriptions are looked after', (db) =>
      db.query<{ id: string; now: Date | null }>(sql`
        select s.id, s.now from organization_standings s
        where s.id > ${id}::uuid and s.status = 'active'
          and exists (select from subscriptions t where t.organization_id = s.id and t.ended_at is null)
        order by s.id limit ${PAGE}`),
    );
  }
}
