import type { Discount, PeriodUnit } from '@balcao/money';

/** How a price counts: so much; so much for each; for each that was used, behind the period; one time. */
export const PRICE_MODELS = ['flat', 'per_unit', 'usage', 'once'] as const;
export type PriceModel = (typeof PRICE_MODELS)[number];

/** What a subscription is named after, and what comes with one. */
export const PLAN_KINDS = ['plan', 'addition'] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];

export const CYCLE_UNITS = ['month', 'year'] as const satisfies PeriodUnit[];
export type CycleUnit = (typeof CYCLE_UNITS)[number];

/** How often it is billed: every so many months or years. */
export interface Cycle {
  unit: CycleUnit;
  every: number;
}

/** A tax of a price, by its name: within it, or on top of it. */
export interface PriceTax {
  name: string;
  /** In percent. */
  percent: string;
  included: boolean;
}

/** A price as a subscription keeps it. Money is in minor units of `currency`. */
export interface Price {
  priceId: string;
  planId: string;
  /** What the plan is called now. */
  name: string;
  model: PriceModel;
  currency: string;
  /** Of one: of a `flat` one, of all. */
  unitAmount: bigint;
  unitName: string | null;
  /** Of usage, what of each period costs nothing. */
  included: string;
  setupAmount: bigint;
  tax: PriceTax | null;
  cycle: Cycle;
}

/** Something that a subscription has, at the price that it was taken at. */
export interface Item extends Price {
  id: string;
  quantity: string;
  /** What of it: an address, a line. */
  detail: string | null;
  /** When what is asked for once was asked for; null where that is still to come. */
  onceBilledOn: string | null;
}

/** A percentage that is taken off what recurs. */
export const percentOff = (percent: string | null): Discount | null => (percent === null ? null : { percent });
