import { useDebounced } from '@balcao/ui';
import { adminListBillingAccounts, adminListPortalUsers, adminListTickets } from '@balcao/api-client';
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { useOrganizationKey } from '../api/query-key.js';
import { useSessionStore } from '../stores/session.js';

const LIMIT = 5;
const SHORTEST = 2;

/** Asks the API for customers, people and tickets that fit what was typed in the palette. */
export function usePaletteSearch(term: Ref<string>) {
  const session = useSessionStore();
  const key = useOrganizationKey();
  const q = useDebounced(computed(() => term.value.trim()));
  const asked = computed(() => q.value.length >= SHORTEST);

  const accounts = useQuery({
    queryKey: key('accounts', 'palette', q),
    queryFn: ({ signal }) => adminListBillingAccounts({ query: { q: q.value, limit: LIMIT }, signal }),
    enabled: computed(() => asked.value && session.can('customers:read')),
    placeholderData: keepPreviousData,
  });
  const users = useQuery({
    queryKey: key('users', 'palette', q),
    queryFn: ({ signal }) => adminListPortalUsers({ query: { q: q.value, limit: LIMIT }, signal }),
    enabled: computed(() => asked.value && session.can('users:read')),
    placeholderData: keepPreviousData,
  });
  const tickets = useQuery({
    queryKey: key('tickets', 'palette', q),
    queryFn: ({ signal }) => adminListTickets({ query: { view: 'all', q: q.value, limit: LIMIT }, signal }),
    enabled: computed(() => asked.value && session.can('tickets:read')),
    placeholderData: keepPreviousData,
  });

  return {
    accounts: computed(() => (asked.value ? (accounts.data.value?.data ?? []) : [])),
    users: computed(() => (asked.value ? (users.data.value?.data ?? []) : [])),
    tickets: computed(() => (asked.value ? (tickets.data.value?.data ?? []) : [])),
    busy: computed(() => accounts.isFetching.value || users.isFetching.value || tickets.isFetching.value),
  };
}
