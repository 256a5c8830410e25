import { addDays, addMonths, type Day } from '@balcao/money';

const YEARS_BACK = 4;
const SPAN = /^(?!0000)\d{4}(-(0[1-9]|1[0-2]))?$/;

/** A year or a month of the calendar, `2026` or `2026-11`. */
export const isSpan = (text: unknown): text is string => typeof text === 'string' && SPAN.test(text);

/** Its first and its last day. */
export function daysOf(span: string): { first: Day; last: Day } {
  const isYear = span.length === 4;
  const first = isYear ? `${span}-01-01` : `${span}-01`;
  return { first, last: isYear ? `${span}-12-31` : addDays(addMonths(first, 1), -1) };
}

/** What lists are narrowed to: the months around today, then this year and those before. The one that is chosen is among them. */
export function spansAround(today: Day, chosen?: string): string[] {
  const months = [1, 0, -1].map((ahead) => addMonths(`${today.slice(0, 7)}-01`, ahead).slice(0, 7));
  const year = Number(today.slice(0, 4));
  const years = Array.from({ length: YEARS_BACK + 1 }, (_one, back) => String(year - back));
  return [...new Set([...months, ...years, ...(chosen ? [chosen] : [])])];
}
