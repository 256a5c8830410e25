import {
  adminCreateBillingAccount,
  adminGetBillingAccount,
  adminListBillingAccounts,
  adminUpdateBillingAccount,
  type CreateBillingAccountRequest,
} from '@balcao/api-client';
import { list, one, useChange } from './keys.js';

export type AccountInput = CreateBillingAccountRequest;

export const useAccounts = list('accounts', adminListBillingAccounts);

export const useAccount = one('account', async (call) => (await adminGetBillingAccount(call)).billingAccount);

export const useCreateAccount = () =>
  useChange(async (body: AccountInput) => (await adminCreateBillingAccount({ body })).billingAccount, 'accounts');

export const useChangeAccount = (id: string) =>
  useChange((body: Partial<AccountInput>) => adminUpdateBillingAccount({ path: { id }, body }), 'account', 'accounts');
