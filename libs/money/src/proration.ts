import { divHalfEven } from './amounts.js';
import { type Day, daysBetween } from './days.js';
import type { Period } from './periods.js';

/**
 * What the rest of a period costs, in minor units: price × days left ÷ days of the whole period, the day itself being one of
 * those left. Always of the whole period: 100.00 from 02-10 in 01-31…02-28 are 18/28, 64.29.
 * @throws RangeError for a day outside of the period
 */
export function prorate(price: bigint, period: Period, from: Day): bigint {
  const whole = daysBetween(period.startsOn, period.endsOn);
  const left = daysBetween(from, period.endsOn);
  if (left < 1 || left > whole) throw new RangeError(`${from} is not in ${period.startsOn}…${period.endsOn}`);
  return divHalfEven(price * BigInt(left), BigInt(whole));
}

/** All in minor units. */
export interface PlanChange {
  /** What the rest of the period would have cost at the old price, to be given back; never negative. */
  credited: bigint;
  /** What it costs at the new one. */
  charged: bigint;
  /** `charged` − `credited`; below zero it is a credit note. */
  due: bigint;
}

/**
 * What a change of price within a period that is billed already comes to; the day of the change is at the new price.
 * @throws RangeError for a day outside of the period
 */
export function planChange(oldPrice: bigint, newPrice: bigint, period: Period, on: Day): PlanChange {
  const credited = prorate(oldPrice, period, on);
  const charged = prorate(newPrice, period, on);
  return { credited, charged, due: charged - credited };
}
