import {
  adminCancelInvitation,
  adminCreateInvitation,
  adminCreateInvitations,
  adminGetBillingAccount,
  adminListBillingAccounts,
  adminListInvitations,
  adminListPortals,
  adminResendInvitation,
  type CreateInvitationsRequest,
} from '@balcao/api-client';
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { useOrganizationKey } from '../../api/query-key.js';
import type { InvitationStatus } from '../../api/types.js';
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
  status?: InvitationStatus;
  q?: string;
  page: number;
}

const PAGE_SIZE = 25;
const SUGGESTIONS = 10;

export function useInvitations(filter: MaybeRefOrGetter<InvitationFilter>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('invitations', filter),
    queryFn: ({ signal }) => adminListInvitations({ query: { ...toValue(filter), limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });
}

export const useInvite = () =>
  useChange(
    async (body: InvitationInput) => (await adminCreateInvitation({ body })).invitation,
    'invitations',
    'users',
  );

/** All of them or none. */
export const useInviteMany = () =>
  useChange((body: CreateInvitationsRequest) => adminCreateInvitations({ body }), 'invitations', 'users');

export const useResend = () => useChange((id: string) => adminResendInvitation({ path: { id } }), 'invitations');

export const useCancel = () =>
  useChange((id: string) => adminCancelInvitation({ path: { id } }), 'invitations', 'users');

/** Customers that fit what was typed in the picker. */
export function useAccountSuggestions(q: MaybeRefOrGetter<string>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('accounts', 'suggestions', q),
    queryFn: ({ signal }) => adminListBillingAccounts({ query: { q: toValue(q), limit: SUGGESTIONS }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** The customer that the page was opened for. */
export function useGivenAccount(id: string) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('account', id),
    queryFn: async ({ signal }) => (await adminGetBillingAccount({ path: { id }, signal })).billingAccount,
    enabled: id !== '',
  });
}

/** The portals to choose from; most organizations have one. */
export function usePortals() {
  const key = useOrganizationKey();
  const session = useSessionStore();
  const { data } = useQuery({
    queryKey: key('portals'),
    queryFn: ({ signal }) => adminListPortals({ signal }),
    enabled: session.can('portals:read'),
  });
  return computed(() => data.value?.data ?? []);
}
