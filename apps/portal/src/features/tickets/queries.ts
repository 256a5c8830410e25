import {
  portalCloseTicket,
  portalCommentTicket,
  portalCreateTicket,
  portalEditTicketComment,
  portalGetTicket,
  portalListArticles,
  portalListTickets,
  portalRemoveTicketComment,
  portalReopenTicket,
} from '@balcao/api-client';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter, type Ref } from 'vue';
import { useOrganizationKey } from '../../api/query-key.js';
import type { TicketPriority, TicketType } from '../../api/types.js';
import { SORTS, type TicketFilter } from './ticket-filter.js';

export const PAGE_SIZE = 20;
const SUGGESTIONS = 3;
const SHORTEST_SUBJECT = 3;

export function useTickets(filter: MaybeRefOrGetter<TicketFilter>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('tickets', filter),
    queryFn: ({ signal }) =>
      portalListTickets({
        query: { ...toValue(filter), sort: toValue(filter).sort ?? SORTS[0], limit: PAGE_SIZE },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

export function useTicket(id: MaybeRefOrGetter<string>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('ticket', id),
    queryFn: async ({ signal }) => (await portalGetTicket({ path: { id: toValue(id) }, signal })).ticket,
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
    mutationFn: async (body: NewTicket) => (await portalCreateTicket({ body })).ticket,
    onSuccess: refresh,
  });
}

export function useReply(id: MaybeRefOrGetter<string>) {
  const refresh = useRefreshTickets();
  return useMutation({
    mutationFn: async (body: string) =>
      (await portalCommentTicket({ path: { id: toValue(id) }, body: { body } })).comment,
    onSuccess: refresh,
  });
}

/**
 * Changes one's own message. Refused or not, the conversation is read again: a refusal means that there is an answer.
 */
export function useEditMessage(ticketId: MaybeRefOrGetter<string>) {
  const refresh = useRefreshTickets();
  return useMutation({
    mutationFn: async ({ commentId, body }: { commentId: string; body: string }) =>
      (await portalEditTicketComment({ path: { id: toValue(ticketId), commentId }, body: { body } })).comment,
    onSettled: refresh,
  });
}

/** Takes one's own message back. */
export function useRemoveMessage(ticketId: MaybeRefOrGetter<string>) {
  const refresh = useRefreshTickets();
  return useMutation({
    mutationFn: (commentId: string) => portalRemoveTicketComment({ path: { id: toValue(ticketId), commentId } }),
    onSettled: refresh,
  });
}

/** Ends a ticket that is no longer needed, or takes a finished one up again. */
export function useFinishTicket(id: MaybeRefOrGetter<string>) {
  const refresh = useRefreshTickets();
  return useMutation({
    mutationFn: (change: 'close' | 'reopen') =>
      (change === 'close' ? portalCloseTicket : portalReopenTicket)({ path: { id: toValue(id) } }),
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
    queryFn: ({ signal }) => portalListArticles({ query: { q: subject.value.trim(), limit: SUGGESTIONS }, signal }),
    enabled: asked,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return computed(() => (asked.value ? (data.value?.data.slice(0, SUGGESTIONS) ?? []) : []));
}
