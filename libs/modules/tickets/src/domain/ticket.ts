/** Words of a ticket. */
export const TICKET_STATUSES = ['new', 'open', 'pending', 'on_hold', 'resolved', 'closed'] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];

/** From the least to the most pressing. */
export const TICKET_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type TicketPriority = (typeof TICKET_PRIORITIES)[number];

export const TICKET_TYPES = ['incident', 'change', 'request'] as const;
export type TicketType = (typeof TICKET_TYPES)[number];

export const TICKET_SOURCES = ['portal', 'staff', 'email', 'api'] as const;
export type TicketSource = (typeof TICKET_SOURCES)[number];

export type CommentAuthorType = 'portal' | 'staff';

/** What people say of a ticket that they open. */
export interface NewTicket {
  subject: string;
  description: string;
  priority?: TicketPriority;
  type?: TicketType;
}

/** The same as the ticket has it, by whichever way it is opened. */
export const asWritten = ({ subject, description, priority, type }: NewTicket) => ({
  subject,
  description,
  priority: priority ?? ('normal' as const),
  type: type ?? ('request' as const),
});
