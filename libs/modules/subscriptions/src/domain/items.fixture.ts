import type { Item } from './plan.js';

/** An item of a monthly price in reais, for tests. */
export const item = (id: string, unitAmount: bigint, more: Partial<Item> = {}): Item => ({
  id,
  priceId: `${id}-${unitAmount}`,
  planId: `plan-${id}`,
  name: `Plano ${id}`,
  model: 'flat',
  currency: 'BRL',
  unitAmount,
  unitName: null,
  included: '0',
  setupAmount: 0n,
  tax: null,
  cycle: { unit: 'month', every: 1 },
  quantity: '1',
  detail: null,
  onceBilledOn: '2026-01-10',
  ...more,
});
