import { Injectable } from '@nestjs/common';
import type { HeardEvent } from '@balcao/contracts';
import { Subscriber, type EventSubscriber, type Finish } from '@balcao/platform-outbox/worker';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { indexTickets } from '../persistence/ticket-index.js';
import { TicketIndexService } from '../ticket-index.service.js';

const HEARD = [
  'ticket.created',
  'ticket.replied',
  'ticket.note_added',
  'ticket.comment_changed',
  'ticket.note_changed',
  'portal_user.renamed',
] as const satisfies HeardEvent['name'][];
type Heard = Extract<HeardEvent, { name: (typeof HEARD)[number] }>;

/** Makes a ticket found by its words whenever some were added, changed or taken back, or its customer was renamed. */
@Injectable()
@Subscriber('tickets.index', HEARD)
export class TicketIndexSubscriber implements EventSubscriber<Heard['name']> {
  constructor(
    private readonly database: Database,
    private readonly index: TicketIndexService,
  ) {}

  async hear({ ids }: Heard, context: OrganizationContext, finish: Finish): Promise<void> {
    if ('portalUserId' in ids) await this.index.reindex(context, ids.portalUserId);
    await this.database.transaction(context, async (db) => {
      if ('ticketId' in ids) await indexTickets(db, [ids.ticketId]);
      await finish(db);
    });
  }
}
