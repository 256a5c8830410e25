import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { parseTimestamp } from './timestamp.js';

const parseAny = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date;

describe('a timestamp of PostgreSQL', () => {
  it.each([
    ['2026-11-21 05:35:12+00', '2026-11-21T05:35:12.000Z'],
    ['2026-11-21 05:35:12.5+00', '2026-11-21T05:35:12.500Z'],
    ['2026-11-21 05:35:12.345678-03', '2026-11-21T08:35:12.345Z'],
    ['2026-11-21 05:35:12.34+05:30', '2026-11-21T00:05:12.340Z'],
    ['1899-12-31 20:53:32-03:06:28', '1900-01-01T00:00:00.000Z'],
    ['0044-03-15 12:00:00+00 BC', '-000043-03-15T12:00:00.000Z'],
    ['10000-01-01 00:00:00+00', '+010000-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(parseTimestamp(text).toISOString()).toBe(expected);
  });

  it('infinity stays what pg makes of it', () => {
    expect(parseTimestamp('infinity')).toEqual(parseAny('infinity'));
  });

  it('is the one that pg reads, whatever its time, precision and offset', () => {
    const time = fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true });
    fc.assert(
      fc.property(
        time,
        fc.integer({ min: 0, max: 999_999 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: -15, max: 15 }),
        (date, micros, precision, offset) => {
          const fraction = String(micros).padStart(6, '0').slice(0, precision);
          const seconds = date.toISOString().slice(0, 19).replace('T', ' ');
          const text = `${seconds}${fraction && `.${fraction}`}${offset < 0 ? '-' : '+'}${String(Math.abs(offset)).padStart(2, '0')}`;
          expect(parseTimestamp(text)).toEqual(parseAny(text));
        },
      ),
    );
  });
});
