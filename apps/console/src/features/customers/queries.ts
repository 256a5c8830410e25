import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { useOrganizationKey } from '../../api/query-key.js';
import { request } from '../../api/request.js';
import type { Account, AccountSummary, Page, PortalUser } from '../../api/types.js';
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
  status?: string;
  billingAccountId?: string;
  page: number;
}

const PAGE_SIZE = 25;

export function useAccounts(filter: MaybeRefOrGetter<{ q?: string; page: number }>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('accounts', filter),
    queryFn: ({ signal }) =>
      request<Page<AccountSummary>>('billing-accounts', { query: { ...toValue(filter), limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useAccount(id: MaybeRefOrGetter<string>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('account', id),
    queryFn: async ({ signal }) =>
      (await request<{ billingAccount: Account }>(`billing-accounts/${toValue(id)}`, { signal })).billingAccount,
  });
}

export const useCreateAccount = () =>
  useChange(
    async (body: AccountInput) =>
      (await request<{ billingAccount: Account }>('billing-accounts', { method: 'POST', body })).billingAccount,
    'accounts',
  );

export const useChangeAccount = (id: string) =>
  useChange(
    async (body: AccountInput) =>
      (await request<{ billingAccount: Account }>(`billing-accounts/${id}`, { method: 'PATCH', body })).billingAccount,
    'account',
    'accounts',
  );

export function useUsers(filter: MaybeRefOrGetter<UserFilter>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('users', filter),
    queryFn: ({ signal }) =>
      request<Page<PortalUser>>('portal-users', { query: { ...toValue(filter), limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useUser(id: MaybeRefOrGetter<string>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('user', id),
    queryFn: async ({ signal }) =>
      (await request<{ user: PortalUser }>(`portal-users/${toValue(id)}`, { signal })).user,
  });
}

export const useChangeUser = (id: string) =>
  useChange(
    async (body: UserChange) =>
      (await request<{ user: PortalUser }>(`portal-users/${id}`, { method: 'PATCH', body })).user,
    'user',
    'users',
  );

/** Ends a lock that wrong passwords caused. */
export const useUnlockUser = (id: string) =>
  useChange(() => request<unknown>(`portal-users/${id}/unlock`, { method: 'POST' }), 'user', 'users');
