import { describe, expect, it } from '@jest/globals';
import { boleto, formatBoletoLine, pixCode } from '@balcao/brazil';
import fc from 'fast-check';
import { billCodesWithin, readBillCode } from './bill-codes.js';

const TODAY = '2026-11-28';
const slip = boleto({ bank: '001', dueOn: '2026-12-10', amount: 123_456n, freeField: '5'.repeat(25) });
const pix = pixCode({ key: 'pix@aurora.example', name: 'Aurora Telecom', city: 'Campinas', amount: 123_456n });

describe('a code that somebody pastes', () => {
  it.each([
    ['7K4F92QD', { kind: 'check_code', checkCode: '7K4F92QD' }],
    [' 7k4f-92qd ', { kind: 'check_code', checkCode: '7K4F92QD' }],
    [slip.line, { kind: 'boleto', barcode: slip.barcode }],
    [formatBoletoLine(slip.line), { kind: 'boleto', barcode: slip.barcode }],
    [slip.barcode, { kind: 'boleto', barcode: slip.barcode }],
    [`${pix.slice(0, 60)}\n${pix.slice(60)}`, { kind: 'pix', text: pix }],
    [`\u200b${pix.slice(0, -4)}${pix.slice(-4).toLowerCase()} `, { kind: 'pix', text: pix }],
    [pix.replaceAll(' ', '\u00a0'), { kind: 'pix', text: pix }],
  ])('is read: %s', (text, code) => expect(readBillCode(text, TODAY)).toMatchObject(code));

  it.each([
    '',
    '7K4F92Q',
    '7K4F92Q0',
    slip.line.slice(1),
    `${slip.line.slice(0, -1)}9`,
    `${pix.slice(0, -4)}0000`,
    'x'.repeat(5_000),
  ])('is none: %s', (text) => expect(readBillCode(text, TODAY)).toBeUndefined());

  it('is whatever somebody may type', () => {
    fc.assert(fc.property(fc.string({ maxLength: 1_024 }), (text) => void readBillCode(text, TODAY)));
  });
});

describe('codes in the text of a document', () => {
  it('are found among its words, in lines as they are printed', () => {
    const text = `Fatura F-2026-000123\nCódigo de conferência 7K4F-92QD. Confira\n${pix.slice(0, 70)}\n${pix.slice(70)}\n${formatBoletoLine(slip.line)}\nTel. 3456-0190`;
    expect(billCodesWithin(text, TODAY)).toMatchObject([
      { kind: 'check_code', checkCode: '7K4F92QD' },
      { kind: 'pix', text: pix },
      { kind: 'boleto', barcode: slip.barcode },
    ]);
  });

  const pixOf = (amount: bigint) => pixCode({ key: 'pix@outra.example', name: 'Fulano', city: 'Campinas', amount });
  const slipOf = (amount: bigint) =>
    formatBoletoLine(boleto({ bank: '237', dueOn: '2026-12-10', amount, freeField: '1'.repeat(25) }).line);

  it('are each there once, however often they are printed', () => {
    const text = [...Array(6).fill(pix), ...Array(6).fill(formatBoletoLine(slip.line)), pix.slice(0, -4)].join('\n');
    expect(billCodesWithin(text, TODAY).map(({ kind }) => kind)).toEqual(['pix', 'boleto']);
  });

  it.each([
    ['PIX codes', [pix, pixOf(1n), pixOf(2n), pixOf(3n)]],
    ['slips', [formatBoletoLine(slip.line), slipOf(1n), slipOf(2n), slipOf(3n)]],
    ['beginnings of PIX codes', [...Array<string>(8).fill('000201'), pixOf(1n)]],
    [
      'ends of PIX codes',
      [
        pixCode({ key: 'a@outra.example', name: 'Fulano', city: 'Campinas' }).replace(
          '0000',
          `${'6304ABCD'.repeat(9)}`,
        ),
      ],
    ],
  ])('are none where there are more %s than a bill has', (_, codes) => {
    expect(billCodesWithin(`7K4F-92QD\n${codes.join('\n')}`, TODAY)).toEqual([]);
  });

  it('are three of a kind at most, so that no file guesses at codes by the thousand', () => {
    const text = Array.from({ length: 500 }, (_, index) => `ABCD-${String(2222 + index).replace(/[01]/g, 'Z')}`).join(
      ' ',
    );
    expect(billCodesWithin(text, TODAY)).toHaveLength(3);
  });

  it('are looked for in time, whatever the text', () => {
    for (const text of ['000201'.repeat(30_000), '1'.repeat(200_000), 'ABCD-'.repeat(40_000)]) {
      const before = performance.now();
      expect(billCodesWithin(text, TODAY)).toEqual([]);
      expect(performance.now() - before).toBeLessThan(1_000);
    }
  });
});
