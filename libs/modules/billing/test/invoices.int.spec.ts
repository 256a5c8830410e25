import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@balcao/platform-database';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { sql } from '@balcao/platform-tenancy';
import { BillingReader } from '../src/billing-reader.service.js';
import { BILLING_ENTITIES } from '../src/persistence/billing.entities.js';
import { InvoiceRepository } from '../src/persistence/invoice.repository.js';
import type { StaffInvoiceDetailRow } from '../src/persistence/invoice.rows.js';
import {
  asCustomer,
  asStaff,
  billingServices,
  createBillingScene,
  line,
  openInvoice,
  type BillingScene,
  type BillingServices,
} from './factories.js';

let test: TestDatabase;
let services: BillingServices;
let scene: BillingScene;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = billingServices(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
});

const balance = async (account = scene.padaria) =>
  (await test.owner.query('select balance::text from ledger_accounts where billing_account_id = $1', [account])).rows[0]
    ?.balance as string | undefined;

describe('a draft', () => {
  it('comes to what its lines say, to the cent, and nobody owes it', async () => {
    const context = asStaff(scene, '2026-11-18');
    const draft = await services.drafts.create(context, {
      billingAccountId: scene.padaria,
      title: 'Visita e equipamentos da loja 2',
      purchaseOrder: 'PC-1197',
      dueOn: '2026-12-02',
      lines: [
        line(12_000n, { description: 'Visita técnica', tax: { name: 'ISS', percent: '5', included: true } }),
        line(480n, { description: 'Cabo de fibra, por metro', quantity: '35' }),
        line(38_900n, { description: 'Roteador Wi-Fi 6', quantity: '2', discount: { percent: '10' } }),
      ],
    });
    expect(draft).toMatchObject({
      state: 'draft',
      number: null,
      subtotal: 98_820n,
      total: 98_820n,
      taxIncluded: 600n,
      owed: 0n,
      version: 1,
      finePercent: '2',
    });
    expect(draft.lines.map(({ quantity, gross, discount, tax }) => [quantity, gross, discount, tax])).toEqual([
      ['1', 12_000n, 0n, 600n],
      ['35', 16_800n, 0n, 0n],
      ['2', 77_800n, 7_780n, 0n],
    ]);
    expect(await balance()).toBeUndefined();
  });

  it('is written anew by who read it last, and only by them', async () => {
    const context = asStaff(scene);
    const fields = { billingAccountId: scene.padaria, title: 'Um', lines: [line(100n), line(200n)] };
    const draft = await services.drafts.create(context, fields);
    const changed = { ...fields, billingAccountId: scene.oficina, title: 'Dois', lines: [line(50n)] };
    const second = await services.drafts.replace(context, draft.id, changed, draft.version);
    expect(second).toMatchObject({ title: 'Dois', total: 50n, version: 2, billingAccountId: scene.oficina });
    expect(second.lines).toHaveLength(1);
    await expect(services.drafts.replace(context, draft.id, changed, 1)).rejects.toMatchObject({
      code: 'invoice_changed',
    });
    await services.drafts.remove(context, draft.id);
    await expect(services.invoices.get(context, draft.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each([
    [{ quantity: '0' }, 'lines.1.quantity', 'moneyNotPositive'],
    [{ quantity: '1.1234567' }, 'lines.1.quantity', 'isDecimal'],
    [{ unitPrice: -1n }, 'lines.1.unitPrice', 'moneyNotPositive'],
    [{ unitPrice: 2n ** 53n }, 'lines.1.unitPrice', 'moneyTooLarge'],
    [{ discount: { percent: '101' } }, 'lines.1.discount.percent', 'moneyNotAPercentage'],
    [{ discount: { amount: 101n } }, 'lines.1.discount.amount', 'moneyExceedsPrice'],
    [{ tax: { name: 'ISS', percent: '-1', included: false } }, 'lines.1.tax.percent', 'moneyNotAPercentage'],
    [{ startsOn: '2026-02-01', endsOn: '2026-02-01' }, 'lines.1.endsOn', 'afterStart'],
  ])('is refused with %p', async (wrong, path, code) => {
    const lines = [line(100n), line(100n, wrong)];
    const draft = services.drafts.create(asStaff(scene), { billingAccountId: scene.padaria, title: 'X', lines });
    await expect(draft).rejects.toMatchObject({ code: 'validation_failed', fields: [{ path, code }] });
  });

  it('is refused for a customer and a currency that there are not', async () => {
    const fields = { title: 'X', lines: [line(1n)] };
    await expect(
      services.drafts.create(asStaff(scene), { ...fields, billingAccountId: scene.portalId }),
    ).rejects.toMatchObject({ fields: [{ path: 'billingAccountId', code: 'exists' }] });
    await expect(
      services.drafts.create(asStaff(scene), { ...fields, billingAccountId: scene.padaria, currency: 'XXY' }),
    ).rejects.toMatchObject({ fields: [{ path: 'currency', code: 'isCurrency' }] });
  });

  it('does not exist for its customer', async () => {
    const draft = await services.drafts.create(asStaff(scene), {
      billingAccountId: scene.padaria,
      title: 'Rascunho',
      lines: [line(1n)],
    });
    await test.database.read(asCustomer(scene), async (db) => {
      expect(await db.query(sql`select from invoices where id = ${draft.id}::uuid`)).toEqual([]);
      expect(await db.query(sql`select from invoice_lines where invoice_id = ${draft.id}::uuid`)).toEqual([]);
    });
  });
});

describe('an opened invoice', () => {
  it('has its number, its day, its customer as they were, and is owed', async () => {
    const invoice = await openInvoice(services, asStaff(scene, '2026-12-15'), scene.padaria, 81_940n);
    expect(invoice).toMatchObject({
      state: 'open',
      number: 'F-2026-000001',
      openedOn: '2026-12-15',
      // Ten days later is Christmas, and behind it a weekend.
      dueOn: '2026-12-25',
      payableUntil: '2026-12-28',
      owed: 81_940n,
      billTo: { name: 'Padaria Estrela' },
      issuer: { name: 'Aurora' },
      version: 2,
    });
    expect(invoice.checkCode).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
    expect(invoice.history).toMatchObject([{ kind: 'opened', amount: 81_940n, actorName: 'Lívia Prado' }]);
    expect(await balance()).toBe('81940');
  });

  it('is numbered without a gap, each year from one, by the organization’s own prefix', async () => {
    const old = asStaff(scene, '2026-12-31');
    await services.settings.update(old, { version: 1, numberPrefix: 'FT-', firstNumber: 40 });
    const numbers = [];
    for (const context of [old, old, asStaff(scene, '2027-01-01')])
      numbers.push((await openInvoice(services, context, scene.padaria, 1n)).number);
    expect(numbers).toEqual(['FT-2026-000040', 'FT-2026-000041', 'FT-2027-000040']);
  });

  it('has its first number of a year chosen before the first invoice of it, and not behind', async () => {
    const choose = async (firstNumber: number, today: string) => {
      const { version } = await services.settings.get(asStaff(scene, today));
      await services.settings.update(asStaff(scene, today), { version, firstNumber });
    };
    await choose(40, '2026-12-31');
    await openInvoice(services, asStaff(scene, '2026-12-31'), scene.padaria, 1n);
    await expect(choose(90, '2026-12-31')).rejects.toMatchObject({
      code: 'validation_failed',
      fields: [{ path: 'firstNumber', code: 'numbersBegun', params: { year: '2026', next: 41 } }],
    });
    // What it is already may be said again; and a new year has not begun.
    await choose(40, '2026-12-31');
    await choose(90, '2027-01-01');
    const { number } = await openInvoice(services, asStaff(scene, '2027-01-01'), scene.padaria, 1n);
    expect(number).toBe('F-2027-000090');
  });

  it('keeps its words and its lines whatever anybody writes to the database', async () => {
    const { id } = await openInvoice(services, asStaff(scene), scene.padaria, 100n);
    for (const statement of [
      sql`update invoices set title = 'Outra' where id = ${id}::uuid`,
      sql`update invoices set total = 50, subtotal = 50 where id = ${id}::uuid`,
      sql`update invoices set number = 'F-1' where id = ${id}::uuid`,
      sql`update invoices set opened_at = null, opened_on = null where id = ${id}::uuid`,
      sql`delete from invoices where id = ${id}::uuid`,
      sql`update invoice_lines set gross = 1 where invoice_id = ${id}::uuid`,
      sql`delete from invoice_lines where invoice_id = ${id}::uuid`,
    ])
      await expect(test.database.transaction(asStaff(scene), (db) => db.execute(statement))).rejects.toThrow(
        /opened invoice|books/,
      );
    for (const statement of [
      sql`update invoices set settled = 100 where id = ${id}::uuid`,
      sql`update ledger_entries set amount = 1 where invoice_id = ${id}::uuid`,
      sql`delete from ledger_entries where invoice_id = ${id}::uuid`,
      sql`update ledger_accounts set balance = 0`,
      sql`insert into billing_counters (series, year, last_number) values ('invoice', 2026, 7)`,
    ])
      await expect(test.database.transaction(asStaff(scene), (db) => db.execute(statement))).rejects.toThrow(
        'permission denied',
      );
  });

  it('cannot be without its debit, nor a debit say something else', async () => {
    const draft = await services.drafts.create(asStaff(scene), {
      billingAccountId: scene.padaria,
      title: 'X',
      lines: [line(100n)],
    });
    const opened = sql`update invoices set opened_at = now(), opened_on = '2026-01-01', due_on = '2026-01-01',
      payable_until = '2026-01-01', bill_to = '{}', check_code = 'ABCDEFGH', number = 'N' where id = ${draft.id}::uuid`;
    await expect(test.database.transaction(asStaff(scene), (db) => db.execute(opened))).rejects.toThrow(
      'its books differ',
    );
    const posting = (amount: bigint) =>
      test.database.transaction(asStaff(scene), async (db) => {
        await db.execute(opened);
        await db.query(sql`select ledger_lock(array[${scene.padaria}::uuid], 'BRL')`);
        const entry = {
          billingAccountId: scene.padaria,
          currency: 'BRL',
          kind: 'invoice',
          amount,
          sourceId: draft.id,
        } as const;
        const debit = { ...entry, invoiceId: draft.id, reason: null, postedOn: '2026-01-01' };
        await services.ledger.debit(db, asStaff(scene), debit, { paidByCredit: false });
      });
    await expect(posting(99n)).rejects.toThrow('says something else');
    await posting(100n);
    await expect(posting(100n)).rejects.toThrow();
  });

  it('of nothing is paid at once', async () => {
    const invoice = await openInvoice(services, asStaff(scene), scene.padaria, 0n);
    expect(invoice).toMatchObject({ state: 'paid', total: 0n, owed: 0n });
    expect(await balance()).toBe('0');
  });

  it('is not opened without lines, twice, unread, or due before its day', async () => {
    const context = asStaff(scene, '2026-05-10');
    const fields = { billingAccountId: scene.padaria, title: 'X', lines: [line(1n)] };
    const empty = await services.drafts.create(context, { ...fields, lines: [] });
    await expect(services.invoices.open(context, empty.id, 1)).rejects.toMatchObject({ fields: [{ path: 'lines' }] });
    const late = await services.drafts.create(context, { ...fields, dueOn: '2026-05-09' });
    await expect(services.invoices.open(context, late.id, 1)).rejects.toMatchObject({ fields: [{ path: 'dueOn' }] });
    const draft = await services.drafts.create(context, fields);
    await expect(services.invoices.open(context, draft.id, 7)).rejects.toMatchObject({ code: 'invoice_changed' });
    const twice = await Promise.allSettled([1, 2].map(() => services.invoices.open(context, draft.id, 1)));
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await balance()).toBe('1');
  });

  it('is voided whole while nothing is settled, and keeps its number', async () => {
    const context = asStaff(scene);
    const invoice = await openInvoice(services, context, scene.padaria, 500n);
    const voided = await services.invoices.void(context, invoice.id, 'Emitida em dobro', invoice.version);
    expect(voided).toMatchObject({ state: 'void', owed: 0n, number: invoice.number, voidReason: 'Emitida em dobro' });
    expect(await balance()).toBe('0');
    await expect(services.invoices.void(context, invoice.id, 'De novo', voided.version)).rejects.toMatchObject({
      code: 'invoice_not_open',
    });
    const paid = await openInvoice(services, context, scene.padaria, 500n);
    await services.credits.deposit(context, { billingAccountId: scene.padaria, amount: 1n, method: 'cash' });
    await expect(services.invoices.void(context, paid.id, 'Não', paid.version)).rejects.toMatchObject({
      code: 'invoice_has_payments',
    });
  });

  it('is due another day where staff say so', async () => {
    const context = asStaff(scene, '2026-11-20');
    const invoice = await openInvoice(services, context, scene.padaria, 500n);
    const moved = await services.invoices.changeDueDate(context, invoice.id, '2026-12-25', invoice.version);
    expect(moved).toMatchObject({ dueOn: '2026-12-25', payableUntil: '2026-12-28', version: invoice.version + 1 });
    await expect(
      services.invoices.changeDueDate(context, invoice.id, '2026-11-19', moved.version),
    ).rejects.toMatchObject({ fields: [{ path: 'dueOn', code: 'notBeforeToday' }] });
  });
});

describe('money', () => {
  it('that came in pays the oldest first, and what is left stays the customer’s', async () => {
    const context = asStaff(scene, '2026-11-01');
    const later = await openInvoice(services, context, scene.padaria, 300n, { dueOn: '2026-12-01' });
    const sooner = await openInvoice(services, context, scene.padaria, 200n, { dueOn: '2026-11-15' });
    const first = await services.credits.deposit(context, {
      billingAccountId: scene.padaria,
      amount: 250n,
      method: 'transfer',
    });
    expect(first.allocated).toBe(250n);
    expect(await services.invoices.get(context, sooner.id)).toMatchObject({ state: 'paid' });
    expect(await services.invoices.get(context, later.id)).toMatchObject({ state: 'partially_paid', owed: 250n });
    const second = await services.credits.deposit(context, {
      billingAccountId: scene.padaria,
      amount: 400n,
      method: 'pix',
    });
    expect(second.allocated).toBe(250n);
    expect(await balance()).toBe('-150');
    // The next one is paid from it.
    const next = await openInvoice(services, context, scene.padaria, 200n);
    expect(next).toMatchObject({ state: 'partially_paid', settled: 150n, owed: 50n });
    expect(next.settlements).toMatchObject([{ kind: 'deposit', amount: 150n, method: 'pix' }]);
  });

  it('goes to the invoices that are named, which are the customer’s', async () => {
    const context = asStaff(scene);
    const [a, b] = [
      await openInvoice(services, context, scene.padaria, 100n),
      await openInvoice(services, context, scene.padaria, 100n),
    ];
    const foreign = await openInvoice(services, context, scene.oficina, 100n);
    const deposit = { billingAccountId: scene.padaria, amount: 150n, method: 'transfer' } as const;
    await expect(
      services.credits.deposit(context, { ...deposit, application: { invoiceIds: [b!.id, foreign.id] } }),
    ).rejects.toMatchObject({ fields: [{ path: 'invoiceIds.1' }] });
    await services.credits.deposit(context, { ...deposit, application: { invoiceIds: [b!.id, a!.id] } });
    expect(await services.invoices.get(context, b!.id)).toMatchObject({ state: 'paid' });
    expect(await services.invoices.get(context, a!.id)).toMatchObject({ owed: 50n });
    await services.credits.deposit(context, { ...deposit, application: 'none' });
    expect(await services.invoices.get(context, a!.id)).toMatchObject({ owed: 50n });
    expect(await services.credits.applyCredit(context, scene.padaria, 'BRL')).toBe(50n);
    expect(await services.credits.applyCredit(context, scene.padaria, 'BRL')).toBe(0n);
  });

  it('is credited up to the invoice, by notes with numbers of their own', async () => {
    const context = asStaff(scene, '2026-06-01');
    const invoice = await openInvoice(services, context, scene.padaria, 1_000n);
    const note = await services.credits.creditNote(context, invoice.id, {
      amount: 300n,
      reason: 'Dois dias sem sinal',
    });
    expect(note).toMatchObject({ number: 'NC-2026-000001', issuedOn: '2026-06-01' });
    const both = await Promise.allSettled(
      [1, 2].map(() => services.credits.creditNote(context, invoice.id, { amount: 400n, reason: 'Outra' })),
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await services.invoices.get(context, invoice.id)).toMatchObject({ credited: 700n, owed: 300n });
    await services.credits.creditNote(context, invoice.id, { amount: 300n, reason: 'O resto' });
    expect(await services.invoices.get(context, invoice.id)).toMatchObject({ state: 'credited', credited: 1_000n });
    await expect(
      services.credits.creditNote(context, invoice.id, { amount: 1n, reason: 'Demais' }),
    ).rejects.toMatchObject({ code: 'credit_exceeds_invoice' });
  });

  it('is written off up to what is owed', async () => {
    const context = asStaff(scene);
    const invoice = await openInvoice(services, context, scene.padaria, 1_000n);
    await services.credits.writeOff(context, invoice.id, { amount: 400n, reason: 'Acordo' });
    await expect(
      services.credits.writeOff(context, invoice.id, { amount: 601n, reason: 'Demais' }),
    ).rejects.toMatchObject({ code: 'amount_exceeds_owed' });
    await services.credits.writeOff(context, invoice.id, { reason: 'Incobrável' });
    const ended = await services.invoices.get(context, invoice.id);
    expect(ended).toMatchObject({ state: 'written_off', owed: 0n });
    // Nobody paid any of it, and its history does not say so.
    expect(ended.history.map(({ kind, amount }) => [kind, amount])).toEqual(
      expect.arrayContaining([
        ['written_off', 400n],
        ['written_off', 600n],
      ]),
    );
    expect(ended.history.map(({ kind }) => kind)).not.toContain('paid');
    expect(ended.history.map(({ kind }) => kind)).not.toContain('partially_paid');
    expect(await balance()).toBe('0');
  });

  it('is credited no further than what was not written off, since nobody paid that', async () => {
    const context = asStaff(scene);
    const invoice = await openInvoice(services, context, scene.padaria, 1_000n);
    const credit = (amount: bigint) => services.credits.creditNote(context, invoice.id, { amount, reason: 'Engano' });
    await services.credits.writeOff(context, invoice.id, { amount: 400n, reason: 'Incobrável' });
    await expect(credit(601n)).rejects.toMatchObject({ code: 'credit_exceeds_invoice' });
    await credit(600n);
    await expect(credit(1n)).rejects.toMatchObject({ code: 'credit_exceeds_invoice' });
    expect(await balance()).toBe('0');
  });

  it('is not written by a customer', async () => {
    await openInvoice(services, asStaff(scene), scene.padaria, 1n);
    await expect(
      test.database.transaction(asCustomer(scene), (db) => services.ledger.lock(db, [scene.padaria], 'BRL')),
    ).rejects.toThrow('written for the organization');
  });
});

describe('the books', () => {
  /** What was said since, of the padaria, but for drafts. */
  async function saidSince(at: string): Promise<(string | boolean)[][]> {
    const { rows } = await test.owner.query<{ event: string; own: boolean }>(
      `select event, payload -> 'ids' ->> 'billingAccountId' = $3 as own from outbox
       where organization_id = $1 and id > $2 and event is not null and event <> 'invoice.drafted' order by id`,
      [scene.organizationId, at, scene.padaria],
    );
    return rows.map(({ event, own }) => (event === 'ledger.posted' ? [event, own] : [event]));
  }

  it('tell open pages once of whatever is posted or allocated in them, and of nothing else', async () => {
    const context = asStaff(scene, '2026-11-18');
    const { padaria } = scene;
    const said = async (deed: () => Promise<unknown>) => {
      const before = newId();
      await deed();
      return saidSince(before);
    };
    const posted = ['ledger.posted', true];
    let invoice: StaffInvoiceDetailRow;
    expect(
      await said(async () => {
        invoice = await openInvoice(services, context, padaria, 1_000n);
      }),
    ).toEqual([['invoice.opened'], posted]);
    expect(
      await said(() => services.invoices.changeDueDate(context, invoice.id, '2026-12-30', invoice.version)),
    ).toEqual([['invoice.due_changed']]);
    const note = { amount: 100n, reason: 'Dois dias sem sinal' };
    expect(await said(() => services.credits.creditNote(context, invoice.id, note))).toEqual([
      posted,
      ['invoice.credited'],
    ]);
    expect(await said(() => services.credits.writeOff(context, invoice.id, note))).toEqual([
      ['invoice.written_off'],
      posted,
    ]);
    const money = { billingAccountId: padaria, amount: 900n, method: 'pix' } as const;
    expect(await said(() => services.credits.deposit(context, money))).toEqual([['invoice.paid'], posted]);
    // A hundred of it is left, and pays the next.
    expect(await said(() => openInvoice(services, context, padaria, 1_000n))).toEqual([
      ['invoice.opened'],
      ['invoice.partially_paid'],
      posted,
    ]);
    expect(await said(() => services.credits.deposit(context, { ...money, application: 'none' }))).toEqual([posted]);
    expect(await said(() => services.credits.applyCredit(context, padaria, 'BRL'))).toEqual([['invoice.paid'], posted]);
    expect(await said(() => services.credits.applyCredit(context, padaria, 'BRL'))).toEqual([]);
    // Something is owed again, and no credit is left for it.
    await openInvoice(services, context, padaria, 1_000n);
    expect(await said(() => services.credits.applyCredit(context, padaria, 'BRL'))).toEqual([]);
    const { id, version } = await openInvoice(services, context, padaria, 1_000n);
    expect(await said(() => services.invoices.void(context, id, 'Em dobro', version))).toEqual([
      posted,
      ['invoice.voided'],
    ]);
    expect(await said(() => openInvoice(services, context, padaria, 0n))).toEqual([['invoice.opened']]);
  });
});

describe('the version of an account', () => {
  const reader = () => new BillingReader(test.database, new InvoiceRepository());
  /** Entries of both customers, so many of each, in one statement. */
  const post = (entries: number, ends: 'commit' | 'rollback' = 'commit') =>
    test.owner.query(
      `begin; insert into ledger_entries (organization_id, billing_account_id, id, currency, kind, amount, source_id, reason, posted_on, posted_at)
       select '${scene.organizationId}', account, s.id, 'BRL', 'adjustment_debit', 1, s.id, 'x', '2026-11-02', now()
       from (select gen_random_uuid() as id, account from generate_series(1, ${entries}),
         unnest(array['${scene.padaria}', '${scene.oficina}']::uuid[]) account) s; ${ends}`,
    );
  const versions = async () =>
    (
      await test.owner.query<{ version: string }>(
        `select v.version::text from account_versions v where v.organization_id = $1 and v.resource = 'billing'`,
        [scene.organizationId],
      )
    ).rows.map(({ version }) => Number(version));

  it('grows once by a thousand rows of a transaction, of each account, and readers see it', async () => {
    for (const account of [scene.padaria, scene.oficina]) await openInvoice(services, asStaff(scene), account, 1n);
    const before = await versions();
    const read = await reader().version(asCustomer(scene));
    await post(1_000);
    expect((await versions()).sort()).toEqual(before.map((version) => version + 1).sort());
    const after = await reader().version(asCustomer(scene));
    expect(after).not.toBe(read);
    // Each transaction for itself, and one that is taken back not at all.
    await post(1);
    expect(await reader().version(asCustomer(scene))).not.toBe(after);
    await post(1, 'rollback');
    expect((await versions()).sort()).toEqual(before.map((version) => version + 2).sort());
  });

  it('grows by each of many who change at once', async () => {
    await openInvoice(services, asStaff(scene), scene.padaria, 1n);
    const [before] = await versions();
    await Promise.all(Array.from({ length: 10 }, () => openInvoice(services, asStaff(scene), scene.padaria, 1n)));
    // A draft is a transaction, and its opening another.
    expect(await versions()).toEqual([before! + 20]);
  });
});
