import { TicketCommentEntity, TicketEntity } from './persistence/ticket.entity.js';

export { TicketCommentEntity, TicketEntity } from './persistence/ticket.entity.js';

/** What repositories may be asked for. */
export const TICKETS_ENTITIES = [TicketCommentEntity, TicketEntity];
