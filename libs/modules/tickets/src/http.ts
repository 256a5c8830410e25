export { TicketsHttpModule } from './http/tickets.http.module.js';
