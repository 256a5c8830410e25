import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from './days.js';
import { lateCharges, type LateTerms } from './late-charges.js';

const terms = (paidOn: string, more: Partial<LateTerms> = {}): LateTerms => ({
  owed: 123456n,
  dueOn: '2026-12-10',
  payableUntil: '2026-12-10',
  paidOn,
  finePercent: '2',
  interestPercentPerMonth: '1',
  ...more,
});

describe('a late payment', () => {
  it('adds a fine once and interest by the day: 24.69 and 5.35 to 1,234.56 after thirteen days', () =>
    expect(lateCharges(terms('2026-12-23'))).toEqual({
      fine: 2469n,
      interest: 535n,
      days: 13,
      total: 126460n,
      tomorrow: { fine: 2469n, interest: 576n, days: 14, total: 126501n },
    }));

  it('adds nothing up to the day it is due, and a fine the day after', () => {
    const { tomorrow, ...today } = lateCharges(terms('2026-12-10'));
    expect(today).toEqual({ fine: 0n, interest: 0n, days: 0, total: 123456n });
    expect(tomorrow).toEqual({ fine: 2469n, interest: 41n, days: 1, total: 125966n });
    expect(lateCharges(terms('2026-11-01')).total).toBe(123456n);
  });

  it('adds nothing on the next banking day where it was due on a Saturday, and later counts from the Saturday', () => {
    const saturday = { dueOn: '2026-12-12', payableUntil: '2026-12-14' };
    expect(lateCharges(terms('2026-12-14', saturday))).toMatchObject({
      fine: 0n,
      interest: 0n,
      days: 0,
      total: 123456n,
    });
    expect(lateCharges(terms('2026-12-15', saturday))).toMatchObject({ fine: 2469n, interest: 123n, days: 3 });
  });

  it('is 23 days late as in REsp 1.954.924, due on a Saturday and paid on 28 May 2007', () =>
    expect(lateCharges(terms('2007-05-28', { dueOn: '2007-05-05', payableUntil: '2007-05-07' })).days).toBe(23));

  it.each<[Partial<LateTerms>, bigint, bigint]>([
    [{ finePercent: '0' }, 0n, 535n],
    [{ interestPercentPerMonth: '0' }, 2469n, 0n],
    [{ finePercent: '1.5', interestPercentPerMonth: '0.0333' }, 1852n, 18n],
    [{ owed: 0n }, 0n, 0n],
    [{ owed: 125n, interestPercentPerMonth: '0' }, 2n, 0n],
  ])('by terms %j adds %s and %s', (more, fine, interest) =>
    expect(lateCharges(terms('2026-12-23', more))).toMatchObject({ fine, interest }),
  );

  it('never costs less a day later, and thirty days of interest are a month', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), fc.integer({ min: -40, max: 4000 }), (owed, late) => {
        const { total, tomorrow } = lateCharges(terms(addDays('2026-12-10', late), { owed }));
        expect(tomorrow.total >= total).toBe(true);
        expect(lateCharges(terms(addDays('2026-12-10', late + 1), { owed }))).toMatchObject(tomorrow);
        expect(lateCharges(terms('2027-01-09', { owed, finePercent: '1' }))).toMatchObject({ days: 30 });
        const month = lateCharges(terms('2027-01-09', { owed, finePercent: '1' }));
        expect(month.interest).toBe(month.fine);
      }),
    );
  });

  it.each<Partial<LateTerms>>([
    { payableUntil: '2026-12-09' },
    { finePercent: '2,0' },
    { interestPercentPerMonth: '-1' },
    { owed: -1n },
    { dueOn: '2026-12-32' },
  ])('is refused by terms %j', (more) => expect(() => lateCharges(terms('2026-12-23', more))).toThrow(RangeError));
});
