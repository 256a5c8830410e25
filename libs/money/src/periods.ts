import { addDays, addMonths, compareDays, type Day, daysBetween } from './days.js';

export type PeriodUnit = 'day' | 'week' | 'month' | 'year';

/** From `startsOn` to the day before `endsOn`. */
export interface Period {
  startsOn: Day;
  endsOn: Day;
}

const DAYS = { day: 1, week: 7 };
const MONTHS = { month: 1, year: 12 };

function checkLength(every: number): void {
  if (!Number.isInteger(every) || every < 1) throw new RangeError(`No period is ${every} long`);
}

/** When period k begins. Always counted from the anchor: from one period to the next, January 31 would become the 28th for good. */
function startOf(anchor: Day, unit: PeriodUnit, every: number, k: number): Day {
  checkLength(every);
  return unit === 'day' || unit === 'week'
    ? addDays(anchor, k * every * DAYS[unit])
    : addMonths(anchor, k * every * MONTHS[unit]);
}

/**
 * Period k of those that follow each other every so many units from an anchor, the first being 0; where a month has no such
 * day, its last: 01-31, 02-28, 03-31; 02-29 yearly is 02-28 but in leap years. They neither overlap nor leave a day out.
 * @throws RangeError where `every` is not a whole number of 1 or more
 */
export const periodOf = (anchor: Day, unit: PeriodUnit, every: number, k: number): Period => ({
  startsOn: startOf(anchor, unit, every, k),
  endsOn: startOf(anchor, unit, every, k + 1),
});

/** Which period has a day: the k of `periodOf`, negative before the anchor. */
export function periodAt(anchor: Day, unit: PeriodUnit, every: number, day: Day): number {
  checkLength(every);
  if (unit === 'day' || unit === 'week') return Math.floor(daysBetween(anchor, day) / (every * DAYS[unit]));
  // The last that begins in the day's month or before it.
  const k = Math.floor((monthOf(day) - monthOf(anchor)) / (every * MONTHS[unit]));
  return compareDays(startOf(anchor, unit, every, k), day) > 0 ? k - 1 : k;
}

const monthOf = (day: Day): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
