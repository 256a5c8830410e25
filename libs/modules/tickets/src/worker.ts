import { Module } from '@nestjs/common';
import { TicketMailReader } from './emails/ticket-mail-facts.js';
import { TICKET_MAILS } from './emails/ticket.mails.js';
import { TicketMails } from './emails/ticket-mails.js';
import { CloseResolvedHandler } from './jobs/close-resolved.handler.js';
import { TicketIndexSubscriber } from './jobs/ticket-index.subscriber.js';
import { TicketClosingService } from './ticket-closing.service.js';
import { TicketsCoreModule } from './tickets.core.module.js';
import { TICKETS_ENTITIES } from './persistence/ticket.entity.js';

export { TicketMails } from './emails/ticket-mails.js';
export { TicketIndexSubscriber } from './jobs/ticket-index.subscriber.js';

/** Who hears of tickets and writes mails about them, who makes them found by their words, and the job that closes the resolved ones. */
@Module({
  imports: [TicketsCoreModule],
  providers: [TicketMailReader, TicketMails, CloseResolvedHandler, TicketIndexSubscriber, ...TICKET_MAILS],
})
export class TicketsWorkerModule {}

/** What the worker runs of this module. */
export const ticketsWorker = {
  module: TicketsWorkerModule,
  entities: TICKETS_ENTITIES,
  dueWork: [TicketClosingService],
};
