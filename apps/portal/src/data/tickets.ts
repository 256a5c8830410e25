import {
  portalCloseTicket,
  portalCommentTicket,
  portalCreateTicket,
  portalEditTicketComment,
  portalGetTicket,
  portalListEarlierComments,
  portalListTickets,
  portalRemoveTicketComment,
  portalReopenTicket,
  portalTicketOverview,
} from '@balcao/api-client';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import type { TicketPriority, TicketType } from '../api/types.js';
import { useSessionStore } from '../stores/session.js';
import { list, one, query, useChange, useMessage } from './keys.js';
import { statusesOf, type TicketFilter } from './ticket-filter.js';

const PAGE_SIZE = 20;
/** Where a ticket shows. */
const TICKETS = ['tickets', 'ticket'] as const;

export const useTickets = list(
  'tickets',
  ({ query, signal }: { query?: TicketFilter; signal?: AbortSignal }) => {
    const { show = 'all', sort = '-updatedAt', ...rest } = query ?? {};
    return portalListTickets({ query: { ...rest, sort, status: statusesOf(show) }, signal });
  },
  { limit: PAGE_SIZE },
);

const readsTickets = () =>
  useSessionStore().has('tickets') && useSessionStore().can('tickets:read_own', 'tickets:read_account');

/** What waits for the customer and what is open, with its numbers. */
export const useTicketOverview = query(['tickets', 'overview'], portalTicketOverview, { enabled: readsTickets });

const useFirstTicket = query(
  ['tickets', 'any'],
  (call, _enabled: boolean) => portalListTickets({ ...call, query: { limit: 1 } }),
  { enabled: Boolean },
);

/** Whether there is any ticket at all; asked only while the list that is shown is empty. */
export function useAnyTicket(enabled: MaybeRefOrGetter<boolean>) {
  const { data } = useFirstTicket(enabled);
  return computed(() => data.value && data.value.pagination.total > 0);
}

export const useTicket = one('ticket', async (call) => (await portalGetTicket(call)).ticket);

/** What was said before a comment of a ticket. */
export const readCommentsBefore = (id: string, before: string) =>
  portalListEarlierComments({ path: { id }, query: { before } });

export interface NewTicket {
  subject: string;
  description: string;
  type: TicketType;
  priority: TicketPriority;
}

export const useCreateTicket = () =>
  useChange(async (body: NewTicket) => (await portalCreateTicket({ body })).ticket, ...TICKETS);

export const useReply = (id: MaybeRefOrGetter<string>) =>
  useMessage(
    async (body: string) => (await portalCommentTicket({ path: { id: toValue(id) }, body: { body } })).comment,
    ...TICKETS,
  );

/** Changes one's own message. */
export const useEditMessage = (ticketId: MaybeRefOrGetter<string>) =>
  useChange(
    async ({ commentId, body }: { commentId: string; body: string }) =>
      (await portalEditTicketComment({ path: { id: toValue(ticketId), commentId }, body: { body } })).comment,
    ...TICKETS,
  );

/** Takes one's own message back. */
export const useRemoveMessage = (ticketId: MaybeRefOrGetter<string>) =>
  useChange(
    (commentId: string) => portalRemoveTicketComment({ path: { id: toValue(ticketId), commentId } }),
    ...TICKETS,
  );

export type Ending = 'close' | 'reopen';

/** Ends a ticket that is no longer needed, or takes a finished one up again. */
export const useFinishTicket = (id: MaybeRefOrGetter<string>) =>
  useChange(
    (change: Ending) => (change === 'close' ? portalCloseTicket : portalReopenTicket)({ path: { id: toValue(id) } }),
    ...TICKETS,
  );
