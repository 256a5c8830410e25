import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  addDays,
  addMonths,
  compareDays,
  dayAt,
  daysBetween,
  isDay,
  isKeepableDay,
  startOfDay,
  weekday,
} from './days.js';

const days = fc.integer({ min: -719_162, max: 2_932_896 }).map((each) => addDays('1970-01-01', each));

describe('a day', () => {
  it.each(['2026-11-28', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is one', (day) =>
    expect(isDay(day)).toBe(true),
  );
  it.each(['', '2026-02-29', '1900-02-29', '2026-02-31', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00'])(
    '%j is none',
    (day) => expect(isDay(day)).toBe(false),
  );
  it.each(['0000-01-01', '10000-01-01', '2026-1-1', '20260101', '2026-01-01T00:00', ' 2026-01-01', '2026-01-01\n'])(
    '%j is none',
    (day) => expect(isDay(day)).toBe(false),
  );

  it.each([
    ['1899-12-31', false],
    ['1900-01-01', true],
    ['2026-02-29', false],
    ['2098-12-31', true],
    ['2099-01-01', false],
    ['9999-12-31', false],
  ])('whether %s is kept: %p', (day, isKept) => expect(isKeepableDay(day)).toBe(isKept));

  it.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2024-03-01', -1, '2024-02-29'],
    ['0099-12-31', 1, '0100-01-01'],
  ])('%s and %i days is %s', (day, n, later) => expect(addDays(day, n)).toBe(later));

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2026-01-31', 3, '2026-04-30'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2028-02-29', 48, '2032-02-29'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -13, '2024-12-15'],
    ['0099-12-31', 2, '0100-02-28'],
  ])('%s and %i months is %s', (day, n, later) => expect(addMonths(day, n)).toBe(later));

  it('is counted, compared and moved as Temporal does', () => {
    fc.assert(
      fc.property(days, days, fc.integer({ min: -3000, max: 3000 }), (a, b, n) => {
        const [from, to] = [Temporal.PlainDate.from(a), Temporal.PlainDate.from(b)];
        expect(daysBetween(a, b)).toBe(from.until(to).days);
        expect(compareDays(a, b)).toBe(Temporal.PlainDate.compare(from, to));
        expect(weekday(a)).toBe(from.dayOfWeek);
        expect(isDay(a)).toBe(true);
        const later = from.add({ months: n });
        if (later.year > 0 && later.year < 10_000) expect(addMonths(a, n)).toBe(later.toString());
        else expect(() => addMonths(a, n)).toThrow(RangeError);
      }),
    );
  });

  it('is refused where it is none, and never left', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
    expect(() => addMonths('2026-02-30', 1)).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addDays('0001-01-01', -1)).toThrow(RangeError);
  });
});

const ZONES = [
  'America/Sao_Paulo',
  'America/Noronha',
  'America/New_York',
  'America/St_Johns',
  'America/Havana',
  'Europe/Lisbon',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'UTC',
];

describe('where a day begins', () => {
  it.each([
    ['2026-11-28', 'America/Sao_Paulo', '2026-11-28T03:00:00.000Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'], // clocks show 01:00
    ['2019-02-17', 'America/Sao_Paulo', '2019-02-17T03:00:00.000Z'], // after 25 hours of Saturday
    ['2006-10-29', 'America/St_Johns', '2006-10-29T02:30:00.000Z'], // midnight comes twice
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'], // does not exist
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['2026-03-08', 'America/Havana', '2026-03-08T05:00:00.000Z'], // clocks show 01:00
    ['2026-11-28', 'Asia/Kathmandu', '2026-11-27T18:15:00.000Z'],
    ['2026-11-28', 'UTC', '2026-11-28T00:00:00.000Z'],
  ])('%s in %s: %s', (day, zone, instant) => expect(startOfDay(day, zone).toISOString()).toBe(instant));

  const recent = fc.integer({ min: -20_000, max: 25_000 }).map((each) => addDays('1970-01-01', each));

  it('is where Temporal says, in every zone', () => {
    fc.assert(
      fc.property(recent, fc.constantFrom(...ZONES), (day, zone) => {
        const start = Temporal.PlainDate.from(day).toZonedDateTime(zone);
        expect(startOfDay(day, zone).getTime()).toBe(start.epochMilliseconds);
      }),
      { numRuns: 2000 },
    );
  });

  it('is in that day, and the millisecond before in another', () => {
    fc.assert(
      fc.property(recent, fc.constantFrom(...ZONES), (day, zone) => {
        fc.pre(!(zone === 'Pacific/Apia' && day === '2011-12-30'));
        const start = startOfDay(day, zone);
        expect(dayAt(start, zone)).toBe(day);
        expect(dayAt(new Date(start.getTime() - 1), zone)).not.toBe(day);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('which day it is', () => {
  it.each([
    ['2026-11-28T02:59:59.999Z', 'America/Sao_Paulo', '2026-11-27'],
    ['2026-11-28T03:00:00.000Z', 'America/Sao_Paulo', '2026-11-28'],
    ['2026-11-28T09:59:59.999Z', 'Pacific/Kiritimati', '2026-11-28'],
    ['2026-11-28T10:00:00.000Z', 'Pacific/Kiritimati', '2026-11-29'],
    ['1969-12-31T23:59:59.999Z', 'UTC', '1969-12-31'],
  ])('at %s in %s: %s', (instant, zone, day) => expect(dayAt(new Date(instant), zone)).toBe(day));

  it('at any instant is what Temporal says', () => {
    const instants = fc.date({ min: new Date('1915-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (instant, zone) => {
        const there = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
        expect(dayAt(instant, zone)).toBe(there.toPlainDate().toString());
      }),
      { numRuns: 1000 },
    );
  });

  it('is asked of zones and instants that exist', () => {
    expect(() => dayAt(new Date(), 'Mars/Olympus')).toThrow(RangeError);
    expect(() => dayAt(new Date(NaN), 'UTC')).toThrow(RangeError);
    expect(() => startOfDay('2026-02-30', 'UTC')).toThrow(RangeError);
  });
});
