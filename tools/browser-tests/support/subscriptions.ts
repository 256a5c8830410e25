import type { Page } from '@playwright/test';
import { ask } from './api.js';

const ADMIN = '/api/v1/admin';

/** A plan that customers may choose, with its price a month in minor units. @returns the id of the price */
export async function addPlan(
  staff: Page,
  { name, family, unitAmount }: { name: string; family: string; unitAmount: number },
): Promise<string> {
  const { plan } = await ask<{ plan: { id: string } }>(staff, 'POST', `${ADMIN}/plans`, {
    name,
    family,
    isOffered: true,
  });
  const priced = await ask<{ plan: { prices: { id: string }[] } }>(staff, 'POST', `${ADMIN}/plans/${plan.id}/prices`, {
    model: 'flat',
    currency: 'BRL',
    unitAmount,
    cycle: { unit: 'month', every: 1 },
  });
  return priced.plan.prices[0]!.id;
}

/** A subscription of Padaria's from today on. @returns its id */
export async function subscribe(staff: Page, priceId: string): Promise<string> {
  const { data } = await ask<{ data: { id: string }[] }>(staff, 'GET', `${ADMIN}/billing-accounts?q=Padaria`);
  const { subscription } = await ask<{ subscription: { id: string } }>(staff, 'POST', `${ADMIN}/subscriptions`, {
    billingAccountId: data[0]!.id,
    items: [{ priceId }],
  });
  return subscription.id;
}

/** Has the organization's main portal let its customers do these things with their subscriptions. */
export async function letCustomers(staff: Page, subscriptions: Record<string, boolean>): Promise<void> {
  const { data } = await ask<{ data: { id: string; version: number; isDefault: boolean }[] }>(
    staff,
    'GET',
    `${ADMIN}/portals`,
  );
  const { id, version } = data.find(({ isDefault }) => isDefault)!;
  await ask(staff, 'PATCH', `${ADMIN}/portals/${id}`, { version, settings: { subscriptions } });
}
