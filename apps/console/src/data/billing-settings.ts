import {
  adminGetBillingSettings,
  adminUpdateBillingSettings,
  type UpdateBillingSettingsRequest,
} from '@balcao/api-client';
import { useSessionStore } from '../stores/session.js';
import { query, useChange } from './keys.js';

export type { BillingSettingsFacts as BillingSettings } from '@balcao/api-client';
export type BillingSettingsInput = UpdateBillingSettingsRequest;

/** Whom invoices are from, and the terms that new ones begin with. */
export const useBillingSettings = query(
  'billing-settings',
  async (call) => (await adminGetBillingSettings(call)).billingSettings,
  { enabled: () => useSessionStore().can('invoices:read') },
);

export const useChangeBillingSettings = () =>
  useChange(
    async (body: BillingSettingsInput) => (await adminUpdateBillingSettings({ body })).billingSettings,
    'billing-settings',
  );
