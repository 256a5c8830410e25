import {
  adminCreateBillingAccount,
  adminGetBillingAccount,
  adminGetPortalUser,
  adminListBillingAccounts,
  adminListPortalUsers,
  adminUnlockPortalUser,
  adminUpdateBillingAccount,
  adminUpdatePortalUser,
} from '@balcao/api-client';
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { useOrganizationKey } from '../../api/query-key.js';
import type { UserStatus } from '../../api/types.js';
import { useChange } from '../../api/use-change.js';

export interface AccountInput {
  name: string;
  legalName: string | null;
  taxId: string | null;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  roleId: string | null;
}

export interface UserChange {
  name?: string;
  email?: string;
  roleId?: string;
  status?: 'active' | 'suspended';
  ssoOnly?: boolean;
  receiveNotifications?: boolean;
}

export interface UserFilter {
  q?: string;
  status?: UserStatus;
  billingAccountId?: string;
  page: number;
}

const PAGE_SIZE = 25;

export function useAccounts(filter: MaybeRefOrGetter<{ q?: string; page: number }>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('accounts', filter),
    queryFn: ({ signal }) => adminListBillingAccounts({ query: { ...toValue(filter), limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useAccount(id: MaybeRefOrGetter<string>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('account', id),
    queryFn: async ({ signal }) => (await adminGetBillingAccount({ path: { id: toValue(id) }, signal })).billingAccount,
  });
}

export const useCreateAccount = () =>
  useChange(async (body: AccountInput) => (await adminCreateBillingAccount({ body })).billingAccount, 'accounts');

export const useChangeAccount = (id: string) =>
  useChange(
    async (body: AccountInput) => (await adminUpdateBillingAccount({ path: { id }, body })).billingAccount,
    'account',
    'accounts',
  );

export function useUsers(filter: MaybeRefOrGetter<UserFilter>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('users', filter),
    queryFn: ({ signal }) => adminListPortalUsers({ query: { ...toValue(filter), limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useUser(id: MaybeRefOrGetter<string>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('user', id),
    queryFn: async ({ signal }) => (await adminGetPortalUser({ path: { id: toValue(id) }, signal })).user,
  });
}

export const useChangeUser = (id: string) =>
  useChange(async (body: UserChange) => (await adminUpdatePortalUser({ path: { id }, body })).user, 'user', 'users');

/** Ends a lock that wrong passwords caused. */
export const useUnlockUser = (id: string) => useChange(() => adminUnlockPortalUser({ path: { id } }), 'user', 'users');
