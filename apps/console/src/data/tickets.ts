import {
  adminCommentTicket,
  adminEditTicketNote,
  adminGetTicket,
  adminHandOverTickets,
  adminListEarlierComments,
  adminListInvoiceDisputes,
  adminListTickets,
  adminUpdateTicket,
  adminUpdateTickets,
  type BulkUpdateTicketsRequest,
} from '@balcao/api-client';
import { ApiError } from '@balcao/ui';
import { useSessionStore } from '../stores/session.js';
import { list, one, query, useChange, useMessage } from './keys.js';
import type { TicketPriority, TicketStatus, TicketType } from './types.js';

export const VIEWS = ['mine', 'unassigned', 'open', 'all'] as const;
export type View = (typeof VIEWS)[number];
/** Views whose number of tickets says how much work waits. */
export const COUNTED: readonly View[] = ['mine', 'unassigned', 'open'];

/** Beside the usual order, the latest activity first. */
export const SORTS = ['lastActivityAt', '-priority'] as const;

export interface TicketChange {
  status?: TicketStatus;
  priority?: TicketPriority;
  type?: TicketType;
  assigneeId?: string | null;
  externalTicketId?: string | null;
  externalTicketUrl?: string | null;
}

/** Behind what the page hears at once, should that have been lost. */
const INTERVAL = 5 * 60_000;

export const useTickets = list('tickets', adminListTickets, { refetchInterval: INTERVAL });

/** Tickets in which charges of an invoice are disputed, the latest first. */
export const useInvoiceDisputes = query(
  ['tickets', 'disputes'],
  async (call, id: string) => (await adminListInvoiceDisputes({ ...call, path: { id } })).data,
  { enabled: () => useSessionStore().can('tickets:read') },
);

export const useTicket = one('ticket', async (call) => (await adminGetTicket(call)).ticket, {
  refetchInterval: INTERVAL,
});

/** What was said before a comment of a ticket. */
export const readCommentsBefore = (id: string, before: string) =>
  adminListEarlierComments({ path: { id }, query: { before } });

/** A change names the version of the ticket that it was decided on; without one it is made whatever the ticket became. */
export const useChangeTicket = (id: string) =>
  useChange(
    (change: TicketChange & { version?: number }) => adminUpdateTicket({ path: { id }, body: change }),
    'ticket',
    'tickets',
  );

export const useAddComment = (id: string) =>
  useMessage(
    (comment: { body: string; isPublic: boolean; version?: number }) =>
      adminCommentTicket({ path: { id }, body: comment }),
    'ticket',
    'tickets',
  );

/** How many tickets that are not finished a colleague has. */
export const useTicketsOf = query(
  ['tickets', 'of'],
  async (call, assigneeId: string) =>
    (await adminListTickets({ ...call, query: { view: 'open', assigneeId, limit: 1 } })).pagination,
  { enabled: () => useSessionStore().can('tickets:read') },
);

/** Goes on where the budget of a minute is used up, as soon as there is a new one: what was done so far stands. */
async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'rate_limited') throw error;
      await new Promise((resolve) => setTimeout(resolve, 1_000 * (error.retryAfter ?? 60)));
    }
  }
}

/** Gives the unfinished tickets of a colleague to another or to nobody, and answers how many those were. */
export const useHandOver = () =>
  useChange(
    async (body: { from: string; to: string | null }) => {
      let total = 0;
      for (let finished = false; !finished;) {
        const done = await patiently(() => adminHandOverTickets({ body }));
        total += done.changed;
        finished = done.finished || done.changed === 0;
      }
      return total;
    },
    'ticket',
    'tickets',
  );

export const useEditNote = (id: string) =>
  useChange(
    ({ noteId, body }: { noteId: string; body: string }) =>
      adminEditTicketNote({ path: { id, noteId }, body: { body } }),
    'ticket',
    'tickets',
  );

/** Changes many tickets at once and answers what became of each. */
export const useChangeTickets = () =>
  useChange(
    async (change: BulkUpdateTicketsRequest) => (await adminUpdateTickets({ body: change })).results,
    'ticket',
    'tickets',
  );
