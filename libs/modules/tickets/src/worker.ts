import { TICKETS_ENTITIES } from './entities.js';
import { TicketsWorkerModule } from './tickets.worker.module.js';

export { TicketMails } from './emails/ticket-mails.js';
export { TicketIndexSubscriber } from './jobs/ticket-index.subscriber.js';

/** What the worker runs of this module. */
export const ticketsWorker = { module: TicketsWorkerModule, entities: TICKETS_ENTITIES };
