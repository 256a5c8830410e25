import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { useOrganizationKey } from '../../api/query-key.js';
import { request } from '../../api/request.js';
import type {
  Page,
  StaffMember,
  Ticket,
  TicketComment,
  TicketPriority,
  TicketStatus,
  InboxItem,
  TicketType,
} from '../../api/types.js';
import { useChange } from '../../api/use-change.js';
import { useSessionStore } from '../../stores/session.js';

export const VIEWS = ['mine', 'unassigned', 'open', 'all'] as const;
export type View = (typeof VIEWS)[number];
/** Views whose number of tickets says how much work waits. */
export const COUNTED: readonly View[] = ['mine', 'unassigned', 'open'];

/** The list, with the number of tickets in each view. */
export interface InboxPage extends Page<InboxItem> {
  counts: Record<View, number>;
}

/** What the list is narrowed to; it stands in the address. */
export interface TicketFilter {
  view: View;
  status?: string;
  priority?: string;
  q?: string;
  page: number;
}

export interface TicketChange {
  status?: TicketStatus;
  priority?: TicketPriority;
  type?: TicketType;
  assigneeId?: string | null;
  externalTicketId?: string | null;
  externalTicketUrl?: string | null;
}

const PAGE_SIZE = 25;
/** New tickets appear without a reload. */
const INTERVAL = 60_000;

export function useTickets(filter: MaybeRefOrGetter<TicketFilter>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('tickets', filter),
    queryFn: ({ signal }) => request<InboxPage>('tickets', { query: { ...toValue(filter), limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: INTERVAL,
  });
}

export function useTicket(id: MaybeRefOrGetter<string>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('ticket', id),
    queryFn: async ({ signal }) => (await request<{ ticket: Ticket }>(`tickets/${toValue(id)}`, { signal })).ticket,
    refetchInterval: INTERVAL,
  });
}

/** Those to whom a ticket can be given. */
export function useStaff() {
  const key = useOrganizationKey();
  const session = useSessionStore();
  return useQuery({
    queryKey: key('staff', 'assignees'),
    queryFn: ({ signal }) => request<Page<StaffMember>>('staff', { query: { limit: 100 }, signal }),
    enabled: session.can('staff:read'),
  });
}

export const useChangeTicket = (id: string) =>
  useChange(
    (change: TicketChange) => request<{ ticket: Ticket }>(`tickets/${id}`, { method: 'PATCH', body: change }),
    'ticket',
    'tickets',
  );

export const useAddComment = (id: string) =>
  useChange(
    (comment: { body: string; isPublic: boolean }) =>
      request<{ comment: TicketComment }>(`tickets/${id}/comments`, { method: 'POST', body: comment }),
    'ticket',
    'tickets',
  );
