import { computed, ref, type ComputedRef } from 'vue';
import { i18n } from '../i18n/i18n.js';
import { businessNow } from './business-time.js';

/** Where the reader is, by its IANA name; until it is set, where the device is. The language is that of the texts. */
const zone = ref<string>();

/** Sets the time zone that every date is shown in, once the user or the organization is known; null is the device's. */
export function setTimeZone(timeZone: string | null): void {
  if (timeZone === null) zone.value = undefined;
  else if (isTimeZone(timeZone)) zone.value = timeZone;
}

/** Whether this browser knows the time zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

type Moment = string | number | Date;

export interface Formatter {
  /** 18/11/2026 */
  date(moment: Moment): string;
  /** 18/11/2026 of `2026-11-18`: a day of the calendar is the same wherever its reader is. */
  day(day: string): string;
  /** domingo, of a day of the calendar. */
  weekday(day: string): string;
  /** novembro de 2026, of `2026-11`. */
  month(month: string): string;
  /** 18/11/2026, 15:02 */
  dateTime(moment: Moment): string;
  /** 18/11/2026, 15:02; with its zone (GMT-3) where the device shows other times than these. */
  exact(moment: Moment): string;
  /** quarta-feira, 18 de novembro */
  longDate(moment: Moment): string;
  /** hoje, 08:41 · ontem, 08:41 · 16/11, 15:02 · 16/11/2025 */
  moment(moment: Moment): string;
  /** há 2 horas · ontem: of what has happened, whatever the clock of this machine says. */
  relative(moment: Moment): string;
  /** a.example, b.example ou c.example */
  list(words: readonly string[]): string;
  number(value: number): string;
  /** 128, or 1.000+ where there are more than were counted. */
  count(value: number, exact: boolean): string;
  /** The hour of the day there, 0–23: for a greeting. */
  hour(moment: Moment): number;
}

/** Dates and numbers in the reader's language and time zone; follows both when they change. */
export function useFormat(): ComputedRef<Formatter> {
  return formatter;
}

/** The same of moments of the organization's business, whose time stands still in a sandbox: tickets, dues, periods. */
export function useBusinessFormat(): ComputedRef<Formatter> {
  return businessFormatter;
}

const formatter = computed(() => createFormatter(i18n.global.locale.value, zone.value));
const businessFormatter = computed(() => createFormatter(i18n.global.locale.value, zone.value, businessNow));

const STEPS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['hour', 3600],
  ['minute', 60],
];

/**
 * What is made when it is first asked for: a browser takes tens of milliseconds for its first time zone and a good one for
 * each format, and most pages show few kinds of dates.
 */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Exported for tests; components use `useFormat`. */
export function createFormatter(
  locale: string,
  timeZone?: string,
  now: () => number = Date.now,
  deviceZone?: string,
): Formatter {
  const dateFormat = (options: Intl.DateTimeFormatOptions, language = locale) =>
    once(() => new Intl.DateTimeFormat(language, { timeZone, ...options }));
  // Numbers alone would leave open which of them is the month where languages disagree about it.
  const dayMonthParts = (
    locale === 'pt-BR' ? { day: '2-digit', month: '2-digit' } : { day: 'numeric', month: 'short' }
  ) satisfies Intl.DateTimeFormatOptions;
  const timeParts = { hour: locale === 'pt-BR' ? '2-digit' : 'numeric', minute: '2-digit' } as const;
  const date = dateFormat({ ...dayMonthParts, year: 'numeric' });
  const calendar = dateFormat({ ...dayMonthParts, year: 'numeric', timeZone: 'UTC' });
  const weekday = dateFormat({ weekday: 'long', timeZone: 'UTC' });
  const month = dateFormat({ month: 'long', year: 'numeric', timeZone: 'UTC' });
  const dayMonth = dateFormat(dayMonthParts);
  const time = dateFormat(timeParts);
  const moment = { ...dayMonthParts, year: 'numeric', ...timeParts } as const;
  const dateTime = dateFormat(moment);
  const withZone = dateFormat({ ...moment, timeZoneName: 'shortOffset' });
  const onDevice = dateFormat({ ...moment, timeZone: deviceZone });
  const longDate = dateFormat({ weekday: 'long', day: 'numeric', month: 'long' });
  const hour = dateFormat({ hour: 'numeric', hourCycle: 'h23' }, 'en');
  const day = dateFormat({ dateStyle: 'short' }, 'en-CA');
  const relative = once(() => new Intl.RelativeTimeFormat(locale));
  /** "Yesterday" is said of days only: others do not begin where their number does. */
  const named = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  const number = once(() => new Intl.NumberFormat(locale));
  const list = once(() => new Intl.ListFormat(locale, { type: 'disjunction' }));

  /** How many midnights have passed since, on the reader's calendar. */
  const daysSince = (at: Date) => (Date.parse(day().format(now())) - Date.parse(day().format(at))) / 86_400_000;

  const describe = (value: Moment) => {
    const at = new Date(value);
    const today = day().format(now());
    const days = daysSince(at);
    if (days === 0) return i18n.global.t('ui.when.today', { time: time().format(at) });
    if (days === 1) return i18n.global.t('ui.when.yesterday', { time: time().format(at) });
    return day().format(at).slice(0, 4) === today.slice(0, 4)
      ? `${dayMonth().format(at)}, ${time().format(at)}`
      : date().format(at);
  };

  return {
    date: (value) => date().format(new Date(value)),
    day: (value) => calendar().format(new Date(`${value}T00:00:00Z`)),
    weekday: (value) => weekday().format(new Date(`${value}T00:00:00Z`)),
    month: (value) => month().format(new Date(`${value}-01T00:00:00Z`)),
    dateTime: (value) => dateTime().format(new Date(value)),
    exact: (value) => {
      const text = dateTime().format(new Date(value));
      return text === onDevice().format(new Date(value)) ? text : withZone().format(new Date(value));
    },
    longDate: (value) => longDate().format(new Date(value)),
    moment: describe,
    relative: (value) => {
      const at = new Date(value);
      const seconds = (now() - at.getTime()) / 1000;
      const days = daysSince(at);
      if (seconds >= 86_400 && seconds < 604_800 && days > 0) return named().format(-days, 'day');
      const step = STEPS.find(([, size]) => seconds >= size);
      return step ? relative().format(-Math.trunc(seconds / step[1]), step[0]) : named().format(0, 'second');
    },
    list: (words) => list().format(words),
    number: (value) => number().format(value),
    count: (value, exact) => `${number().format(value)}${exact ? '' : '+'}`,
    hour: (value) => Number(hour().format(new Date(value))),
  };
}
