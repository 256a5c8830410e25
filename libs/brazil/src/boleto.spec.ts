import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bankCode, boleto, formatBoletoLine, readBoleto } from './boleto.js';

const require = createRequire(import.meta.url);
const independent = require('boleto-brasileiro-validator') as Record<
  'boletoBancarioCodigoBarras' | 'boletoBancarioLinhaDigitavel',
  (text: string) => boolean
>;

const LINE = '00190500954014481606906809350314337370000000100';
const BARCODE = '00193373700000001000500940144816060680935031';
const FREE_FIELD = '0500940144816060680935031';

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((each) => each.join(''));
const days = fc
  .integer({ min: Date.UTC(2000, 6, 3) / 86_400_000, max: Date.UTC(2049, 9, 13) / 86_400_000 })
  .map((number) => new Date(number * 86_400_000).toISOString().slice(0, 10));
const slips = fc.record({
  bank: digits(3).filter((bank) => !bank.startsWith('8')),
  dueOn: days,
  amount: fc.bigInt({ min: 0n, max: 9_999_999_999n }),
  freeField: digits(25),
});

describe('a bank slip', () => {
  it('is as Banco do Brasil publishes it', () => {
    expect(boleto({ bank: '001', dueOn: '2007-12-31', amount: 100n, freeField: FREE_FIELD })).toEqual({
      barcode: BARCODE,
      line: LINE,
    });
    expect(formatBoletoLine(LINE)).toBe('00190.50095 40144.816069 06809.350314 3 37370000000100');
    expect(formatBoletoLine('other')).toBe('other');
  });

  it.each(['001-9', '033-7', '104-0', '237-2', '341-7', '748-0', '756-0'])(
    'is of a bank whose number has a check digit: %s',
    (code) => expect(bankCode(code.slice(0, 3))).toBe(code),
  );

  it.each([
    ['2000-07-03', '1000'],
    ['2025-02-21', '9999'],
    ['2025-02-22', '1000'],
    ['2026-11-28', '1644'],
    [null, '0000'],
  ])('due on %s has the factor %s', (dueOn, factor) => {
    const { barcode } = boleto({ bank: '341', dueOn, amount: 1n, freeField: FREE_FIELD });
    expect(barcode.slice(5, 9)).toBe(factor);
    expect(readBoleto(barcode, { issuedOn: dueOn ?? '2026-11-28' })).toMatchObject({ dueOn });
  });

  it.each([
    ['2007-12-01', '2007-12-31'],
    ['2020-04-25', '2007-12-31'],
    ['2020-04-26', '2032-08-21'],
    ['2032-09-30', '2032-08-21'],
    ['1990-01-01', '2007-12-31'],
  ])('issued on %s is due on %s, nearest to it', (issuedOn, dueOn) => {
    expect(readBoleto(LINE, { issuedOn })).toMatchObject({ dueOn });
  });

  it.each([
    [{ bank: '01' }],
    [{ bank: '801' }],
    [{ bank: '0A1' }],
    [{ freeField: '1' }],
    [{ amount: -1n }],
    [{ amount: 10_000_000_000n }],
    [{ dueOn: '2000-07-02' }],
    [{ dueOn: '2026-02-30' }],
  ])('cannot be made with %o', (wrong) => {
    const slip = { bank: '001', dueOn: '2026-12-10', amount: 100n, freeField: FREE_FIELD };
    expect(() => boleto({ ...slip, ...wrong })).toThrow(RangeError);
  });

  it('is read as it was made, from both codes and with marks', () => {
    fc.assert(
      fc.property(slips, (slip) => {
        const codes = boleto(slip);
        for (const text of [codes.barcode, codes.line, ` ${formatBoletoLine(codes.line)}\n`]) {
          expect(readBoleto(text, { issuedOn: slip.dueOn })).toEqual({ ...slip, ...codes });
        }
        expect(independent.boletoBancarioCodigoBarras(codes.barcode)).toBe(true);
        expect(independent.boletoBancarioLinhaDigitavel(codes.line)).toBe(true);
      }),
    );
  });
});

describe('what is no bank slip', () => {
  const read = (text: string) => readBoleto(text, { issuedOn: '2026-11-28' });

  it.each([
    ['', { problem: 'shape' }],
    [LINE.slice(1), { problem: 'shape' }],
    [`${LINE}0`, { problem: 'shape' }],
    [LINE.replace('9', 'g'), { problem: 'shape' }],
    [LINE.replaceAll('0', '０'), { problem: 'shape' }],
    ['1'.repeat(1_000_000), { problem: 'shape' }],
    ['846100000005246100291102005460339004695895061080', { problem: 'utility_bill' }],
    ['84610000000-5 24610029110-2 00546033900-4 69589506108-0', { problem: 'utility_bill' }],
    ['84610000000246100291100054603390069589506108', { problem: 'utility_bill' }],
    [`${LINE.slice(0, 9)}6${LINE.slice(10)}`, { problem: 'check_digit', field: 1 }],
    [`${LINE.slice(0, 20)}8${LINE.slice(21)}`, { problem: 'check_digit', field: 2 }],
    [`${LINE.slice(0, 31)}5${LINE.slice(32)}`, { problem: 'check_digit', field: 3 }],
    [`${LINE.slice(0, 32)}4${LINE.slice(33)}`, { problem: 'check_digit', field: 4 }],
    [`${LINE.slice(0, 46)}1`, { problem: 'check_digit', field: 4 }],
    [`${BARCODE.slice(0, 43)}2`, { problem: 'check_digit', field: 4 }],
    // In another currency, and due on 1999-07-04; their check digits fit.
    ['00107373700000001000500940144816060680935031', { problem: 'currency' }],
    ['00191063500000001000500940144816060680935031', { problem: 'due' }],
  ])('%.60s', (text, problem) => expect(read(text)).toEqual(problem));

  /** All lines with one digit changed, or two neighbours changed round. */
  function corrupted(line: string): Array<{ place: number; twins: boolean; text: string }> {
    const all = [...line].flatMap((digit, place) =>
      [...'0123456789'].map((other) => ({
        place,
        twins: false,
        text: line.slice(0, place) + other + line.slice(place + 1),
        same: other === digit,
      })),
    );
    const swapped = [...line.slice(1)].map((digit, place) => ({
      place,
      // The one pair of neighbours that modulo 10 takes for each other.
      twins: ['09', '90'].includes(line.slice(place, place + 2)),
      text: line.slice(0, place) + digit + line[place] + line.slice(place + 2),
      same: digit === line[place],
    }));
    return [...all, ...swapped].filter(({ same }) => !same);
  }

  it('are lines with a wrong digit or two neighbours changed round, wherever the check digits can tell', () => {
    fc.assert(
      fc.property(slips, (slip) => {
        for (const { place, twins, text } of corrupted(boleto(slip).line)) {
          const refused = 'problem' in read(text);
          // Modulo 11 gives one digit for three remainders, so that it misses some changes behind the third field.
          if (place < 31 && !twins) expect(refused).toBe(true);
          if (!refused) expect(independent.boletoBancarioLinhaDigitavel(text)).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });
});
