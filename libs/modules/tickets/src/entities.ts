export { TicketCommentEntity, TicketEntity } from './persistence/ticket.entity.js';
