import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseDecimal, plainDecimal, printDecimal } from './decimals.js';

describe('a decimal', () => {
  it.each([
    ['1', 6, 1_000_000n],
    ['1.5', 6, 1_500_000n],
    ['0.000001', 6, 1n],
    ['-0.5', 4, -5000n],
    ['-0', 4, 0n],
    ['12.50', 4, 125_000n],
    ['999999999999.999999', 6, 999_999_999_999_999_999n],
    ['42', 0, 42n],
  ])('%s of %i decimals is %s', (text, scale, value) => expect(parseDecimal(text, scale)).toBe(value));

  it.each([
    ['', 6],
    ['-', 6],
    ['.5', 6],
    ['5.', 6],
    ['+5', 6],
    ['007', 6],
    ['1,5', 6],
    ['1e3', 6],
    [' 1', 6],
    ['1\n', 6],
    ['0x10', 6],
    ['NaN', 6],
    ['Infinity', 6],
    ['١', 6],
    ['0.0000001', 6],
    ['1.0', 0],
    ['1000000000000', 6],
  ])('%j of %i decimals is none', (text, scale) => expect(parseDecimal(text, scale)).toBeUndefined());

  it.each([
    [1_500_000n, 6, '1.500000'],
    [1n, 6, '0.000001'],
    [-1n, 4, '-0.0001'],
    [0n, 4, '0.0000'],
    [-70n, 0, '-70'],
  ])('%s of %i decimals is printed %s', (value, scale, text) => expect(printDecimal(value, scale)).toBe(text));

  it.each([
    [1_500_000n, 6, '1.5'],
    [-25_000n, 4, '-2.5'],
    [100_000_000n, 6, '100'],
    [0n, 4, '0'],
    [100n, 0, '100'],
  ])('%s of %i decimals is %s without the zeros that say nothing', (value, scale, text) =>
    expect(plainDecimal(value, scale)).toBe(text),
  );

  it('reads back as it was printed', () => {
    const most = 10n ** 12n - 1n;
    fc.assert(
      fc.property(fc.bigInt(-most, most), fc.integer({ min: 0, max: 6 }), (value, scale) => {
        expect(parseDecimal(printDecimal(value, scale), scale)).toBe(value);
      }),
    );
  });
});
