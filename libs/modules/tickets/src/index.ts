export {
  TICKET_PRIORITIES,
  TICKET_STATUSES,
  TICKET_TYPES,
  type TicketPriority,
  type TicketStatus,
  type TicketType,
} from './domain/ticket.js';
export { DisputeService } from './dispute.service.js';
export { PortalTicketService } from './portal-ticket.service.js';
export { StaffTicketService, type NewTicketOnBehalf, type StaffComment } from './staff-ticket.service.js';
export type { TicketPatch } from './ticket-changes.js';
export { TicketImportService, type ImportedComment, type ImportedTicket } from './ticket-import.service.js';
export { TicketIndexService } from './ticket-index.service.js';
export { TicketsCoreModule } from './tickets.core.module.js';
