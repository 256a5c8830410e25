import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, eachOrganization, sql } from '@balcao/platform-tenancy';
import { ReminderService } from '../reminder.service.js';

/** Invoices of one organization before another has its turn. */
const TURN = 1_000;
/** Nobody is reminded of money before that hour. */
const MORNING = 8;

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
    await eachOrganization(this.database, {
      reason: 'organizations whose customers are reminded',
      where: sql`extract(hour from coalesce(s.now, now()) at time zone s.time_zone) >= ${MORNING}
        and exists (select from invoices i where i.organization_id = s.id and i.owed > 0)`,
      turn: async (context) => (await this.reminders.remindDue(context, TURN)) === TURN,
    });
  }
}
