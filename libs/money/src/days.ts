/** A day of the calendar, `YYYY-MM-DD`, from 0001-01-01 to 9999-12-31: the same wherever its reader is. */
export type Day = string;

const MS_PER_DAY = 86_400_000;
const SHAPE = /^(?!0000)\d{4}-\d{2}-\d{2}$/;

/** Days since 1970-01-01; NaN for what no calendar has. */
function parsed(day: string): number {
  if (!SHAPE.test(day)) return NaN;
  const epochDay = Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY;
  // What month ends before that day is not refused by all who parse it: some count on.
  return new Date(epochDay * MS_PER_DAY).getUTCDate() === Number(day.slice(8)) ? epochDay : NaN;
}

/** Whether a text is a day that the calendar has: 2026-02-29 is none. */
export const isDay = (text: string): boolean => !Number.isNaN(parsed(text));

/**
 * Whether a text is a day that is kept: one of the years 1900 to 2098, whose banking days are known (`@balcao/brazil`), as is
 * the next one behind each. Somebody who is still typing 2026 has written the years 2, 20 and 202 before.
 */
export const isKeepableDay = (text: string): boolean => isDay(text) && text >= '1900' && text < '2099';

/** @throws RangeError for what is no day */
function epochDayOf(day: Day): number {
  const epochDay = parsed(day);
  if (Number.isNaN(epochDay)) throw new RangeError(`${day} is no day`);
  return epochDay;
}

/** @throws RangeError for what has no four digits of years */
function dayOfEpoch(epochDay: number): Day {
  const day = new Date(epochDay * MS_PER_DAY).toISOString().slice(0, 10);
  if (!SHAPE.test(day)) throw new RangeError('A day outside of the years 1 to 9999');
  return day;
}

/** So many days later, earlier where `days` is negative. */
export const addDays = (day: Day, days: number): Day => dayOfEpoch(epochDayOf(day) + days);

/** So many months later, on the same day of the month, or the last that the month has: 01-31 and one month is 02-28. */
export function addMonths(day: Day, months: number): Day {
  epochDayOf(day);
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const first = new Date(0);
  first.setUTCFullYear(Math.floor(month / 12), month - Math.floor(month / 12) * 12, 1);
  const last = new Date(first);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  return dayOfEpoch(first.getTime() / MS_PER_DAY + Math.min(Number(day.slice(8)), last.getUTCDate()) - 1);
}

/** How many days `to` comes after `from`; negative where it comes before. */
export const daysBetween = (from: Day, to: Day): number => epochDayOf(to) - epochDayOf(from);

/** Which day comes first, as `sort` wants it. */
export const compareDays = (a: Day, b: Day): number => Math.sign(daysBetween(b, a));

/** 1 for Monday … 7 for Sunday (ISO 8601). */
export const weekday = (day: Day): number => new Date(epochDayOf(day) * MS_PER_DAY).getUTCDay() || 7;

/** One for each zone: making a format takes a hundred times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** What clocks there show at an instant, in seconds, as if they stood in UTC. */
function wallClock(seconds: number, timeZone: string): number {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(seconds * 1000)) shown[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = shown;
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return at.setUTCHours(hour, minute, second) / 1000;
}

/**
 * Which day it is in a time zone (IANA name) at an instant.
 * @throws RangeError for an unknown zone or an invalid date
 */
export function dayAt(instant: Date, timeZone: string): Day {
  return dayOfEpoch(Math.floor((wallClock(Math.floor(instant.getTime() / 1000), timeZone) * 1000) / MS_PER_DAY));
}

/**
 * The first instant of a day in a time zone (IANA name). Where clocks were put forward at midnight, as in America/Sao_Paulo
 * until 2018, the day begins when they show one o'clock; where they were put back over midnight, with the first time that
 * they show it; a day that a zone left out (Pacific/Apia, 2011-12-30) begins where the next one does.
 * @throws RangeError for what is no day or zone
 */
export function startOfDay(day: Day, timeZone: string): Date {
  const midnight = (epochDayOf(day) * MS_PER_DAY) / 1000;
  const offsetAt = (seconds: number) => wallClock(seconds, timeZone) - seconds;
  // No zone is a day away from UTC, and none changes twice in two days.
  const before = offsetAt(midnight - MS_PER_DAY / 1000);
  const after = offsetAt(midnight + MS_PER_DAY / 1000);
  // With the larger offset it is earlier.
  const candidates = [midnight - Math.max(before, after), midnight - Math.min(before, after)];
  const shown = candidates.find((seconds) => wallClock(seconds, timeZone) === midnight);
  if (shown !== undefined) return new Date(shown * 1000);

  let [still, changed] = candidates as [number, number];
  while (changed - still > 1) {
    const middle = Math.floor((still + changed) / 2);
    if (offsetAt(middle) === before) still = middle;
    else changed = middle;
  }
  return new Date(changed * 1000);
}
