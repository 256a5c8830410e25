import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, sql, systemContext } from '@balcao/platform-tenancy';
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
      let ids = await this.organizationsAfter(NIL_ID);
      ids.length > 0;
      ids = await this.organizationsAfter(ids.at(-1)!)
    ) {
      for (const id of ids) {
        try {
          await this.closing.closeDue(systemContext(id), MOST_TICKETS);
        } catch (error) {
          failures.push(error);
        }
      }
      if (ids.length < PAGE) break;
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not every organization could be looked after');
  }

  /**
   * Active organizations with tickets that close at some moment, by id. Whether it has come is asked within each, by the
   * organization's own clock.
   */
  private async organizationsAfter(id: string): Promise<string[]> {
    const rows = await this.database.asPlatform('organizations with tickets to close', (db) =>
      db.query<{ id: string }>(sql`
        select o.id from organizations o
        where o.id > ${id}::uuid and o.status = 'active'
          and exists (select from tickets t where t.organization_id = o.id and t.auto_close_at is not null)
        order by o.id limit ${PAGE}`),
    );
    return rows.map((row) => row.id);
  }
}
