import { expect, it } from '@jest/globals';
import { readTable } from '@balcao/module-directory';
import { planInvoices } from './invoice-plan.js';
import { INVOICE_COLUMNS, type InvoiceColumn } from './invoice-rows.js';

const PADARIA = { id: 'a-1', name: 'Padaria Estrela', taxId: '11144477735', externalId: 'P-1' };
const HERE = {
  taxIds: new Map([[PADARIA.taxId, PADARIA]]),
  externalIds: new Map([
    ['P-1', PADARIA],
    ['11144477735', { ...PADARIA, id: 'a-2', externalId: '11144477735' }],
  ]),
  numbers: new Set(['1']),
  today: '2026-11-28',
};
const HEAD =
  'Número;Cliente;Título;Emissão;Vencimento;Descrição;Qtd;Valor unitário;Desconto;Pago em;Valor pago;Forma de pagamento';
const plan = (rows: string[], here = HERE) => {
  const table = readTable<InvoiceColumn>(Buffer.from([HEAD, ...rows].join('\r\n')), INVOICE_COLUMNS);
  return planInvoices(table, { locale: 'pt-BR', currency: 'BRL' }, here);
};
const fates = async (rows: string[]) =>
  (await plan(rows)).rows.map(({ status, problem, heading }) => [status, problem, heading].filter(Boolean).join(' '));

const row = (number: string, more: Partial<Record<string, string>> = {}) =>
  [
    number,
    more['customer'] ?? 'P-1',
    more['title'] ?? 'Mensal',
    more['issued'] ?? '01/10/2026',
    more['due'] ?? '11/10/2026',
    'Fibra',
    '1',
    more['price'] ?? '100,00',
    more['discount'] ?? '',
    more['paidOn'] ?? '',
    more['paid'] ?? '',
    '',
  ].join(';');

it('makes rows of one number one invoice, wherever they stand', async () => {
  const { rows, summary } = await plan([row('7'), row('8'), row('7', { price: '1.234,56' })]);
  expect(rows.map(({ item, status, record }) => [item, status, Boolean(record)])).toEqual([
    [0, 'waiting', true],
    [1, 'waiting', true],
    [0, 'waiting', false],
  ]);
  expect(rows[0]!.record).toMatchObject({ number: '7', lines: [{ unitPrice: '10000' }, { unitPrice: '123456' }] });
  expect(summary).toEqual({ invoices: 2, total: '143456', paid: '0', sample: { text: '1.234,56', amount: '123456' } });
});

it.each([
  ['an invoice that is here', [row('1', { customer: 'nobody' })], ['known']],
  ['a customer whom nobody knows', [row('7', { customer: 'X' })], ['refused customerUnknown Cliente']],
  ['a customer who may be two', [row('7', { customer: '111.444.777-35' })], ['waiting']],
  ['one who is two', [row('7', { customer: '11144477735' })], ['refused customerAmbiguous Cliente']],
  [
    'a bad row beside a good one',
    [row('7'), row('7', { price: 'x' })],
    ['refused rowBeside', 'refused amountNotANumber Valor unitário'],
  ],
  [
    'rows that differ',
    [row('7'), row('7', { due: '12/10/2026' })],
    ['refused rowBeside', 'refused rowsDiffer Vencimento'],
  ],
  [
    'what is issued tomorrow',
    [row('7', { issued: '29/11/2026', due: '30/11/2026' })],
    ['refused notAfterToday Emissão'],
  ],
  ['what is due in another century', [row('7', { due: '11/10/2150' })], ['refused dayFar Vencimento']],
  ['what was issued in another one', [row('7', { issued: '01/10/1850' })], ['refused dayFar Emissão']],
  [
    'more paid than is owed',
    [row('7', { paid: '100,01', paidOn: '02/10/2026' })],
    ['refused paidExceedsTotal Valor pago'],
  ],
  ['paid tomorrow', [row('7', { paid: '100,00', paidOn: '29/11/2026' })], ['refused notAfterToday Pago em']],
  ['a discount above the price', [row('7', { discount: '100,01' })], ['refused moneyExceedsPrice Desconto']],
  [
    'a number in two spellings',
    [row('n\u00e9'), row('ne\u0301', { due: '12/10/2026' })],
    ['refused rowBeside', 'refused rowsDiffer Vencimento'],
  ],
  ['no number', [row(''), row('')], ['refused required Número', 'refused required Número']],
] as const)('says of %s what becomes of it', async (_what, rows, expected) =>
  expect(await fates([...rows])).toEqual(expected),
);

it('judges ten thousand rows within a moment, and lets others have their turn meanwhile', async () => {
  const rows = Array.from({ length: 10_000 }, (_, place) => row(String(place + 10), { price: '=cmd' }));
  let turns = 0;
  let other = setImmediate(function again() {
    turns += 1;
    other = setImmediate(again);
  });
  const before = performance.now();
  expect((await plan(rows)).rows).toHaveLength(10_000);
  expect(performance.now() - before).toBeLessThan(3_000);
  clearImmediate(other);
  expect(turns).toBeGreaterThan(50);
  expect(() => plan([...rows, row('x')])).toThrow('validation_failed');
});
