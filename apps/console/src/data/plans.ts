import {
  adminAddPlanPrice,
  adminArchivePlanPrice,
  adminCreatePlan,
  adminGetPlan,
  adminGetSubscriptionSettings,
  adminListPlans,
  adminUpdatePlan,
  adminUpdateSubscriptionSettings,
  type AddPriceRequest,
  type CreatePlanRequest,
  type UpdatePlanRequest,
  type UpdateSubscriptionSettingsRequest,
} from '@balcao/api-client';
import { useSessionStore } from '../stores/session.js';
import { one, query, useChange } from './keys.js';

export type {
  PlanFacts as Plan,
  PriceFacts as PlanPrice,
  SubscriptionSettingsFacts as SubscriptionSettings,
} from '@balcao/api-client';
export type PlanInput = CreatePlanRequest;
export type PriceInput = AddPriceRequest;

/** What is sold again and again, with all its prices; what is archived comes last. */
export const usePlans = query('plans', async (call) => (await adminListPlans(call)).data, {
  enabled: () => useSessionStore().can('subscriptions:read'),
});

export const usePlan = one('plan', async (call) => (await adminGetPlan(call)).plan);

export const useCreatePlan = () =>
  useChange(async (body: PlanInput) => (await adminCreatePlan({ body })).plan, 'plans');

/** What staff do with one plan: a price never changes, another one comes. */
export function usePlanDeeds(id: string) {
  const path = { id };
  return {
    change: useChange(async (body: UpdatePlanRequest) => (await adminUpdatePlan({ path, body })).plan, 'plan', 'plans'),
    addPrice: useChange((body: PriceInput) => adminAddPlanPrice({ path, body }), 'plan', 'plans'),
    archivePrice: useChange((priceId: string) => adminArchivePlanPrice({ path: { id, priceId } }), 'plan', 'plans'),
  };
}

/** How the organization goes about subscriptions: what becomes of unpaid ones, and what is offered to who wants to leave. */
export const useSubscriptionSettings = query(
  'subscription-settings',
  async (call) => (await adminGetSubscriptionSettings(call)).subscriptionSettings,
);

export const useChangeSubscriptionSettings = () =>
  useChange(
    async (body: UpdateSubscriptionSettingsRequest) =>
      (await adminUpdateSubscriptionSettings({ body })).subscriptionSettings,
    'subscription-settings',
  );
