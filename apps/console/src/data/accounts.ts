import {
  adminCreateBillingAccount,
  adminGetBillingAccount,
  adminListBillingAccounts,
  adminUpdateBillingAccount,
} from '@balcao/api-client';
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { useChange, useOrganizationKey } from './organization.js';

export interface AccountInput {
  name: string;
  legalName: string | null;
  taxId: string | null;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  roleId: string | null;
}

const PAGE_SIZE = 25;

export function useAccounts(filter: MaybeRefOrGetter<{ q?: string; page?: number; limit?: number }>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('accounts', filter),
    queryFn: ({ signal }) => adminListBillingAccounts({ query: { limit: PAGE_SIZE, ...toValue(filter) }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** One customer; none while there is no id. */
export function useAccount(id: MaybeRefOrGetter<string>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('account', id),
    queryFn: async ({ signal }) => (await adminGetBillingAccount({ path: { id: toValue(id) }, signal })).billingAccount,
    enabled: () => toValue(id) !== '',
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
