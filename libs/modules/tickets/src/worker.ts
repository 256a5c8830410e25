export { TicketMails } from './emails/ticket-mails.js';
export { TicketsWorkerModule } from './tickets.worker.module.js';
export { TicketIndexSubscriber } from './jobs/ticket-index.subscriber.js';
