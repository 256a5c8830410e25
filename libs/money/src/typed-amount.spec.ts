import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CURRENCIES, MOST_MINOR } from './amounts.js';
import { readAmount, readPercent, readQuantity } from './typed-amount.js';
import { formatMoney, type NumberLocale, writeAmount, writePercent, writeQuantity } from './written-amount.js';

const NBSP = '\u00a0';
const locales = fc.constantFrom<NumberLocale>('pt-BR', 'en-US');

describe('an amount that people write', () => {
  it.each<[string, NumberLocale, string, bigint]>([
    ['1.234,56', 'pt-BR', 'BRL', 123456n],
    ['1,234.56', 'en-US', 'USD', 123456n],
    ['1.234', 'pt-BR', 'BRL', 123400n],
    ['1,234', 'en-US', 'BRL', 123400n],
    ['1234,5', 'pt-BR', 'BRL', 123450n],
    ['1234', 'pt-BR', 'BRL', 123400n],
    ['12,', 'pt-BR', 'BRL', 1200n],
    [',50', 'pt-BR', 'BRL', 50n],
    ['.5', 'en-US', 'USD', 50n],
    ['007,10', 'pt-BR', 'BRL', 710n],
    ['0', 'pt-BR', 'BRL', 0n],
    ['-0', 'pt-BR', 'BRL', 0n],
    ['1.234.567,89', 'pt-BR', 'BRL', 123456789n],
    ['1 234 567,89', 'pt-BR', 'BRL', 123456789n],
    ['1\u202f234.5', 'en-US', 'USD', 123450n],
    [`1${NBSP}234,5`, 'pt-BR', 'BRL', 123450n],
    [`${NBSP} 10 \t\n`, 'pt-BR', 'BRL', 1000n],
    ['R$ 1.234,56', 'pt-BR', 'BRL', 123456n],
    [`R$${NBSP}1.234,56`, 'pt-BR', 'BRL', 123456n],
    ['r$10', 'pt-BR', 'BRL', 1000n],
    ['10 brl', 'pt-BR', 'BRL', 1000n],
    ['10R$', 'pt-BR', 'BRL', 1000n],
    ['US$ 10', 'en-US', 'USD', 1000n],
    ['$10', 'pt-BR', 'USD', 1000n],
    ['10 €', 'pt-BR', 'EUR', 1000n],
    ['-10', 'pt-BR', 'BRL', -1000n],
    ['\u221210,01', 'pt-BR', 'BRL', -1001n],
    ['- R$ 10', 'pt-BR', 'BRL', -1000n],
    ['R$ -10', 'pt-BR', 'BRL', -1000n],
    ['(10,00)', 'pt-BR', 'BRL', -1000n],
    ['($1,234.50)', 'en-US', 'USD', -123450n],
    ['R$ (10,00)', 'pt-BR', 'BRL', -1000n],
    ['1.234', 'pt-BR', 'JPY', 1234n],
    ['1,234', 'pt-BR', 'KWD', 1234n],
    ['1.234', 'pt-BR', 'KWD', 1234000n],
    ['90.071.992.547.409,91', 'pt-BR', 'BRL', MOST_MINOR],
    ['0000000000000000000001', 'pt-BR', 'BRL', 100n],
  ])('%j in %s is, of %s, %s', (text, locale, currency, minor) =>
    expect(readAmount(text, locale, currency)).toBe(minor),
  );

  it.each<[string, NumberLocale, string, string]>([
    ['', 'pt-BR', 'BRL', 'empty'],
    [` ${NBSP}\n`, 'pt-BR', 'BRL', 'empty'],
    ['R$', 'pt-BR', 'BRL', 'notANumber'],
    ['-', 'pt-BR', 'BRL', 'notANumber'],
    [',', 'pt-BR', 'BRL', 'notANumber'],
    ['()', 'pt-BR', 'BRL', 'notANumber'],
    ['dez', 'pt-BR', 'BRL', 'notANumber'],
    ['10 reais', 'pt-BR', 'BRL', 'notANumber'],
    ['1e3', 'pt-BR', 'BRL', 'notANumber'],
    ['0x10', 'pt-BR', 'BRL', 'notANumber'],
    ['+10', 'pt-BR', 'BRL', 'notANumber'],
    ['10-', 'pt-BR', 'BRL', 'notANumber'],
    ['--10', 'pt-BR', 'BRL', 'notANumber'],
    ['-(10)', 'pt-BR', 'BRL', 'notANumber'],
    ['(10', 'pt-BR', 'BRL', 'notANumber'],
    ['R$ R$ 10', 'pt-BR', 'BRL', 'notANumber'],
    ['10-20', 'pt-BR', 'BRL', 'notANumber'],
    ['100\n200', 'pt-BR', 'BRL', 'notANumber'],
    ['100\t200', 'pt-BR', 'BRL', 'notANumber'],
    ['١٢', 'pt-BR', 'BRL', 'notANumber'],
    ["1'234", 'pt-BR', 'BRL', 'notANumber'],
    ['1.23.4', 'pt-BR', 'BRL', 'misgrouped'],
    ['1.234.56', 'pt-BR', 'BRL', 'misgrouped'],
    ['1234.567.890', 'pt-BR', 'BRL', 'misgrouped'],
    ['1.234 567', 'pt-BR', 'BRL', 'misgrouped'],
    ['1  234', 'pt-BR', 'BRL', 'misgrouped'],
    ['12 34', 'pt-BR', 'BRL', 'misgrouped'],
    ['1,2,3', 'pt-BR', 'BRL', 'misgrouped'],
    ['1,23,456.00', 'en-US', 'INR', 'misgrouped'],
    ['12.34', 'pt-BR', 'BRL', 'ambiguous'],
    ['12,34', 'en-US', 'USD', 'ambiguous'],
    ['0.123', 'pt-BR', 'BRL', 'ambiguous'],
    ['12345.678', 'pt-BR', 'BRL', 'ambiguous'],
    ['1,234.56', 'pt-BR', 'BRL', 'ambiguous'],
    ['1.234,56', 'en-US', 'USD', 'ambiguous'],
    ['1,234,567', 'pt-BR', 'BRL', 'ambiguous'],
    ['10,123', 'pt-BR', 'BRL', 'tooManyDecimals'],
    ['10,500', 'pt-BR', 'BRL', 'tooManyDecimals'],
    ['10,0', 'pt-BR', 'JPY', 'tooManyDecimals'],
    ['90.071.992.547.409,92', 'pt-BR', 'BRL', 'tooLarge'],
    ['-90.071.992.547.409,92', 'pt-BR', 'BRL', 'tooLarge'],
    ['10000000000000000', 'pt-BR', 'BRL', 'tooLarge'],
    ['$ 10', 'pt-BR', 'BRL', 'otherCurrency'],
    ['US$ 10', 'pt-BR', 'BRL', 'otherCurrency'],
    ['R$ 10', 'pt-BR', 'USD', 'otherCurrency'],
    ['10 R$', 'pt-BR', 'USD', 'otherCurrency'],
    ['10 €', 'pt-BR', 'BRL', 'otherCurrency'],
    ['10 usd', 'pt-BR', 'BRL', 'otherCurrency'],
    ['-€10', 'pt-BR', 'BRL', 'otherCurrency'],
  ])('%j in %s is, of %s, refused: %s', (text, locale, currency, problem) =>
    expect(readAmount(text, locale, currency)).toBe(problem),
  );

  it('is written and read back, in every currency', () => {
    const amounts = fc.oneof(fc.bigInt(-MOST_MINOR, MOST_MINOR), fc.bigInt(-2000n, 2000n));
    fc.assert(
      fc.property(amounts, locales, fc.constantFrom(...CURRENCIES), (minor, locale, currency) => {
        expect(readAmount(writeAmount(minor, currency, locale), locale, currency)).toBe(minor);
      }),
      { numRuns: 1000 },
    );
  });

  it('is read alike by both notations, or by one alone', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'0123456789.,  '), maxLength: 12 });
    fc.assert(
      fc.property(texts, (text) => {
        const [pt, en] = [readAmount(text, 'pt-BR', 'BRL'), readAmount(text, 'en-US', 'BRL')];
        if (typeof pt === 'bigint' && typeof en === 'bigint') expect(pt).toBe(en);
      }),
      { numRuns: 5000 },
    );
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), locales, (text, locale) => {
        expect(['bigint', 'string']).toContain(typeof readAmount(text, locale, 'BRL'));
      }),
    );
  });

  it('is read in time that grows with its length', () => {
    const began = performance.now();
    for (const text of [
      `${'('.repeat(50_000)}1${')'.repeat(50_000)}`,
      `1${'.234'.repeat(50_000)}x`,
      `${' '.repeat(50_000)}x`,
      `1${' '.repeat(50_000)}x`,
      '9'.repeat(100_000),
      'x'.repeat(100_000),
      `${'x'.repeat(50_000)}.`,
      `.${'x'.repeat(200_000)}.`,
    ])
      expect(typeof readAmount(text, 'pt-BR', 'BRL')).toBe('string');
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('is of a currency that exists', () => {
    expect(() => readAmount('1', 'pt-BR', 'BRX')).toThrow(RangeError);
    expect(() => writeAmount(1n, 'BRX', 'pt-BR')).toThrow(RangeError);
    expect(() => formatMoney({ amount: 1n, currency: 'BRX' }, 'pt-BR')).toThrow(RangeError);
  });
});

it.each<[bigint, string, NumberLocale, string]>([
  [123456n, 'BRL', 'pt-BR', '1.234,56'],
  [-5n, 'BRL', 'pt-BR', '-0,05'],
  [100000000n, 'USD', 'en-US', '1,000,000.00'],
  [99999n, 'USD', 'en-US', '999.99'],
  [1234n, 'JPY', 'pt-BR', '1.234'],
  [1234567n, 'KWD', 'pt-BR', '1.234,567'],
])('%s of %s is written in %s %s', (minor, currency, locale, text) =>
  expect(writeAmount(minor, currency, locale)).toBe(text),
);

describe('a quantity that people write', () => {
  it.each<[string, NumberLocale, bigint | string]>([
    ['1,5', 'pt-BR', 1_500_000n],
    ['1.5', 'en-US', 1_500_000n],
    ['1.234', 'pt-BR', 1_234_000_000n],
    ['1,234', 'pt-BR', 1_234_000n],
    ['0,000001', 'pt-BR', 1n],
    ['0,0000001', 'pt-BR', 'tooManyDecimals'],
    ['1.5', 'pt-BR', 'ambiguous'],
    ['1.2.3', 'pt-BR', 'misgrouped'],
    ['', 'pt-BR', 'empty'],
    ['0', 'pt-BR', 'notPositive'],
    ['-1', 'pt-BR', 'notPositive'],
    ['R$ 1', 'pt-BR', 'notANumber'],
    ['2 h', 'pt-BR', 'notANumber'],
    ['1.000.000.000.000', 'pt-BR', 'tooLarge'],
  ])('%j in %s: %s', (text, locale, read) => expect(readQuantity(text, locale)).toBe(read));

  it('is written without needless zeros, and read back', () => {
    expect(writeQuantity(1_500_000n, 'pt-BR')).toBe('1,5');
    expect(writeQuantity(10_000_000_000n, 'pt-BR')).toBe('10.000');
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 18n - 1n), locales, (quantity, locale) => {
        expect(readQuantity(writeQuantity(quantity, locale), locale)).toBe(quantity);
      }),
    );
  });
});

describe('a percentage that people write', () => {
  it.each<[string, NumberLocale, bigint | string]>([
    ['5', 'pt-BR', 50_000n],
    ['2,5 %', 'pt-BR', 25_000n],
    ['2.5%', 'en-US', 25_000n],
    ['100', 'pt-BR', 1_000_000n],
    ['100,0001', 'pt-BR', 'notAPercentage'],
    ['-1', 'pt-BR', 'notAPercentage'],
    ['2,50001', 'pt-BR', 'tooManyDecimals'],
    ['2.5', 'pt-BR', 'ambiguous'],
    ['%', 'pt-BR', 'notANumber'],
    [' ', 'pt-BR', 'empty'],
  ])('%j in %s: %s', (text, locale, read) => expect(readPercent(text, locale)).toBe(read));

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 1_000_000n), locales, (percent, locale) => {
        expect(readPercent(writePercent(percent, locale), locale)).toBe(percent);
      }),
    );
  });
});

describe('an amount with its currency', () => {
  it.each<[bigint, string, NumberLocale, string]>([
    [123456n, 'BRL', 'pt-BR', `R$${NBSP}1.234,56`],
    [-5n, 'BRL', 'pt-BR', `-R$${NBSP}0,05`],
    [123456n, 'BRL', 'en-US', 'R$1,234.56'],
    [1234n, 'JPY', 'en-US', '¥1,234'],
    [1234567n, 'KWD', 'en-US', `KWD${NBSP}1,234.567`],
    [1234567n, 'IQD', 'en-US', `IQD${NBSP}1,234.567`],
    [0n, 'BRL', 'pt-BR', `R$${NBSP}0,00`],
    [MOST_MINOR, 'BRL', 'pt-BR', `R$${NBSP}90.071.992.547.409,91`],
  ])('%s of %s is in %s %s', (amount, currency, locale, text) =>
    expect(formatMoney({ amount, currency }, locale)).toBe(text),
  );

  it('has every digit of the amount', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-MOST_MINOR, MOST_MINOR),
        locales,
        fc.constantFrom('BRL', 'JPY', 'KWD'),
        (minor, locale, code) => {
          expect(readAmount(formatMoney({ amount: minor, currency: code }, locale), locale, code)).toBe(minor);
        },
      ),
    );
  });
});
