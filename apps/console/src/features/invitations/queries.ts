import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { useOrganizationKey } from '../../api/query-key.js';
import { request } from '../../api/request.js';
import type { Account, AccountSummary, Invitation, Page, PortalSummary } from '../../api/types.js';
import { useChange } from '../../api/use-change.js';
import { useSessionStore } from '../../stores/session.js';

export interface InvitationInput {
  email: string;
  name: string;
  billingAccountId: string;
  portalId?: string;
  roleId?: string;
}

export interface InvitationFilter {
  status?: string;
  q?: string;
  page: number;
}

const PAGE_SIZE = 25;
const SUGGESTIONS = 10;

export function useInvitations(filter: MaybeRefOrGetter<InvitationFilter>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('invitations', filter),
    queryFn: ({ signal }) =>
      request<Page<Invitation>>('invitations', { query: { ...toValue(filter), limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });
}

export const useInvite = () =>
  useChange(
    async (body: InvitationInput) =>
      (await request<{ invitation: Invitation }>('invitations', { method: 'POST', body })).invitation,
    'invitations',
    'users',
  );

export const useResend = () =>
  useChange((id: string) => request<unknown>(`invitations/${id}/resend`, { method: 'POST' }), 'invitations');

export const useCancel = () =>
  useChange((id: string) => request<unknown>(`invitations/${id}/cancel`, { method: 'POST' }), 'invitations', 'users');

/** Customers that fit what was typed in the picker. */
export function useAccountSuggestions(q: MaybeRefOrGetter<string>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('accounts', 'suggestions', q),
    queryFn: ({ signal }) =>
      request<Page<AccountSummary>>('billing-accounts', { query: { q: toValue(q), limit: SUGGESTIONS }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** The customer that the page was opened for. */
export function useGivenAccount(id: string) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('account', id),
    queryFn: async ({ signal }) =>
      (await request<{ billingAccount: Account }>(`billing-accounts/${id}`, { signal })).billingAccount,
    enabled: id !== '',
  });
}

/** The portals to choose from; most organizations have one. */
export function usePortals() {
  const key = useOrganizationKey();
  const session = useSessionStore();
  const { data } = useQuery({
    queryKey: key('portals'),
    queryFn: ({ signal }) => request<{ data: PortalSummary[] }>('portals', { signal }),
    enabled: session.can('portals:read'),
  });
  return computed(() => data.value?.data ?? []);
}
