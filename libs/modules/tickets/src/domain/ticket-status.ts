import { DAY_MS } from '@balcao/contracts';
import { DomainError } from '@balcao/platform-errors';
import type { TicketStatus } from './ticket.js';

/** Days after its end during which the customer may reopen a closed ticket; later it takes a new one. */
export const REOPEN_DAYS = 30;

/**
 * Whether staff may move a ticket. Every status can follow every other, except that nothing becomes new again and
 * that a closed ticket can only be reopened.
 */
export function canTransition(from: TicketStatus, to: TicketStatus): boolean {
  if (from === to) return true;
  return to !== 'new' && (from !== 'closed' || to === 'open');
}

export const TURNS = ['customer', 'staff'] as const;
export type Turn = (typeof TURNS)[number];

/** The status in which the customer has to answer, however it came about; their answer ends it. */
export const WAITS_FOR_CUSTOMER = 'pending' satisfies TicketStatus;

/** Who has to answer next; nobody where a ticket is finished, or staff have answered and go on working. */
export function turnOf({ status, lastReplyBy }: { status: TicketStatus; lastReplyBy: Turn }): Turn | null {
  if (status === 'resolved' || status === 'closed') return null;
  if (status === WAITS_FOR_CUSTOMER) return 'customer';
  return lastReplyBy === 'customer' ? 'staff' : null;
}

/** @throws DomainError ticket_transition_not_allowed */
export function requireTransition(from: TicketStatus, to: TicketStatus): TicketStatus {
  if (!canTransition(from, to)) throw new DomainError('ticket_transition_not_allowed');
  return to;
}

/** A customer's reply takes up again what waited for them or seemed done. @throws DomainError ticket_closed */
export function afterCustomerReply(status: TicketStatus): TicketStatus {
  if (status === 'closed') throw new DomainError('ticket_closed');
  return status === 'pending' || status === 'resolved' ? 'open' : status;
}

/**
 * A staff comment leaves the status that somebody chose, unless it brings another. Only a new ticket becomes open by
 * the first public answer, for it is being worked on. An internal note changes nothing by itself.
 * @throws DomainError ticket_closed for a public answer to a closed ticket, ticket_transition_not_allowed
 */
export function afterStaffComment(
  status: TicketStatus,
  comment: { isPublic: boolean; status?: TicketStatus },
): TicketStatus {
  const wanted = comment.status ?? (status === 'new' && comment.isPublic ? 'open' : status);
  if (comment.isPublic && status === 'closed' && wanted === 'closed') throw new DomainError('ticket_closed');
  return requireTransition(status, wanted);
}

/** Somebody who takes a new ticket acknowledges it. */
export function afterAssignment(status: TicketStatus): TicketStatus {
  return status === 'new' ? 'open' : status;
}

/** @throws DomainError ticket_closed */
export function closedByCustomer(status: TicketStatus): TicketStatus {
  if (status === 'closed') throw new DomainError('ticket_closed');
  return 'closed';
}

/** Whether the customer may take a finished ticket up again. */
export function canReopen(ticket: { status: TicketStatus; closedAt: Date | null }, now: Date): boolean {
  if (ticket.status === 'resolved') return true;
  return (
    ticket.status === 'closed' &&
    ticket.closedAt !== null &&
    now.getTime() - ticket.closedAt.getTime() <= REOPEN_DAYS * DAY_MS
  );
}

/** @throws DomainError ticket_closed when it is too late, conflict when the ticket is not finished */
export function reopenedByCustomer(ticket: { status: TicketStatus; closedAt: Date | null }, now: Date): TicketStatus {
  if (canReopen(ticket, now)) return 'open';
  throw new DomainError(ticket.status === 'closed' ? 'ticket_closed' : 'conflict');
}

/** When a ticket was resolved and closed, and when a resolved one closes by itself. */
export interface TicketEnds {
  resolvedAt: Date | null;
  closedAt: Date | null;
  autoCloseAt: Date | null;
}

/**
 * The ends of a ticket after a change of its status at `now`. A ticket that becomes resolved closes by itself
 * `closesAfterDays` later, or never where that is 0; that moment then stands, since its customer is told of it.
 */
export function endsAfter(
  before: TicketEnds & { status: TicketStatus },
  status: TicketStatus,
  now: Date,
  closesAfterDays = 0,
): TicketEnds {
  const { resolvedAt, closedAt, autoCloseAt } = before;
  if (status === before.status) return { resolvedAt, closedAt, autoCloseAt };
  if (status === 'resolved') return { resolvedAt: now, closedAt: null, autoCloseAt: daysAfter(now, closesAfterDays) };
  if (status === 'closed') return { resolvedAt, closedAt: now, autoCloseAt: null };
  return { resolvedAt: null, closedAt: null, autoCloseAt: null };
}

const daysAfter = (moment: Date, days: number): Date | null =>
  days === 0 ? null : new Date(moment.getTime() + days * DAY_MS);
