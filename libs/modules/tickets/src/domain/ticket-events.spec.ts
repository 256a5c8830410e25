import { describe, expect, it } from '@jest/globals';
import { statusEvents } from './ticket-events.js';
import type { TicketStatus } from './ticket.js';

const TICKET = { id: 't', billingAccountId: 'a', submittedById: null };

describe('a change of status is one event', () => {
  it.each<[TicketStatus, TicketStatus, string[]]>([
    ['open', 'open', []],
    ['resolved', 'resolved', []],
    ['new', 'open', ['ticket.status_changed']],
    ['open', 'pending', ['ticket.status_changed']],
    ['on_hold', 'open', ['ticket.status_changed']],
    ['open', 'resolved', ['ticket.resolved']],
    ['closed', 'resolved', ['ticket.resolved']],
    ['resolved', 'closed', ['ticket.closed']],
    ['new', 'closed', ['ticket.closed']],
    ['resolved', 'open', ['ticket.reopened']],
    ['closed', 'pending', ['ticket.reopened']],
  ])('%s → %s', (before, after, names) => {
    expect(statusEvents(before, after, TICKET).map(({ name }) => name)).toEqual(names);
  });
});
