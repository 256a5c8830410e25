import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from './days.js';
import { periodAt, periodOf, type PeriodUnit } from './periods.js';

describe('periods', () => {
  it.each<[string, PeriodUnit, number, number, string, string]>([
    ['2026-11-10', 'month', 1, 0, '2026-11-10', '2026-12-10'],
    ['2027-01-31', 'month', 1, 0, '2027-01-31', '2027-02-28'],
    ['2027-01-31', 'month', 1, 1, '2027-02-28', '2027-03-31'],
    ['2027-01-31', 'month', 1, 2, '2027-03-31', '2027-04-30'],
    ['2027-01-31', 'month', 3, 1, '2027-04-30', '2027-07-31'],
    ['2027-01-31', 'month', 1, -2, '2026-11-30', '2026-12-31'],
    ['2028-02-29', 'year', 1, 0, '2028-02-29', '2029-02-28'],
    ['2028-02-29', 'year', 1, 3, '2031-02-28', '2032-02-29'],
    ['2028-02-29', 'year', 1, 4, '2032-02-29', '2033-02-28'],
    ['2026-11-28', 'week', 2, 1, '2026-12-12', '2026-12-26'],
    ['2026-11-28', 'day', 1, 3, '2026-12-01', '2026-12-02'],
  ])('from %s by %s × %i, the one of number %i: %s to %s', (anchor, unit, every, k, startsOn, endsOn) => {
    expect(periodOf(anchor, unit, every, k)).toEqual({ startsOn, endsOn });
    expect(periodAt(anchor, unit, every, startsOn)).toBe(k);
    expect(periodAt(anchor, unit, every, addDays(endsOn, -1))).toBe(k);
    expect(periodAt(anchor, unit, every, endsOn)).toBe(k + 1);
  });

  const anchors = fc.integer({ min: 0, max: 25_000 }).map((each) => addDays('1990-01-01', each));
  const units = fc.constantFrom<PeriodUnit>('day', 'week', 'month', 'year');
  const lengths = fc.integer({ min: 1, max: 24 });

  it('tile: each begins where the one before ends, and none is empty', () => {
    fc.assert(
      fc.property(anchors, units, lengths, fc.integer({ min: -60, max: 60 }), (anchor, unit, every, k) => {
        const { startsOn, endsOn } = periodOf(anchor, unit, every, k);
        expect(startsOn < endsOn).toBe(true);
        expect(periodOf(anchor, unit, every, k + 1).startsOn).toBe(endsOn);
        expect(periodOf(anchor, unit, every, 0).startsOn).toBe(anchor);
      }),
      { numRuns: 1000 },
    );
  });

  it('have every day in exactly the one that is found', () => {
    fc.assert(
      fc.property(anchors, units, lengths, fc.integer({ min: -15_000, max: 15_000 }), (anchor, unit, every, apart) => {
        const day = addDays(anchor, apart);
        const { startsOn, endsOn } = periodOf(anchor, unit, every, periodAt(anchor, unit, every, day));
        expect(startsOn <= day && day < endsOn).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([0, -1, 1.5, NaN])('are never %d units long', (every) => {
    expect(() => periodOf('2026-11-10', 'month', every, 0)).toThrow(RangeError);
    expect(() => periodAt('2026-11-10', 'day', every, '2026-11-10')).toThrow(RangeError);
  });
});
