import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@balcao/platform-errors';
import {
  REOPEN_DAYS,
  afterAssignment,
  afterCustomerReply,
  afterStaffComment,
  canTransition,
  closedByCustomer,
  endsAfter,
  reopenedByCustomer,
  turnOf,
} from './ticket-status.js';
import { TICKET_STATUSES, type TicketStatus } from './ticket.js';

const code = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    return (error as DomainError).code;
  }
  return undefined;
};

describe('turnOf', () => {
  it.each([
    ['new', 'customer', 'staff'],
    ['open', 'customer', 'staff'],
    ['open', 'staff', null],
    ['on_hold', 'customer', 'staff'],
    ['on_hold', 'staff', null],
    ['pending', 'customer', 'customer'],
    ['pending', 'staff', 'customer'],
    ['resolved', 'customer', null],
    ['closed', 'customer', null],
  ] as const)('of one that is %s, where the %s spoke last, is of %s', (status, lastReplyBy, turn) => {
    expect(turnOf({ status, lastReplyBy })).toBe(turn);
  });
});

describe('the status of a ticket', () => {
  it('may become anything but new, and a closed one only open', () => {
    const allowed = TICKET_STATUSES.flatMap((from) =>
      TICKET_STATUSES.filter((to) => from !== to && canTransition(from, to)).map((to) => `${from} → ${to}`),
    );
    const working: TicketStatus[] = ['open', 'pending', 'on_hold', 'resolved', 'closed'];
    const expected = [
      ...working.map((to) => `new → ${to}`),
      ...working.slice(0, 4).flatMap((from) => working.filter((to) => to !== from).map((to) => `${from} → ${to}`)),
      'closed → open',
    ];
    expect(allowed.sort()).toEqual(expected.sort());
  });

  it.each<[TicketStatus, TicketStatus]>([
    ['new', 'new'],
    ['open', 'open'],
    ['pending', 'open'],
    ['on_hold', 'on_hold'],
    ['resolved', 'open'],
  ])('after a customer replies to a ticket that is %s is %s', (before, after) => {
    expect(afterCustomerReply(before)).toBe(after);
  });

  it('refuses a reply to a closed ticket', () => {
    expect(code(() => afterCustomerReply('closed'))).toBe('ticket_closed');
  });

  it.each<[TicketStatus, { isPublic: boolean; status?: TicketStatus }, TicketStatus]>([
    ['new', { isPublic: true }, 'open'],
    ['new', { isPublic: false }, 'new'],
    ['new', { isPublic: true, status: 'pending' }, 'pending'],
    ['pending', { isPublic: true }, 'pending'],
    ['resolved', { isPublic: true }, 'resolved'],
    ['open', { isPublic: true, status: 'resolved' }, 'resolved'],
    ['closed', { isPublic: false }, 'closed'],
    ['closed', { isPublic: true, status: 'open' }, 'open'],
  ])('after a staff comment: %s, %j → %s', (before, comment, after) => {
    expect(afterStaffComment(before, comment)).toBe(after);
  });

  it('refuses a public answer to a ticket that stays closed, and a forbidden status beside it', () => {
    expect(code(() => afterStaffComment('closed', { isPublic: true }))).toBe('ticket_closed');
    expect(code(() => afterStaffComment('closed', { isPublic: true, status: 'pending' }))).toBe(
      'ticket_transition_not_allowed',
    );
    expect(code(() => afterStaffComment('open', { isPublic: true, status: 'new' }))).toBe(
      'ticket_transition_not_allowed',
    );
  });

  it('opens when somebody takes a new ticket, and stays otherwise', () => {
    expect(afterAssignment('new')).toBe('open');
    expect(afterAssignment('on_hold')).toBe('on_hold');
  });

  it('closes at the customer’s wish once', () => {
    expect(closedByCustomer('pending')).toBe('closed');
    expect(code(() => closedByCustomer('closed'))).toBe('ticket_closed');
  });

  it(`can be reopened when resolved, and for ${REOPEN_DAYS} days when closed`, () => {
    const closedAt = new Date('2026-03-01T12:00:00Z');
    const after = (days: number) => new Date(closedAt.getTime() + days * 86_400_000);
    expect(reopenedByCustomer({ status: 'resolved', closedAt: null }, after(400))).toBe('open');
    expect(reopenedByCustomer({ status: 'closed', closedAt }, after(REOPEN_DAYS))).toBe('open');
    expect(code(() => reopenedByCustomer({ status: 'closed', closedAt }, after(REOPEN_DAYS + 1)))).toBe(
      'ticket_closed',
    );
    expect(code(() => reopenedByCustomer({ status: 'open', closedAt: null }, after(0)))).toBe('conflict');
  });

  it('keeps when it was resolved and closed, and forgets both when work goes on', () => {
    const [then, now] = [new Date(1), new Date(2)];
    const never = { resolvedAt: null, closedAt: null, autoCloseAt: null };
    expect(endsAfter({ ...never, status: 'open' }, 'resolved', now)).toEqual({ ...never, resolvedAt: now });
    const resolved = { status: 'resolved' as const, resolvedAt: then, closedAt: null, autoCloseAt: new Date(9) };
    expect(endsAfter(resolved, 'closed', now)).toEqual({ resolvedAt: then, closedAt: now, autoCloseAt: null });
    expect(endsAfter(resolved, 'open', now)).toEqual(never);
    const closed = { ...never, status: 'closed' as const, closedAt: then };
    expect(endsAfter({ ...closed, resolvedAt: then }, 'open', now)).toEqual(never);
    expect(endsAfter(closed, 'closed', now)).toEqual({ ...never, closedAt: then });
  });

  it('S3.13 closes by itself so many days after it was resolved, at a moment that then stands', () => {
    const now = new Date('2026-11-18T12:00:00Z');
    const open = { status: 'open' as const, resolvedAt: null, closedAt: null, autoCloseAt: null };
    const resolved = endsAfter(open, 'resolved', now, 7);
    expect(resolved.autoCloseAt).toEqual(new Date('2026-11-25T12:00:00Z'));
    expect(endsAfter({ ...resolved, status: 'resolved' }, 'resolved', new Date(), 90)).toEqual(resolved);
    expect(endsAfter(open, 'resolved', now, 0).autoCloseAt).toBeNull();
    for (const status of ['new', 'open', 'pending', 'on_hold', 'closed'] as const) {
      expect(endsAfter({ ...resolved, status: 'resolved' }, status, now, 7).autoCloseAt).toBeNull();
    }
  });
});
