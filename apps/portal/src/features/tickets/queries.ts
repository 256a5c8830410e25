import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter, type Ref } from 'vue';
import { useOrganizationKey } from '../../api/query-key.js';
import { request } from '../../api/request.js';
import type {
  ArticleSummary,
  Page,
  Ticket,
  TicketComment,
  TicketPriority,
  TicketSummary,
  TicketType,
} from '../../api/types.js';
import type { TicketFilter } from './ticket-filter.js';

export const PAGE_SIZE = 20;
const SUGGESTIONS = 3;
const SHORTEST_SUBJECT = 3;

export function useTickets(filter: MaybeRefOrGetter<TicketFilter>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('tickets', filter),
    queryFn: ({ signal }) =>
      request<Page<TicketSummary>>('tickets', {
        query: { sort: '-updatedAt', ...toValue(filter), limit: PAGE_SIZE },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

export function useTicket(id: MaybeRefOrGetter<string>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('ticket', id),
    queryFn: async ({ signal }) =>
      (await request<{ ticket: Ticket }>(`tickets/${encodeURIComponent(toValue(id))}`, { signal })).ticket,
  });
}

export interface NewTicket {
  subject: string;
  description: string;
  type: TicketType;
  priority: TicketPriority;
}

export function useCreateTicket() {
  const refresh = useRefreshTickets();
  return useMutation({
    mutationFn: async (body: NewTicket) =>
      (await request<{ ticket: Ticket }>('tickets', { method: 'POST', body })).ticket,
    onSuccess: refresh,
  });
}

export function useReply(id: MaybeRefOrGetter<string>) {
  const refresh = useRefreshTickets();
  return useMutation({
    mutationFn: async (body: string) =>
      (
        await request<{ comment: TicketComment }>(`tickets/${encodeURIComponent(toValue(id))}/comments`, {
          method: 'POST',
          body: { body },
        })
      ).comment,
    onSuccess: refresh,
  });
}

/** Ends a ticket that is no longer needed, or takes a finished one up again. */
export function useFinishTicket(id: MaybeRefOrGetter<string>) {
  const refresh = useRefreshTickets();
  return useMutation({
    mutationFn: (change: 'close' | 'reopen') =>
      request<{ ticket: Ticket }>(`tickets/${encodeURIComponent(toValue(id))}/${change}`, { method: 'POST' }),
    onSuccess: refresh,
  });
}

/** Every list and the one ticket may show what changed. */
function useRefreshTickets() {
  const client = useQueryClient();
  const key = useOrganizationKey();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: key('tickets').value }),
      client.invalidateQueries({ queryKey: key('ticket').value }),
    ]);
}

/** Up to three articles that may answer what is being typed. */
export function useSuggestions(subject: Ref<string>, enabled: MaybeRefOrGetter<boolean>) {
  const key = useOrganizationKey();
  const asked = computed(() => toValue(enabled) && subject.value.trim().length >= SHORTEST_SUBJECT);
  const { data } = useQuery({
    queryKey: key('suggestions', subject),
    queryFn: ({ signal }) =>
      request<Page<ArticleSummary>>('kb', { query: { q: subject.value.trim(), limit: SUGGESTIONS }, signal }),
    enabled: asked,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return computed(() => (asked.value ? (data.value?.data.slice(0, SUGGESTIONS) ?? []) : []));
}
