import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataImportService, StaffService, readTable, type DataImport } from '@balcao/module-directory';
import { ImportSlices } from '@balcao/module-directory/worker';
import { Audit } from '@balcao/platform-audit';
import { Events } from '@balcao/platform-events';
import { PostgresLiveBus } from '@balcao/platform-live';
import { Outbox } from '@balcao/platform-outbox';
import { sql, systemClock, systemContext } from '@balcao/platform-tenancy';
import { eventually, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { InvoiceImportHandler } from '../src/imports/invoice-import.handler.js';
import { InvoiceImportService } from '../src/imports/invoice-import.service.js';
import { INVOICE_COLUMNS, type InvoiceColumn } from '../src/imports/invoice-rows.js';
import { BILLING_ENTITIES } from '../src/persistence/billing.entities.js';
import { InvoiceRepository } from '../src/persistence/invoice.repository.js';
import {
  asStaff,
  billingServices,
  createBillingScene,
  openInvoice,
  type BillingScene,
  type BillingServices,
} from './factories.js';

const TODAY = '2026-11-28';
const HEAD = 'Número;Cliente;Emissão;Vencimento;Descrição;Valor;Pago em;Valor pago;Forma de pagamento';

let test: TestDatabase;
let services: BillingServices;
let imports: DataImportService;
let invoices: InvoiceImportService;
let handler: InvoiceImportHandler;
let scene: BillingScene;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  const { database, config, secrets } = test;
  services = billingServices(test);
  const outbox = new Outbox(database);
  const events = new Events(outbox, new PostgresLiveBus(database, config, secrets));
  imports = new DataImportService(database, outbox, events, new Audit());
  invoices = new InvoiceImportService(database, imports);
  // Of the staff's own service only the one look at who started it is asked.
  const staff = { get: async () => ({ status: 'active', role: 'billing' }) } as unknown as StaffService;
  const slices = new ImportSlices(database, imports, staff, outbox);
  handler = new InvoiceImportHandler(database, events, slices, new InvoiceRepository());
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
  await test.owner.query("update billing_accounts set external_id = 'P-1', tax_id = '11144477735' where id = $1", [
    scene.padaria,
  ]);
  await test.owner.query("update billing_accounts set external_id = 'O-1' where id = $1", [scene.oficina]);
});

const check = (rows: string[]): Promise<DataImport> =>
  invoices.check(
    asStaff(scene, TODAY),
    { fileName: 'faturas.csv', locale: 'pt-BR', currency: 'BRL' },
    readTable<InvoiceColumn>(Buffer.from([HEAD, ...rows].join('\n')), INVOICE_COLUMNS),
  );
const begin = async (rows: string[]): Promise<string> => {
  const { id } = await check(rows);
  await imports.start(asStaff(scene, TODAY), 'invoices', id);
  return id;
};
const many = (count: number, from = 1) =>
  Array.from(
    { length: count },
    (_, place) => `A-${from + place};${place % 2 ? 'P-1' : 'O-1'};01/10/2026;11/10/2026;Fibra;100,00;;;`,
  );
const get = (id: string) => imports.get(asStaff(scene, TODAY), 'invoices', id);

/** One delivery of the job, by a worker that may die in the transaction that it is in. */
const deliver = (
  importId: string,
  { dies = false, meanwhile }: { dies?: boolean; meanwhile?: () => Promise<void> } = {},
) => {
  const context = systemContext(scene.organizationId, { clock: systemClock });
  const job = { name: 'invoices.import' as const, version: 1, payload: { importId }, deliveryId: '1', context };
  return handler.handle(job, async (db) => {
    await db.execute(sql`select 1`);
    await meanwhile?.();
    if (dies) throw new Error('the worker dies here');
  });
};
async function work(id: string): Promise<number> {
  for (let turns = 0; ; turns++) {
    if ((await get(id)).status !== 'running') return turns;
    await deliver(id);
  }
}
const one = async <Row>(text: string, ...values: unknown[]): Promise<Row> =>
  (await test.owner.query<Row & object>(text, [scene.organizationId, ...values])).rows[0] as Row;
const numbers = async () =>
  (
    await test.owner.query<{ number: string }>(
      'select number from invoices where organization_id = $1 order by number',
      [scene.organizationId],
    )
  ).rows.map(({ number }) => number);
/** What was asked for and said since, besides the import's own turns. */
const saidOf = async () =>
  (
    await test.owner.query<{ said: string }>(
      `select distinct coalesce(job, event) as said from outbox
       where organization_id = $1 and coalesce(job, event) not like 'invoice%import%' order by said`,
      [scene.organizationId],
    )
  ).rows.map(({ said }) => said);
/** The books agree with themselves. */
const unsound = () =>
  one<{ count: number }>(
    `select count(*)::integer from ledger_accounts a where a.organization_id = $1 and a.balance <> (
      select coalesce(sum(case e.side when 'debit' then e.amount else -e.amount end), 0) from ledger_entries e
      where e.organization_id = a.organization_id and e.billing_account_id = a.billing_account_id and e.currency = a.currency)`,
  );

describe('an import of invoices', () => {
  it('keeps numbers and days, settles what was paid, and mails nobody', async () => {
    const id = await begin([
      '2025/7;111.444.777-35;01/10/2026;11/10/2026;Fibra;1.234,56;09/10/2026;1.234,56;PIX',
      '2025/7;111.444.777-35;01/10/2026;11/10/2026;=cmd|calc;0,44;09/10/2026;1.234,56;PIX',
      '2025/8;O-1;01/10/2026;11/10/2026;Fibra;50,00;;;',
      '2025/9;nobody;01/10/2026;11/10/2026;Fibra;50,00;;;',
    ]);
    expect(await get(id)).toMatchObject({ status: 'running', lines: 4, waiting: 3, refused: 1 });
    expect(await numbers()).toEqual([]);
    await work(id);
    expect(await get(id)).toMatchObject({ status: 'finished', created: 3, refused: 1, waiting: 0 });
    expect(
      await one(
        `select i.number, i.total::integer, i.settled::integer, i.state, i.source, to_char(i.opened_on, 'YYYY-MM-DD') as day,
           (select count(*)::integer from invoice_lines l where l.invoice_id = i.id) as lines,
           (select d.method from deposits d where d.billing_account_id = i.billing_account_id) as method
         from invoices i where i.organization_id = $1 and i.number = '2025/7'`,
      ),
    ).toEqual({
      number: '2025/7',
      total: 123_500,
      settled: 123_456,
      state: 'partially_paid',
      source: 'import',
      day: '2026-10-01',
      lines: 2,
      method: 'pix',
    });
    expect(
      await one(`select l.description from invoice_lines l where l.organization_id = $1 and l.position = 1`),
    ).toEqual({
      description: '=cmd|calc',
    });
    expect(await saidOf()).toEqual(['invoice.drafted', 'ledger.posted']);
    expect(await unsound()).toEqual({ count: 0 });
  });

  it('takes no number of the counter, and goes on in slices of twenty', async () => {
    const id = await begin(many(45));
    expect(await work(id)).toBe(3);
    expect(await numbers()).toHaveLength(45);
    const opened = await openInvoice(services, asStaff(scene, TODAY), scene.padaria, 100n);
    expect(opened.number).toBe('F-2026-000001');
  });

  it('brings numbers that the counter would draw, which it passes over', async () => {
    const called = (sequence: number) => `F-2026-00000${sequence};O-1;01/10/2026;11/10/2026;Fibra;100,00;;;`;
    await work(await begin([called(1), called(2), called(4)]));
    const opened = async () => (await openInvoice(services, asStaff(scene, TODAY), scene.padaria, 100n)).number;
    expect([await opened(), await opened()]).toEqual(['F-2026-000003', 'F-2026-000005']);
  });

  it('brings such a number while an invoice is opened, which has the next one then', async () => {
    const id = await begin(['F-2026-000001;O-1;01/10/2026;11/10/2026;Fibra;100,00;;;']);
    let opening: Promise<{ number: string | null }> | undefined;
    await deliver(id, {
      meanwhile: async () => {
        opening = openInvoice(services, asStaff(scene, TODAY), scene.padaria, 100n);
        await eventually('the number is waited for', async () => {
          const waits = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
          return (await test.owner.query(waits)).rows.length > 0;
        });
      },
    });
    expect(await opening).toMatchObject({ number: 'F-2026-000002' });
    expect(await numbers()).toEqual(['F-2026-000001', 'F-2026-000002']);
  });

  it('refuses an amount that makes what a customer owes more than is kept, and brings the others', async () => {
    const most = (number: string) => `${number};O-1;01/10/2026;11/10/2026;Fibra;90071992547409,91;;;`;
    const id = await begin([most('A-1'), most('A-2'), ...many(2, 3)]);
    await work(id);
    expect(await get(id)).toMatchObject({ status: 'finished', created: 2, refused: 2 });
    expect(await numbers()).toEqual(['A-1', 'A-4']);
    expect(await unsound()).toEqual({ count: 0 });
  });

  it('goes on where a worker died, and doubles nothing', async () => {
    const id = await begin(many(45));
    await deliver(id);
    await expect(deliver(id, { dies: true })).rejects.toThrow('the worker dies here');
    expect(await numbers()).toHaveLength(20);
    expect(await get(id)).toMatchObject({ status: 'running', created: 20, waiting: 25 });
    await work(id);
    expect(await numbers()).toHaveLength(45);
    expect(await unsound()).toEqual({ count: 0 });
  });

  it('is written once by two workers at once', async () => {
    const id = await begin(many(30));
    await Promise.all([deliver(id), deliver(id), deliver(id)]);
    expect(await get(id)).toMatchObject({ status: 'finished', created: 30 });
    expect(await numbers()).toHaveLength(30);
    expect(await one('select count(*)::integer from ledger_entries where organization_id = $1')).toEqual({ count: 30 });
  });

  it('imports once what is imported twice', async () => {
    await work(await begin(many(3)));
    const again = await check(many(4));
    expect(again).toMatchObject({ known: 3, waiting: 1, summary: { invoices: 1, total: '10000' } });
    await imports.start(asStaff(scene, TODAY), 'invoices', again.id);
    await work(again.id);
    expect(await numbers()).toHaveLength(4);
  });

  it('leaves alone a number that came between checking and writing', async () => {
    const { id } = await check(many(2));
    const context = asStaff(scene, TODAY);
    await imports.start(context, 'invoices', id);
    await test.database.transaction(context, async (db) => {
      await services.ledger.lock(db, [scene.padaria], 'BRL');
      const terms = await services.settings.terms(db, context);
      const lines = [{ description: 'x', quantity: '1', unitPrice: 100n }];
      const draft = await services.drafts.insert(
        db,
        context,
        terms,
        { billingAccountId: scene.padaria, title: 'x', lines },
        'api',
      );
      const held = (await new InvoiceRepository().lock(db, draft))!;
      await services.invoices.openHeld(db, context, terms, held, { number: 'A-1', openedAt: context.clock.now() });
    });
    await work(id);
    expect(await get(id)).toMatchObject({ created: 1, known: 1 });
    expect(await numbers()).toEqual(['A-1', 'A-2']);
  });

  it('waits for a number that somebody is about to commit, and leaves it alone then', async () => {
    const id = await begin(many(2));
    const context = asStaff(scene, TODAY);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let taken = (): void => undefined;
    const isTaken = new Promise<void>((resolve) => (taken = resolve));
    const other = test.database.transaction(context, async (db) => {
      await services.ledger.lock(db, [scene.padaria], 'USD');
      const terms = await services.settings.terms(db, context);
      const line = { description: 'x', quantity: '1', unitPrice: 100n };
      const fields = { billingAccountId: scene.padaria, currency: 'USD', title: 'x', lines: [line] };
      const draft = await services.drafts.insert(db, context, terms, fields, 'staff');
      const invoice = (await new InvoiceRepository().lock(db, draft))!;
      await services.invoices.openHeld(db, context, terms, invoice, { number: 'A-1', openedAt: context.clock.now() });
      taken();
      await held;
    });
    await isTaken;
    const working = deliver(id);
    setTimeout(release, 300);
    await Promise.all([other, working]);
    expect(await get(id)).toMatchObject({ status: 'finished', created: 1, known: 1 });
    expect(await unsound()).toEqual({ count: 0 });
  });

  it('writes nothing more once it is stopped, nor for who may not import any more', async () => {
    const id = await begin(many(30));
    await deliver(id);
    expect(await imports.stop(asStaff(scene, TODAY), 'invoices', id)).toMatchObject({
      status: 'stopped',
      created: 20,
      refused: 10,
    });
    await deliver(id);
    expect(await numbers()).toHaveLength(20);
    await expect(imports.start(asStaff(scene, TODAY), 'invoices', id)).rejects.toThrow('import_not_ready');
  });

  it('is one at a time', async () => {
    await begin(many(1));
    const { id } = await check(many(2, 50));
    await expect(imports.start(asStaff(scene, TODAY), 'invoices', id)).rejects.toThrow('import_running');
  });
});
