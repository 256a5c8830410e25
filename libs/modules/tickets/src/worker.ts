export { TicketMails } from './emails/ticket-mails.js';
export { TicketsWorkerModule } from './tickets.worker.module.js';
