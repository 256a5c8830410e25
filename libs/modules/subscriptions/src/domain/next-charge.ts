import type { Locale } from '@balcao/contracts';
import { periodOf, type Day, type Period } from '@balcao/money';
import { renewalLines, totalOf, type Usage } from './charges.js';
import type { Plans } from './life.js';
import type { Item } from './plan.js';

/** What the next charge is reckoned from. */
export interface ChargeFacts extends Plans {
  currency: string;
  anchorOn: Day;
  periodCount: number;
  startedAt: Date | null;
  trialEndsOn: Day | null;
  endedAt: Date | null;
  discountPercent: string | null;
}

/** What will be asked for next. Money is in minor units. */
export interface NextCharge {
  on: Day;
  period: Period;
  lines: { name: string; detail: string | null; quantity: string; unitPrice: bigint; amount: bigint }[];
  total: bigint;
  /** Whether more may be used until then. */
  isEstimate: boolean;
}

/**
 * What a subscription asks for next, as the renewal will: null where it ends before, or nobody has said when it goes on.
 * @param items what it will have by then
 */
export function nextCharge(
  facts: ChargeFacts,
  items: readonly Item[],
  { used, locale, isOtherCycle }: { used: Usage; locale: Locale; isOtherCycle: boolean },
): NextCharge | null {
  const place = nextPlace(facts, isOtherCycle);
  if (!place || facts.endedAt || (facts.cancelOn && facts.cancelOn <= place.on)) return null;
  const { unit, every } = items[0]!.cycle;
  const period = periodOf(place.anchor, unit, every, place.k);
  const lines = renewalLines(items, { period, discountPercent: facts.discountPercent, used, locale });
  return {
    on: place.on,
    period,
    lines: lines.map((line) => ({
      name: line.description,
      detail: line.detail ?? null,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      amount: totalOf([line], facts.currency),
    })),
    total: totalOf(lines, facts.currency),
    isEstimate: items.some(({ model }) => model === 'usage'),
  };
}

/** When, and which period of which anchor. */
function nextPlace(facts: ChargeFacts, isOtherCycle: boolean): { on: Day; anchor: Day; k: number } | null {
  const { pausedAt, pauseOn, resumeOn, nextRenewalOn, anchorOn, periodCount, startedAt, trialEndsOn } = facts;
  const isPausedThen = pausedAt !== null || (pauseOn !== null && nextRenewalOn !== null && pauseOn <= nextRenewalOn);
  if (isPausedThen) return resumeOn ? { on: resumeOn, anchor: resumeOn, k: 0 } : null;
  if (!nextRenewalOn) return null;
  // A trial asks for nothing at its beginning.
  if (startedAt === null && trialEndsOn) return { on: trialEndsOn, anchor: trialEndsOn, k: 0 };
  return isOtherCycle
    ? { on: nextRenewalOn, anchor: nextRenewalOn, k: 0 }
    : { on: nextRenewalOn, anchor: anchorOn, k: periodCount };
}
