import { divHalfEven } from './amounts.js';
import { addDays, compareDays, type Day, daysBetween } from './days.js';
import { HUNDRED_PERCENT, parseDecimal, PERCENT_DECIMALS, percentOf } from './decimals.js';

export interface LateTerms {
  /** What is still to be paid of the principal, in minor units; never negative. */
  owed: bigint;
  dueOn: Day;
  /** The last day on which nothing is added: `dueOn`, or the next banking day where that is none. */
  payableUntil: Day;
  paidOn: Day;
  /** Once, `'2'`; at most four decimals. */
  finePercent: string;
  /** Simple, of a month of thirty days, `'1'`; at most four decimals. */
  interestPercentPerMonth: string;
}

/** What a day comes to, in minor units. */
export interface LateFigures {
  fine: bigint;
  interest: bigint;
  /** Days that interest is due for. */
  days: number;
  /** `owed` and both. */
  total: bigint;
}

export interface LateCharges extends LateFigures {
  /** The same, paid a day later; the difference of the totals is what a day costs. */
  tomorrow: LateFigures;
}

/**
 * What a late payment adds: nothing up to `payableUntil`, as who pays what was due on a day without banks on the next one that
 * has them pays nothing (Lei 7.089/1983); later the fine once, and interest for each day after `dueOn`, also those before
 * `payableUntil` (STJ, REsp 1.954.924). Both on what is owed, neither on the other. A Brazilian consumer's fine is 2 % at most
 * (Lei 8.078/1990, art. 52, § 1º), interest of 1 % a month is what contracts have; both need a term there.
 * @throws RangeError for a percentage that is none, or `payableUntil` before `dueOn`
 */
export function lateCharges(terms: LateTerms): LateCharges {
  return { ...figuresOf(terms), tomorrow: figuresOf({ ...terms, paidOn: addDays(terms.paidOn, 1) }) };
}

function figuresOf({ owed, dueOn, payableUntil, paidOn, ...percents }: LateTerms): LateFigures {
  const finePercent = percentage(percents.finePercent);
  const interestPercent = percentage(percents.interestPercentPerMonth);
  if (owed < 0n) throw new RangeError('What is owed is negative');
  if (compareDays(payableUntil, dueOn) < 0) throw new RangeError(`Payable until ${payableUntil}, before ${dueOn}`);
  if (compareDays(paidOn, payableUntil) <= 0) return { fine: 0n, interest: 0n, days: 0, total: owed };

  const days = daysBetween(dueOn, paidOn);
  const fine = percentOf(owed, finePercent);
  const interest = divHalfEven(owed * interestPercent * BigInt(days), HUNDRED_PERCENT * 30n);
  return { fine, interest, days, total: owed + fine + interest };
}

function percentage(text: string): bigint {
  const percent = parseDecimal(text, PERCENT_DECIMALS);
  if (percent === undefined || percent < 0n) throw new RangeError(`${text} is no percentage`);
  return percent;
}
