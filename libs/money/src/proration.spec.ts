import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MOST_MINOR } from './amounts.js';
import { addDays, daysBetween } from './days.js';
import { planChange, prorate } from './proration.js';

const november = { startsOn: '2026-11-10', endsOn: '2026-12-10' };
const february = { startsOn: '2027-01-31', endsOn: '2027-02-28' };

describe('the rest of a period', () => {
  it.each([
    [9990n, november, '2026-11-25', 4995n],
    [14990n, november, '2026-11-25', 7495n],
    [10000n, february, '2027-02-10', 6429n],
    [10000n, february, '2027-01-31', 10000n],
    [10000n, february, '2027-02-27', 357n],
    [0n, november, '2026-11-25', 0n],
  ])('of %s in %j from %s costs %s', (price, period, from, cost) => expect(prorate(price, period, from)).toBe(cost));

  it('costs the share of its days, to half a cent, and less each day', () => {
    const periods = fc.record({ price: fc.bigInt(0n, MOST_MINOR), length: fc.integer({ min: 2, max: 1100 }) });
    fc.assert(
      fc.property(periods, fc.nat(), ({ price, length }, at) => {
        const period = { startsOn: '2026-01-31', endsOn: addDays('2026-01-31', length) };
        const from = addDays(period.startsOn, at % (length - 1));
        const cost = prorate(price, period, from);
        const off = 2n * (cost * BigInt(length) - price * BigInt(daysBetween(from, period.endsOn)));
        expect(off <= BigInt(length) && off >= -BigInt(length)).toBe(true);
        expect(prorate(price, period, addDays(from, 1)) <= cost).toBe(true);
        expect(prorate(price, period, period.startsOn)).toBe(price);
      }),
    );
  });

  it.each(['2026-11-09', '2026-12-10'])('has no part at %s', (day) =>
    expect(() => prorate(1n, november, day)).toThrow(RangeError),
  );
});

describe('a change of price within a period', () => {
  it('gives back the old price and charges the new one from that day', () =>
    expect(planChange(9990n, 14990n, november, '2026-11-25')).toEqual({ credited: 4995n, charged: 7495n, due: 2500n }));

  it('is a credit where the new price is lower, the exact opposite of the way back', () =>
    expect(planChange(14990n, 9990n, november, '2026-11-25')).toEqual({
      credited: 7495n,
      charged: 4995n,
      due: -2500n,
    }));
});
