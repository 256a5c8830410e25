import { getHolidays } from '@brazilian-utils/brazilian-utils/get-holidays';
import { dayNumber, dayWith } from './day.js';

const CARNIVAL_MONDAY_BEFORE_EASTER = 48;
const [SUNDAY, SATURDAY] = [0, 6];

/** Numbers are days since a Thursday. */
const isWeekend = (number: number): boolean => [SUNDAY, SATURDAY].includes((((number + 4) % 7) + 7) % 7);

/** Holidays come as midnights of the place where the process runs. */
const localDay = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;

const closedDays = new Map<number, ReadonlySet<number>>();

/** The days of a year on which banks are closed, besides weekends. */
function closedIn(year: number): ReadonlySet<number> {
  const known = closedDays.get(year);
  if (known) return known;
  const closed = new Set<number>();
  for (const { date, type } of getHolidays(year)) {
    closed.add(localDay(date));
    // Easter, which is a Sunday anyway.
    if (type === 'religious') closed.add(localDay(date) - CARNIVAL_MONDAY_BEFORE_EASTER);
  }
  if (closed.size === 0) throw new RangeError('Holidays are known from 1900 to 2099');
  let last = dayNumber(`${year}-12-31`);
  while (isWeekend(last)) last -= 1;
  closedDays.set(year, closed.add(last));
  return closed;
}

/**
 * Whether people can pay at a bank on a day, wherever they are in Brazil: what falls due on another day is paid in time on the
 * next banking day (Law 7.089/1983).
 *
 * Closed are weekends, national holidays (Laws 662/1949, 6.802/1980, 10.607/2002; November 20 since Law 14.759/2023), and what
 * CMN Resolution 4.880/2020 adds to them: Carnival's Monday and Tuesday, Good Friday and Corpus Christi. Ash Wednesday and
 * December 24 have short hours, and count.
 *
 * So is the last weekday of the year: between themselves banks may still work, but nobody is served and nothing is cleared,
 * and what is due then is paid without a surcharge on the next banking day (so FEBRABAN says every December; CMN Resolution 2.932/2002,
 * article 2). It is December 31, or the Friday before where that is a weekend's. PIX works on all days, which gives nobody less time.
 *
 * Holidays of states and towns are unknown here.
 *
 * @param day as YYYY-MM-DD
 * @throws RangeError for what is no day, or none of the years 1900 to 2099
 */
export function isBankingDay(day: string): boolean {
  const number = dayNumber(day);
  return !closedIn(Number(day.slice(0, 4))).has(number) && !isWeekend(number);
}

/**
 * The day itself where banks work on it, else the next one on which they do.
 *
 * @param day as YYYY-MM-DD
 * @throws RangeError as `isBankingDay`
 */
export function nextBankingDay(day: string): string {
  let next = day;
  while (!isBankingDay(next)) next = dayWith(dayNumber(next) + 1);
  return next;
}
