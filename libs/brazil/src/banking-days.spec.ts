import { describe, expect, it } from '@jest/globals';
import { isBankingDay, nextBankingDay } from './banking-days.js';

const FIXED = ['01-01', '04-21', '05-01', '09-07', '10-12', '11-02', '11-15', '11-20', '12-25'];

function daysOf(year: number): string[] {
  const days: string[] = [];
  for (let time = Date.UTC(year, 0, 1); time < Date.UTC(year + 1, 0, 1); time += 86_400_000) {
    days.push(new Date(time).toISOString().slice(0, 10));
  }
  return days;
}

const isWeekday = (day: string) => ![0, 6].includes(new Date(day).getUTCDay());

describe('banking days', () => {
  // Carnival, Good Friday and Corpus Christi as ANBIMA publishes them, and the last weekday.
  it.each([
    [2024, ['02-12', '02-13', '03-29', '05-30', '12-31']],
    [2025, ['03-03', '03-04', '04-18', '06-19', '12-31']],
    [2026, ['02-16', '02-17', '04-03', '06-04', '12-31']],
    [2027, ['02-08', '02-09', '03-26', '05-27', '12-31']],
    [2028, ['02-28', '02-29', '04-14', '06-15', '12-29']],
    [2029, ['02-12', '02-13', '03-30', '05-31', '12-31']],
    [2030, ['03-04', '03-05', '04-19', '06-20', '12-31']],
  ])('of %d are all weekdays but these and the fixed holidays', (year, moving) => {
    const closed = daysOf(year).filter((day) => isWeekday(day) && !isBankingDay(day));
    expect(closed).toEqual(
      [...FIXED, ...moving]
        .map((day) => `${year}-${day}`)
        .filter(isWeekday)
        .sort(),
    );
    expect(daysOf(year).filter((day) => !isWeekday(day) && isBankingDay(day))).toEqual([]);
  });

  it.each([
    ['2023-11-20', true, 'not yet a holiday of the whole country'],
    ['2022-12-30', false, 'the Friday before a New Year’s Eve on a Saturday'],
    ['2023-12-29', false, 'the Friday before one on a Sunday'],
    ['2026-02-18', true, 'Ash Wednesday'],
    ['2026-12-24', true, 'Christmas Eve'],
    ['2026-07-09', true, 'a holiday of São Paulo only'],
  ])('%s: %s, %s', (day, is) => expect(isBankingDay(day)).toBe(is));

  it.each([
    ['2026-11-27', '2026-11-27'],
    ['2026-11-28', '2026-11-30'],
    ['2026-11-20', '2026-11-23'],
    ['2026-02-14', '2026-02-18'],
    ['2026-12-31', '2027-01-04'],
    ['2028-12-29', '2029-01-02'],
  ])('the next one from %s is %s', (day, next) => expect(nextBankingDay(day)).toBe(next));

  it.each(['2026-02-31', '2026-2-3', '26-02-03', '2026-02-03T00:00:00Z', '', '1899-12-29', '2100-01-04'])(
    'there is none for %s',
    (day) => expect(() => isBankingDay(day)).toThrow(RangeError),
  );
});
