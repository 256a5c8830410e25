import type { DomainEvent } from '@balcao/contracts';
import type { TicketStatus } from './ticket.js';

/** What an event says of the ticket that it is about. */
export interface TicketOfEvent {
  id: string;
  billingAccountId: string;
  submittedById: string | null;
}

type TicketEventName = Extract<DomainEvent['name'], `ticket.${string}`>;

/** Something that happened to a ticket, or to a comment of it. */
export function ticketEvent(name: TicketEventName, ticket: TicketOfEvent, commentId?: string): DomainEvent {
  return {
    name,
    ids: { ticketId: ticket.id, ...(commentId ? { commentId } : {}) },
    billingAccountId: ticket.billingAccountId,
    portalUserId: ticket.submittedById ?? undefined,
  } as DomainEvent;
}

/** What a change of status is called; nothing where it stayed. `commentId` names the answer that brought it. */
export function statusEvents(
  before: TicketStatus,
  after: TicketStatus,
  ticket: TicketOfEvent,
  commentId?: string,
): DomainEvent[] {
  return before === after ? [] : [ticketEvent(nameOf(before, after), ticket, commentId)];
}

function nameOf(before: TicketStatus, after: TicketStatus): TicketEventName {
  if (after === 'resolved') return 'ticket.resolved';
  if (after === 'closed') return 'ticket.closed';
  return before === 'resolved' || before === 'closed' ? 'ticket.reopened' : 'ticket.status_changed';
}
