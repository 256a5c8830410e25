import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CURRENCIES } from '@balcao/money';
import { fromStripe, isStripeCurrency, stepOf, toStripe } from './stripe-amounts.js';

describe('amounts as Stripe writes them', () => {
  it.each([
    ['BRL', 12_345n, 12_345],
    ['JPY', 500n, 500],
    ['KWD', 5_120n, 5_120],
    // No decimals any more, and two zeros on the wire.
    ['ISK', 5n, 500],
    ['UGX', 5n, 500],
    // Two decimals by ISO 4217, none at Stripe.
    ['MGA', 1_200n, 12],
    ['HUF', 1_045n, 1_045],
    ['TWD', 80_045n, 80_045],
  ])('%s', (currency, ours, theirs) => {
    expect(toStripe(ours, currency)).toBe(theirs);
    expect(fromStripe(theirs, currency)).toBe(ours);
  });

  it.each([
    ['KWD', 5_124n],
    ['MGA', 1_250n],
  ])('%s of %s has digits that Stripe does not take', (currency, amount) => {
    expect(toStripe(amount, currency)).toBeNull();
  });

  it.each([
    ['IQD', false],
    ['LYD', false],
    ['XXX', false],
    ['BHD', true],
    ['JPY', true],
  ])('%s is one of its currencies: %s', (currency, isOne) => {
    expect(isStripeCurrency(currency)).toBe(isOne);
  });

  it('come back as they went, in every currency', () => {
    const currency = fc.constantFrom(...[...CURRENCIES].filter(isStripeCurrency));
    fc.assert(
      fc.property(currency, fc.bigInt({ min: 1n, max: 9_999_999n }), (code, units) => {
        const amount = units * stepOf(code);
        expect(fromStripe(toStripe(amount, code)!, code)).toBe(amount);
      }),
    );
  });
});
