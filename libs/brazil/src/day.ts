const DAY = 86_400_000;

/**
 * The number of a day, counted from 1970-01-01.
 *
 * @param day as YYYY-MM-DD
 * @throws RangeError where the calendar has no such day
 */
export function dayNumber(day: string): number {
  const number = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) / DAY : NaN;
  // February 31 is read as one of March.
  if (Number.isNaN(number) || dayWith(number) !== day) throw new RangeError('The calendar has no such day');
  return number;
}

/** The day of a number, as YYYY-MM-DD. */
export const dayWith = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10);
