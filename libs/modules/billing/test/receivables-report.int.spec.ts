import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BillingExporter } from '../src/billing-exporter.service.js';
import { BILLING_ENTITIES } from '../src/persistence/billing.entities.js';
import type { EntryRow } from '../src/persistence/statement.js';
import { ReceivablesReports } from '../src/receivables-report.service.js';
import {
  asStaff,
  billingServices,
  createBillingScene,
  openInvoice,
  type BillingScene,
  type BillingServices,
} from './factories.js';

let test: TestDatabase;
let services: BillingServices;
let scene: BillingScene;
let reports: ReceivablesReports;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = billingServices(test);
  reports = new ReceivablesReports(test.database);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
});

const on = (day: string) => asStaff(scene, day);
/** Lateness adds nothing, so that the tables can be made by hand. */
const open = (day: string, account: string, amount: bigint, dueOn: string, currency?: string) =>
  openInvoice(services, on(day), account, amount, { dueOn, currency, finePercent: '0', interestPercent: '0' });
const pay = (day: string, account: string, amount: bigint, invoiceId: string, currency = 'BRL') =>
  services.credits.deposit(on(day), {
    billingAccountId: account,
    amount,
    currency,
    method: 'pix',
    application: { invoiceIds: [invoiceId] },
  });

/** Three months with an invoice of each fate. */
async function threeMonths(): Promise<void> {
  const { padaria, oficina } = scene;
  const early = await open('2026-09-10', padaria, 10_000n, '2026-09-21');
  await pay('2026-09-15', padaria, 10_000n, early.id);
  const inPart = await open('2026-09-12', oficina, 5_000n, '2026-09-22');
  await pay('2026-10-05', oficina, 2_000n, inPart.id);
  const late = await open('2026-10-10', padaria, 8_000n, '2026-10-20');
  await services.credits.creditNote(on('2026-10-11'), late.id, { amount: 1_000n, reason: 'Dois dias sem sinal' });
  await pay('2026-11-03', padaria, 7_000n, late.id);
  const lost = await open('2026-10-15', oficina, 4_000n, '2026-10-26');
  await services.credits.writeOff(on('2026-11-02'), lost.id, { reason: 'Empresa fechou' });
  await open('2026-11-05', padaria, 6_000n, '2026-11-30');
  const voided = await open('2026-11-06', oficina, 9_000n, '2026-11-20');
  await services.invoices.void(on('2026-11-06'), voided.id, 'Cliente errado', voided.version);
  await open('2026-11-07', oficina, 2_000n, '2026-11-20', 'USD');
}

const month = (name: string, figures: Record<string, unknown>) => ({
  month: name,
  invoices: 0,
  invoiced: 0n,
  received: 0n,
  returned: 0n,
  credited: 0n,
  writtenOff: 0n,
  open: 0n,
  overdue: 0n,
  fellDue: 0n,
  collected: 0n,
  daysToPay: null,
  ...figures,
});

it('says of each month what was invoiced and what became of it, by a table that was made by hand', async () => {
  await threeMonths();
  const report = await reports.get(on('2026-11-18'), { months: 6 });
  expect(report).toMatchObject({ currency: 'BRL', currencies: ['BRL', 'USD'], today: '2026-11-18' });
  expect(report.months).toEqual([
    month('2026-06-01', {}),
    month('2026-07-01', {}),
    month('2026-08-01', {}),
    // 10,000 paid after five days; of 5,000 there are 3,000 left.
    month('2026-09-01', {
      ...{ invoices: 2, invoiced: 15_000n, received: 12_000n, open: 3_000n, overdue: 3_000n },
      ...{ fellDue: 15_000n, collected: 12_000n, daysToPay: 5 },
    }),
    // Of 8,000 a thousand was credited and the rest paid in November; 4,000 were written off.
    month('2026-10-01', {
      ...{ invoices: 2, invoiced: 12_000n, received: 7_000n, credited: 1_000n, writtenOff: 4_000n },
      ...{ fellDue: 11_000n, collected: 7_000n },
    }),
    // What is voided was never invoiced, and what was written off has not been paid within any days.
    month('2026-11-01', { invoices: 1, invoiced: 6_000n, open: 6_000n, daysToPay: 24 }),
  ]);
  // When November began: 3,000 of the second, 7,000 of the third, 4,000 of the fourth.
  expect(report.overdueBefore).toBe(14_000n);
  expect(report.ageing).toEqual([
    { currency: 'BRL', bucket: -1, owed: 6_000n, invoices: 1 },
    { currency: 'BRL', bucket: 2, owed: 3_000n, invoices: 1 },
  ]);
});

it('what is credited of a paid invoice, and pays another, is neither written off nor received twice (erpnext#40347)', async () => {
  const { padaria } = scene;
  const paid = await open('2026-09-10', padaria, 10_000n, '2026-09-21');
  await pay('2026-09-15', padaria, 10_000n, paid.id);
  await services.credits.creditNote(on('2026-10-02'), paid.id, { amount: 3_000n, reason: 'Nove dias sem sinal' });
  await open('2026-10-10', padaria, 4_000n, '2026-10-20');
  await services.credits.applyCredit(on('2026-10-11'), padaria, 'BRL');
  const lost = await open('2026-10-12', padaria, 500n, '2026-10-20');
  await services.credits.writeOff(on('2026-11-02'), lost.id, { reason: 'Valor pequeno' });
  const { months } = await reports.get(on('2026-11-18'), { months: 3 });
  expect(months).toMatchObject([
    {
      invoiced: 10_000n,
      received: 10_000n,
      returned: 3_000n,
      credited: 3_000n,
      writtenOff: 0n,
      open: 0n,
      fellDue: 7_000n,
      collected: 7_000n,
    },
    {
      invoiced: 4_500n,
      received: 3_000n,
      credited: 0n,
      writtenOff: 500n,
      open: 1_000n,
      fellDue: 4_500n,
      collected: 3_000n,
    },
    { invoiced: 0n, received: 0n, writtenOff: 0n },
  ]);
  // Both months together have kept what came.
  expect(months.reduce((sum, { received, returned }) => sum + received - returned, 0n)).toBe(10_000n);
});

it('keeps currencies, organizations and months apart', async () => {
  await threeMonths();
  const dollars = await reports.get(on('2026-11-18'), { months: 3, currency: 'USD' });
  expect(dollars.months).toEqual([
    month('2026-09-01', {}),
    month('2026-10-01', {}),
    month('2026-11-01', { invoices: 1, invoiced: 2_000n, open: 2_000n }),
  ]);
  expect(dollars.overdueBefore).toBe(0n);
  const other = await createBillingScene(test, 'Boreal');
  const foreign = await reports.get(asStaff(other, '2026-11-18'), { months: 3 });
  expect(foreign).toMatchObject({ currencies: ['BRL'], ageing: [], overdueBefore: 0n });
  expect(foreign.months.every(({ invoices }) => invoices === 0)).toBe(true);
});

it('what is taken back of an invoice was not received', async () => {
  const { padaria } = scene;
  const invoice = await open('2026-11-02', padaria, 3_000n, '2026-11-10');
  const { id } = await pay('2026-11-03', padaria, 3_000n, invoice.id);
  const received = async () => (await reports.get(on('2026-11-18'), { months: 3 })).months[2]!.received;
  expect(await received()).toBe(3_000n);
  await test.database.transaction(on('2026-11-04'), async (db) => {
    await services.ledger.hold(db, invoice.id);
    await services.ledger.takeBack(
      db,
      on('2026-11-04'),
      { kind: 'deposit', sourceIds: [id] },
      {
        billingAccountId: padaria,
        currency: 'BRL',
        kind: 'adjustment_debit',
        amount: 3_000n,
        invoiceId: null,
        reason: 'Cheque sem fundos',
        postedOn: '2026-11-04',
      },
    );
  });
  expect(await received()).toBe(0n);
});

it('an accountant has every entry of the days asked for, with its customer, once', async () => {
  await threeMonths();
  await test.owner.query("update billing_accounts set tax_id = '11222333000181', external_id = 'A-17' where id = $1", [
    scene.padaria,
  ]);
  const exporter = new BillingExporter(test.database);
  const entries: EntryRow[] = [];
  for await (const batch of await exporter.entries(on('2026-11-18'), { from: '2026-10-05', to: '2026-11-03' }))
    entries.push(...batch);
  expect(
    entries.map(({ postedOn, kind, amount, billingAccountName }) => [postedOn, kind, amount, billingAccountName]),
  ).toEqual([
    ['2026-10-05', 'deposit', 2_000n, 'Oficina Central'],
    ['2026-10-10', 'invoice', 8_000n, 'Padaria Estrela'],
    ['2026-10-11', 'credit_note', 1_000n, 'Padaria Estrela'],
    ['2026-10-15', 'invoice', 4_000n, 'Oficina Central'],
    ['2026-11-02', 'write_off', 4_000n, 'Oficina Central'],
    ['2026-11-03', 'deposit', 7_000n, 'Padaria Estrela'],
  ]);
  expect(entries[1]).toMatchObject({ billingAccountTaxId: '11222333000181', billingAccountExternalId: 'A-17' });
});

it('days in the wrong order, or too many of them, are refused', async () => {
  const exporter = new BillingExporter(test.database);
  const asked = (from: string, to: string) => exporter.entries(on('2026-11-18'), { from, to });
  await expect(asked('2026-11-02', '2026-11-01')).rejects.toMatchObject({ code: 'validation_failed' });
  await expect(asked('2025-10-01', '2026-11-01')).rejects.toMatchObject({ code: 'validation_failed' });
});
