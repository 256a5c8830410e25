import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate, CURRENCIES, divHalfEven, isCurrency, isKeepable, minorDigits, MOST_MINOR } from './amounts.js';

const abs = (value: bigint) => (value < 0n ? -value : value);
const sum = (parts: readonly bigint[]) => parts.reduce((all, part) => all + part, 0n);
const amounts = fc.bigInt({ min: -MOST_MINOR, max: MOST_MINOR });

describe('rounding to the even half', () => {
  it.each([
    [5n * 50n, 100n, 2n],
    [5n * 150n, 100n, 8n],
    [5n, 10n, 0n],
    [15n, 10n, 2n],
    [25n, 10n, 2n],
    [26n, 10n, 3n],
    [24n, 10n, 2n],
    [-25n, 10n, -2n],
    [-35n, 10n, -4n],
    [-26n, 10n, -3n],
    [35n, -10n, -4n],
    [-35n, -10n, 4n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [0n, -7n, 0n],
    [10n ** 60n + 1n, 2n, 10n ** 60n / 2n],
  ])('%s ÷ %s is %s', (n, d, rounded) => expect(divHalfEven(n, d)).toBe(rounded));

  it('is never more than a half away, and even where it is a half', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.oneof(amounts, fc.bigInt(-12n, 12n)).filter((d) => d !== 0n),
        (n, d) => {
          const rounded = divHalfEven(n, d);
          const twice = 2n * abs(n - rounded * d);
          return twice < abs(d) || (twice === abs(d) && rounded % 2n === 0n);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('refuses to divide by nothing', () => expect(() => divHalfEven(1n, 0n)).toThrow(RangeError));
});

describe('parts of a whole', () => {
  it.each([
    [10000n, [1n, 1n, 1n], [3334n, 3333n, 3333n]],
    [-10000n, [1n, 1n, 1n], [-3334n, -3333n, -3333n]],
    [5n, [3n, 3n, 3n, 1n], [2n, 2n, 1n, 0n]],
    [1n, [1n, 2n], [0n, 1n]],
    [7n, [0n, 5n, 0n], [0n, 7n, 0n]],
    [10n, [0n, 0n, 0n], [4n, 3n, 3n]],
    [0n, [2n, 1n], [0n, 0n]],
    [0n, [], []],
  ])('%s by %j', (total, weights, parts) => expect(allocate(total, weights)).toEqual(parts));

  it('are the whole, each less than one from its share, and of equal weights the earlier never gets less', () => {
    const weights = fc
      .array(fc.oneof(fc.bigInt(0n, 9n), fc.bigInt(0n, MOST_MINOR)), { minLength: 1, maxLength: 40 })
      .filter((each) => sum(each) > 0n);
    fc.assert(
      fc.property(amounts, weights, (total, each) => {
        const parts = allocate(total, each);
        expect(sum(parts)).toBe(total);
        parts.forEach((part, place) => {
          expect(abs(part * sum(each) - total * each[place]!)).toBeLessThan(sum(each));
          const later = parts.slice(place + 1).filter((_, behind) => each[place + 1 + behind] === each[place]);
          expect(later.every((other) => abs(other) <= abs(part))).toBe(true);
        });
      }),
    );
  });

  it('refuses negative weights, and a whole for nobody', () => {
    expect(() => allocate(1n, [2n, -1n])).toThrow(RangeError);
    expect(() => allocate(1n, [])).toThrow(RangeError);
  });
});

describe('minor digits', () => {
  it.each([
    ['BRL', 2],
    ['USD', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['IDR', 2],
    ['XAF', 0],
  ])('%s has %i', (code, digits) => expect(minorDigits(code)).toBe(digits));

  it.each(['', 'brl', 'BR', 'BRLX', 'XAU', 'XXX', 'R$', 'BGN', 'toString'])('%j is no currency', (code) => {
    expect(isCurrency(code)).toBe(false);
    expect(() => minorDigits(code)).toThrow(RangeError);
  });

  it('are said of codes that exist, once each', () => {
    // The digital bolívar has its code for banks alone, and Intl does not know it.
    const known = new Set([...Intl.supportedValuesOf('currency'), 'VED']);
    expect(CURRENCIES.filter((code) => !known.has(code))).toEqual([]);
    expect(CURRENCIES).toHaveLength(new Set(CURRENCIES).size);
    expect(CURRENCIES).toHaveLength(155);
  });

  it('are those of Intl where they are not two, but for the Iraqi dinar, whose fils are gone', () => {
    const intl = (code: string) =>
      new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits;
    const uncommon = CURRENCIES.filter((code) => minorDigits(code) !== 2);
    expect(uncommon.filter((code) => intl(code) !== minorDigits(code))).toEqual(['IQD']);
    expect(CURRENCIES.filter((code) => minorDigits(code) === 2 && intl(code)! > 2)).toEqual([]);
  });
});

it('an amount can be kept up to what a JSON number holds', () => {
  expect(MOST_MINOR).toBe(BigInt(Number.MAX_SAFE_INTEGER));
  expect([MOST_MINOR, -MOST_MINOR, MOST_MINOR + 1n, -MOST_MINOR - 1n].map(isKeepable)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
