import { expect, it } from '@jest/globals';
import { methodIn, readDay, readInvoiceRow, taxIdsOf, type InvoiceColumn } from './invoice-rows.js';

const ROW: Record<InvoiceColumn, string> = {
  number: '2025/118',
  customer: '12.ABC.345/01DE-35',
  title: '',
  issuedOn: '01/10/2025',
  dueOn: '2025-10-11',
  description: 'Fibra Empresarial 600',
  quantity: '',
  unitPrice: '1.234,56',
  discount: '',
  paidOn: '',
  paidAmount: '',
  method: '',
};
const read = (more: Partial<typeof ROW> = {}, locale: 'pt-BR' | 'en-US' = 'pt-BR') =>
  readInvoiceRow({ cell: (key) => ({ ...ROW, ...more })[key] }, { locale, currency: 'BRL' });

it('reads a row whole', () =>
  expect(
    read({ quantity: '1,5', discount: '10%', paidOn: '9/10/2025', paidAmount: 'R$ 1.666,66', method: 'PIX' }),
  ).toEqual({
    head: {
      number: '2025/118',
      customer: '12.ABC.345/01DE-35',
      title: null,
      issuedOn: '2025-10-01',
      dueOn: '2025-10-11',
      payment: { paidOn: '2025-10-09', amount: 166_666n, method: 'pix' },
    },
    line: { description: 'Fibra Empresarial 600', quantity: '1.5', unitPrice: 123_456n, discount: { percent: '10' } },
  }));

it.each([
  ['=cmd|calc', 'description'],
  ['@SUM(A1)', 'title'],
])('keeps the formula %s as text', (text, column) => {
  const { head, line } = read({ [column]: text }) as Extract<ReturnType<typeof read>, { head: unknown }>;
  expect([head.title, line.description]).toContain(text);
});

it.each([
  ['number', '', 'required'],
  ['number', 'x'.repeat(41), 'maxLength'],
  ['description', 'a\u0007b', 'isCleanText'],
  ['issuedOn', '31/02/2025', 'isWrittenDay'],
  ['issuedOn', '10/31/2025', 'isWrittenDay'],
  ['dueOn', '30/09/2025', 'dueBeforeIssue'],
  ['quantity', '0', 'moneyNotPositive'],
  ['unitPrice', '', 'required'],
  ['unitPrice', 'dez', 'amountNotANumber'],
  ['unitPrice', '1.23.4', 'amountMisgrouped'],
  ['unitPrice', '1,234.56', 'amountAmbiguous'],
  ['unitPrice', '12.34', 'amountAmbiguous'],
  ['unitPrice', '1,234', 'moneyTooManyDecimals'],
  ['unitPrice', '=1+1', 'amountNotANumber'],
  ['unitPrice', '-10,00', 'amountNegative'],
  ['unitPrice', 'US$ 10,00', 'amountOtherCurrency'],
  ['unitPrice', '99999999999999999', 'moneyTooLarge'],
  ['discount', '101%', 'moneyNotAPercentage'],
  ['method', 'escambo', 'isDepositMethod'],
] as const)('refuses a %s of %j: %s', (column, text, code) =>
  expect(read({ [column]: text })).toEqual({ code, column }),
);

it.each([
  [{ paidAmount: '10,00' }, { code: 'paidIncomplete', column: 'paidOn' }],
  [{ paidOn: '10/10/2025' }, { code: 'paidIncomplete', column: 'paidAmount' }],
  [
    { paidAmount: '10,00', paidOn: '30/09/2025' },
    { code: 'paidBeforeIssue', column: 'paidOn' },
  ],
])('refuses half a payment: %j', (more, problem) => expect(read(more)).toEqual(problem));

it('reads the other notation where the file is said to be written so', () => {
  expect(read({ unitPrice: '1,234.56', quantity: '1.5' }, 'en-US')).toMatchObject({
    line: { unitPrice: 123_456n, quantity: '1.5' },
  });
  expect(read({}, 'en-US')).toEqual({ code: 'amountAmbiguous', column: 'unitPrice' });
});

it.each([
  ['31/12/2026', '2026-12-31'],
  ['1/2/2026', '2026-02-01'],
  ['01.02.2026', '2026-02-01'],
  ['01-02-2026', '2026-02-01'],
  ['2026-02-01', '2026-02-01'],
  ['2026-02-01 00:00:00', '2026-02-01'],
  ['29/02/2026', undefined],
  ['01/02-2026', undefined],
  ['01/02/26', undefined],
  ['amanhã', undefined],
])('reads the day %j', (text, day) => expect(readDay(text)).toBe(day));

it.each([
  ['PIX', 'pix'],
  ['Cartão de crédito', 'card'],
  ['Boleto bancário', 'boleto'],
  ['TED', 'transfer'],
  ['dinheiro', 'cash'],
  ['Cheque', 'check'],
  ['', 'other'],
  ['permuta', undefined],
])('knows %j as %s', (text, method) => expect(methodIn(text)).toBe(method));

it('gives a tax id back the zeros that a spreadsheet took', () =>
  expect(taxIdsOf('1234567890')).toContain('01234567890'));
