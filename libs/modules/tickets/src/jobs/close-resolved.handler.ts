import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, clockOf, sql, systemContext } from '@balcao/platform-tenancy';
import { TicketClosingService } from '../ticket-closing.service.js';

/** Organizations that are asked for at a time. */
const PAGE = 200;
/** Tickets of one organization in one run; what is left waits for the next, so that nobody's thousands hold up others. */
const MOST_TICKETS = 1_000;
const NIL_ID = '00000000-0000-0000-0000-000000000000';

/** Started by the clock: closes the resolved tickets of every organization that are due. */
@Injectable()
@JobHandler('tickets.close-resolved')
export class CloseResolvedHandler implements JobHandler<'tickets.close-resolved'> {
  constructor(
    private readonly database: Database,
    private readonly closing: TicketClosingService,
  ) {}

  /** @throws AggregateError after all others were done, where an organization's tickets could not be closed */
  async handle(): Promise<void> {
    const failures: unknown[] = [];
    for (
      let due = await this.organizationsAfter(NIL_ID);
      due.length > 0;
      due = await this.organizationsAfter(due.at(-1)!.id)
    ) {
      for (const { id, now } of due) {
        try {
          await this.closing.closeDue(systemContext(id, { clock: clockOf({ now }) }), MOST_TICKETS);
        } catch (error) {
          failures.push(error);
        }
      }
      if (due.length < PAGE) break;
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not every organization could be looked after');
  }

  /**
   * Active organizations with tickets that close at some moment, by id. Whether it has come is asked within each, by the
   * organization's own clock.
   */
  private async organizationsAfter(id: string): Promise<{ id: string; now: Date | null }[]> {
    return this.database.asPlatform('organizations with tickets to close', (db) =>
      db.query<{ id: string; now: Date | null }>(sql`
        select o.id, o.now from organization_standings o
        where o.id > ${id}::uuid and o.status = 'active'
          and exists (select from tickets t where t.organization_id = o.id and t.auto_close_at is not null)
        order by o.id limit ${PAGE}`),
    );
  }
}
