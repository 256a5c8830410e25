import { Injectable } from '@nestjs/common';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { indexTickets, ticketIdsAfter } from './persistence/ticket-index.js';

/** Tickets that one transaction indexes: few enough that nobody waits for their locks. */
const BATCH = 100;
const NIL_ID = '00000000-0000-0000-0000-000000000000';

/** Writes down anew what tickets are found by, batch by batch. */
@Injectable()
export class TicketIndexService {
  constructor(private readonly database: Database) {}

  /** Indexes all tickets of the organization, or of a person. @returns how many */
  async reindex(context: OrganizationContext, submitterId?: string): Promise<number> {
    let indexed = 0;
    for (let last: string | undefined = NIL_ID; last;) {
      const after = last;
      last = await this.database.transaction(context, async (db) => {
        const ids = await ticketIdsAfter(db, after, BATCH, submitterId);
        indexed += await indexTickets(db, ids);
        return ids.at(-1);
      });
    }
    return indexed;
  }
}
