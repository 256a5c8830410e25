import {
  adminCancelInvitation,
  adminCreateInvitation,
  adminCreateInvitations,
  adminListInvitations,
  adminResendInvitation,
  type CreateInvitationsRequest,
} from '@balcao/api-client';
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { useChange, useOrganizationKey } from './organization.js';
import type { InvitationStatus } from './types.js';

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
