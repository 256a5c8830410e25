import { TicketCommentEntity, TicketEntity, TicketEventEntity } from './persistence/ticket.entity.js';

/** What repositories may be asked for. */
export const TICKETS_ENTITIES = [TicketCommentEntity, TicketEntity, TicketEventEntity];
