import { describe, expect, it } from '@jest/globals';
import { isLocalTime, laterLocalTime } from './local-time.js';

describe('a wall time', () => {
  it.each([
    ['2026-12-15T09:30', true],
    ['2028-02-29T00:00', true],
    ['2026-02-29T00:00', false],
    ['2026-02-30T00:00', false],
    ['2026-12-15T24:00', false],
    ['2026-12-15T09:60', false],
    ['2026-13-01T00:00', false],
    ['2026-12-15', false],
    ['2026-12-15T09:30Z', false],
    ['2026-12-15T09:30:00', false],
    ['1026-12-15T09:30', false],
    ['', false],
  ])('%j is one: %s', (text, expected) => {
    expect(isLocalTime(text)).toBe(expected);
  });

  it.each([
    ['2026-12-15T09:30', { days: 1 }, '2026-12-16T09:30'],
    ['2026-12-31T23:59', { days: 1 }, '2027-01-01T23:59'],
    ['2026-12-28T09:30', { days: 7 }, '2027-01-04T09:30'],
    ['2027-01-31T09:30', { months: 1 }, '2027-02-28T09:30'],
    ['2028-01-31T09:30', { months: 1 }, '2028-02-29T09:30'],
    ['2026-12-15T00:00', { months: 1 }, '2027-01-15T00:00'],
    ['2028-02-29T09:30', { months: 12 }, '2029-02-28T09:30'],
  ])('%s and %j later it is %s', (text, later, expected) => {
    expect(laterLocalTime(text, later)).toBe(expected);
  });
});
