import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, clockOf, sql, systemContext } from '@balcao/platform-tenancy';
import { ReminderService } from '../reminder.service.js';

/** Organizations that are asked for at a time. */
const PAGE = 200;
/** Invoices of one organization in one run; what is left waits for the next, so that nobody's thousands hold up others. */
const MOST_INVOICES = 1_000;
/** Nobody is reminded of money before that hour. */
const MORNING = 8;
const NIL_ID = '00000000-0000-0000-0000-000000000000';

/** Started by the clock: reminds the customers of every organization where it is morning of what they owe. */
@Injectable()
@JobHandler('billing.remind')
export class RemindHandler implements JobHandler<'billing.remind'> {
  constructor(
    private readonly database: Database,
    private readonly reminders: ReminderService,
  ) {}

  /** @throws AggregateError after all others were done, where an organization's customers could not be reminded */
  async handle(): Promise<void> {
    const failures: unknown[] = [];
    for (
      let page = await this.organizationsAfter(NIL_ID);
      page.length > 0;
      page = await this.organizationsAfter(page.at(-1)!.id)
    ) {
      for (const { id, now } of page) {
        try {
          await this.reminders.remindDue(systemContext(id, { clock: clockOf({ now }) }), MOST_INVOICES);
        } catch (error) {
          failures.push(error);
        }
      }
      if (page.length < PAGE) break;
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not every organization could be looked after');
  }

  /** Active organizations to whom something is owed, by id. What of it is due is asked within each, by its own clock. */
  private async organizationsAfter(id: string): Promise<{ id: string; now: Date | null }[]> {
    return this.database.asPlatform('organizations whose customers are reminded', (db) =>
      db.query<{ id: string; now: Date | null }>(sql`
        select s.id, s.now from organization_standings s join organizations o on o.id = s.id
        where s.id > ${id}::uuid and s.status = 'active'
          and extract(hour from coalesce(s.now, now()) at time zone o.time_zone) >= ${MORNING}
          and exists (select from invoices i where i.organization_id = s.id and i.owed > 0)
        order by s.id limit ${PAGE}`),
    );
  }
}
