import { useDebounced } from '@balcao/ui';
import { portalListArticles, portalListTickets } from '@balcao/api-client';
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { useOrganizationKey } from '../api/query-key.js';
import { useSessionStore } from '../stores/session.js';

const LIMIT = 5;
const SHORTEST = 2;

/** Asks the API for tickets and articles that fit what was typed in the palette. */
export function usePaletteSearch(term: Ref<string>) {
  const session = useSessionStore();
  const key = useOrganizationKey();
  const q = useDebounced(computed(() => term.value.trim()));
  const asked = computed(() => q.value.length >= SHORTEST);

  const tickets = useQuery({
    queryKey: key('palette', 'tickets', q),
    queryFn: ({ signal }) => portalListTickets({ query: { q: q.value, limit: LIMIT }, signal }),
    enabled: computed(
      () => asked.value && session.has('tickets') && session.can('tickets:read_own', 'tickets:read_account'),
    ),
    placeholderData: keepPreviousData,
  });
  const articles = useQuery({
    queryKey: key('palette', 'articles', q),
    queryFn: ({ signal }) => portalListArticles({ query: { q: q.value, limit: LIMIT }, signal }),
    enabled: computed(() => asked.value && session.has('knowledgeBase') && session.can('kb:read')),
    placeholderData: keepPreviousData,
  });

  return {
    tickets: computed(() => (asked.value ? (tickets.data.value?.data ?? []) : [])),
    articles: computed(() => (asked.value ? (articles.data.value?.data ?? []) : [])),
    busy: computed(() => tickets.isFetching.value || articles.isFetching.value),
  };
}
