import { divHalfEven } from '@balcao/money';
import { lessPercent, recurringTotal } from './charges.js';
import type { SubscriptionState } from './life.js';
import type { Cycle, Item } from './plan.js';

/** What a subscription's monthly amount is reckoned from. */
export interface MonthlyFacts {
  state: SubscriptionState;
  currentStartsOn: string | null;
  /** Off what recurs, from the next period on. */
  discountPercent: string | null;
  /** What the current period was billed with. */
  billedDiscountPercent: string | null;
}

const MONTHS: Record<Cycle['unit'], number> = { month: 1, year: 12 };

/**
 * What a subscription brings in a month, in minor units: what recurs, less the discount that its period was billed with, by the
 * months of its cycle. Nothing before the start, during a trial or a pause, and behind the end.
 */
export function monthlyOf(
  { state, currentStartsOn, discountPercent, billedDiscountPercent }: MonthlyFacts,
  items: readonly Item[],
): bigint {
  if (state !== 'active' && state !== 'past_due') return 0n;
  const percent = currentStartsOn === null ? discountPercent : billedDiscountPercent;
  const { unit, every } = items[0]!.cycle;
  return divHalfEven(lessPercent(recurringTotal(items), percent), BigInt(MONTHS[unit] * every));
}
