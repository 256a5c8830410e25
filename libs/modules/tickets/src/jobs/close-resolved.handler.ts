import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, eachOrganization, sql } from '@balcao/platform-tenancy';
import { TicketClosingService } from '../ticket-closing.service.js';

/** Tickets of one organization before another has its turn. */
const TURN = 1_000;

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
    await eachOrganization(this.database, {
      reason: 'organizations with tickets to close',
      where: sql`exists (select from tickets t where t.organization_id = s.id and t.auto_close_at is not null)`,
      turn: async (context) => (await this.closing.closeDue(context, TURN)) === TURN,
    });
  }
}
