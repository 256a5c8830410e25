import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checkViolation, newId } from '@balcao/platform-database';
import { insertInto } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BillingReader } from '../src/billing-reader.service.js';
import { ReceivablesReports } from '../src/receivables-report.service.js';
import { BILLING_ENTITIES } from '../src/persistence/billing.entities.js';
import { InvoiceRepository } from '../src/persistence/invoice.repository.js';
import {
  asCustomer,
  asStaff,
  balanceOf,
  billingServices,
  createBillingScene,
  openInvoice,
  writeMails,
  type BillingScene,
  type BillingServices,
} from './factories.js';

const [OPENED, DUE, GIVEN_UP, BACK] = ['2026-12-01', '2026-12-10', '2026-12-15', '2026-12-22'];

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

/** Somebody of staff, on a day of the organization's clock. */
const lia = (day = BACK) => asStaff(scene, day);
const open = async (amount = 10_000n, dueOn = DUE) => {
  const terms = { dueOn, finePercent: '2', interestPercent: '1' };
  return (await openInvoice(services, lia(OPENED), scene.padaria, amount, terms)).id;
};
const giveUp = async (id: string, amount?: bigint) => {
  const before = new Set((await standing(id)).map((each) => each.id));
  await services.credits.writeOff(lia(GIVEN_UP), id, { amount, reason: 'Incobrável' });
  return (await standing(id)).find((each) => !before.has(each.id))!.id;
};
const standing = async (id: string) =>
  (await services.invoices.get(lia(), id)).settlements.filter(({ kind }) => kind === 'write_off');
const takeBack = (id: string, writeOffId: string) =>
  services.credits.takeBackWriteOff(lia(), id, { writeOffId, reason: 'O cliente vai pagar' });
const came = (amount: bigint, invoiceIds?: string[], day = BACK) =>
  services.credits.deposit(lia(day), {
    ...{ billingAccountId: scene.padaria, amount, method: 'pix', receivedOn: day },
    application: invoiceIds ? { invoiceIds } : 'none',
  });
const invoiceNow = (id: string) => services.invoices.get(lia(), id);
const balance = () => balanceOf(test, scene);
const historyOf = async (id: string) =>
  (await invoiceNow(id)).history.map(({ kind, amount, actorName }) => [kind, amount, actorName]).slice(1);
const rows = async (what: string) =>
  (await test.owner.query<Record<string, unknown>>(`${what}`, [scene.organizationId])).rows;

describe('S0.2 a write-off that is taken back', () => {
  it('leaves the invoice as it was, late by its own due date, and the debit in the books that mirrors it', async () => {
    const id = await open();
    const writeOffId = await giveUp(id);
    expect(await invoiceNow(id)).toMatchObject({ state: 'written_off', owed: 0n });
    expect(await balance()).toBe(0n);
    await takeBack(id, writeOffId);
    expect(await invoiceNow(id)).toMatchObject({
      ...{ state: 'open', owed: 10_000n, settled: 0n, settledAt: null, dueOn: DUE, settlements: [] },
    });
    expect(await balance()).toBe(10_000n);
    expect(
      await rows(`select kind, side, amount::int, allocated::int, reason, posted_on::text as day, source_id = '${writeOffId}' as mirrors
        from ledger_entries where organization_id = $1 order by posted_at, id`),
    ).toEqual([
      {
        ...{ kind: 'invoice', side: 'debit', amount: 10_000, allocated: 0 },
        reason: null,
        day: OPENED,
        mirrors: false,
      },
      {
        ...{ kind: 'write_off', side: 'credit', amount: 10_000, allocated: 10_000 },
        ...{ reason: 'Incobrável', day: GIVEN_UP, mirrors: true },
      },
      {
        ...{ kind: 'write_off_reversal', side: 'debit', amount: 10_000, allocated: 10_000 },
        ...{ reason: 'O cliente vai pagar', day: BACK, mirrors: true },
      },
    ]);
    expect(await historyOf(id)).toEqual([
      ['written_off', 10_000n, 'Lívia Prado'],
      ['write_off_taken_back', 10_000n, 'Lívia Prado'],
    ]);
    // Twelve days late: 2 % once, and 1 % a month by the day, as though it had never been given up.
    await came(10_240n, [id]);
    expect(await invoiceNow(id)).toMatchObject({
      state: 'paid',
      settlements: [{ amount: 10_000n, lateCharges: 240n }],
    });
    expect(await balance()).toBe(0n);
  });

  it('is told to open pages and to whoever hears events, stands in the audit with its reason, and mails nobody', async () => {
    const id = await open();
    await writeMails(test);
    const mails = () => rows('select template from mails where organization_id = $1');
    const before = await mails();
    const since = newId();
    const writeOffId = await giveUp(id);
    await takeBack(id, writeOffId);
    expect(
      await rows(`select event, payload -> 'ids' ->> 'ledgerEntryId' as entry from outbox
        where organization_id = $1 and id > '${since}' and event is not null order by id`),
    ).toEqual([
      { event: 'invoice.written_off', entry: writeOffId },
      { event: 'ledger.posted', entry: null },
      { event: 'ledger.posted', entry: null },
      { event: 'invoice.write_off_taken_back', entry: writeOffId },
    ]);
    await writeMails(test);
    expect(await mails()).toEqual(before);
    expect(
      await rows(`select action, actor_id = '${scene.lia.id}' as "isLia", changes -> 'after' as after from audit_log
        where organization_id = $1 and action = 'staff.ledger.adjust' order by id desc limit 1`),
    ).toMatchObject([
      { isLia: true, after: { kind: 'write_off_reversal', reason: 'O cliente vai pagar', writeOffId } },
    ]);
  });

  it('is taken back once, however often and by how many at once', async () => {
    const id = await open();
    const writeOffId = await giveUp(id);
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => takeBack(id, writeOffId)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of tries)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'write_off_taken_back' });
    await expect(takeBack(id, writeOffId)).rejects.toMatchObject({ code: 'write_off_taken_back' });
    expect(await balance()).toBe(10_000n);
    // What is owed again can be given up again, which is another one.
    const again = await giveUp(id);
    expect(again).not.toBe(writeOffId);
    await takeBack(id, again);
    expect(await invoiceNow(id)).toMatchObject({ state: 'open', owed: 10_000n });
  });

  it('is of a part where a part was given up, and leaves what was paid, credited and given up besides', async () => {
    const id = await open();
    const first = await giveUp(id, 4_000n);
    const second = await giveUp(id, 1_000n);
    await came(3_000n, [id], DUE);
    await services.credits.creditNote(lia(), id, { amount: 2_000n, reason: 'Falha de sinal' });
    expect(await invoiceNow(id)).toMatchObject({ state: 'written_off', owed: 0n, credited: 2_000n });
    await takeBack(id, first);
    expect(await invoiceNow(id)).toMatchObject({ state: 'partially_paid', owed: 4_000n, settled: 6_000n });
    expect((await standing(id)).map((each) => [each.id, each.amount])).toEqual([[second, 1_000n]]);
    expect(await balance()).toBe(4_000n);
    // What was given up once more is nobody's to be credited; what is owed again is.
    const credit = (amount: bigint) => services.credits.creditNote(lia(), id, { amount, reason: 'Engano' });
    await expect(credit(7_001n)).rejects.toMatchObject({ code: 'credit_exceeds_invoice' });
    await credit(4_000n);
    expect(await invoiceNow(id)).toMatchObject({ state: 'written_off', owed: 0n });
  });

  it('is paid at once by money that came for it meanwhile, which was the customer’s credit and is not lost', async () => {
    const id = await open();
    const writeOffId = await giveUp(id);
    expect(await came(10_300n, [id])).toMatchObject({ allocated: 0n });
    expect(await invoiceNow(id)).toMatchObject({ state: 'written_off', settlements: [{ kind: 'write_off' }] });
    expect(await balance()).toBe(-10_300n);
    await takeBack(id, writeOffId);
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid', settlements: [{ kind: 'deposit', amount: 10_000n }] });
    expect(await balance()).toBe(-300n);
    expect((await historyOf(id)).map(([kind]) => kind)).toEqual(['written_off', 'write_off_taken_back', 'paid']);
  });

  it('waits for staff to let credit pay it, where the terms say that credit pays nothing by itself', async () => {
    const { version } = await services.settings.get(lia());
    await services.settings.update(lia(), { version, appliesCredit: false });
    const id = await open();
    const writeOffId = await giveUp(id);
    await came(10_000n, [id]);
    await takeBack(id, writeOffId);
    expect(await invoiceNow(id)).toMatchObject({ state: 'open', owed: 10_000n });
    expect(await services.credits.applyCredit(lia(), scene.padaria, 'BRL')).toBe(10_000n);
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid' });
  });

  it('is one of that invoice: no other entry, and none of another invoice or organization', async () => {
    const [id, other] = [await open(), await open()];
    const writeOffId = await giveUp(id);
    const elsewhere = asStaff(await createBillingScene(test, 'Outra'), BACK);
    const why = { reason: 'Engano' };
    await came(100n, [other]);
    const [deposit] = (await invoiceNow(other)).settlements;
    for (const [invoice, entry] of [
      [other, writeOffId],
      [id, newId()],
      [other, deposit!.id],
    ] as const)
      await expect(takeBack(invoice, entry)).rejects.toMatchObject({
        code: 'validation_failed',
        fields: [{ path: 'writeOffId' }],
      });
    await expect(services.credits.takeBackWriteOff(elsewhere, id, { ...why, writeOffId })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await invoiceNow(id)).toMatchObject({ state: 'written_off' });
  });

  it('says of itself what it came from, by whatever statement it is posted', async () => {
    const id = await open();
    const writeOffId = await giveUp(id, 4_000n);
    const of = {
      billingAccountId: scene.padaria,
      currency: 'BRL',
      invoiceId: id,
      postedOn: BACK,
      postedAt: new Date(),
    };
    const post = (more: { amount?: bigint; sourceId?: string; reason?: string | null }) =>
      test.database.transaction(lia(), async (db) => {
        await services.ledger.lock(db, [scene.padaria], 'BRL');
        const entry = {
          ...of,
          id: newId(),
          kind: 'write_off_reversal',
          amount: 4_000n,
          sourceId: writeOffId,
          reason: 'x',
        };
        await db.execute(insertInto('ledger_entries', { ...entry, ...more }));
      });
    for (const wrong of [{ amount: 3_999n }, { sourceId: newId() }, { sourceId: id }, { reason: null }])
      expect(checkViolation(await post(wrong).catch((error: unknown) => error))).toBe('ledger_entries_source_check');
  });

  it('stands in the statement, and in the month of the invoice, from its day on', async () => {
    const id = await open();
    const reader = new BillingReader(test.database, new InvoiceRepository());
    const reports = new ReceivablesReports(test.database);
    const month = async () => (await reports.get(lia(), { months: 1 })).months[0];
    const writeOffId = await giveUp(id);
    expect(await month()).toMatchObject({ writtenOff: 10_000n, open: 0n, overdue: 0n });
    await takeBack(id, writeOffId);
    expect(await month()).toMatchObject({ invoiced: 10_000n, writtenOff: 0n, open: 10_000n, overdue: 10_000n });
    const statement = await reader.statement(asCustomer(scene, BACK), { billingAccountId: scene.padaria });
    expect(statement.rows.map(({ kind, balance: then, reason }) => [kind, then, reason])).toEqual([
      ['invoice', 10_000n, null],
      ['write_off', 0n, 'Incobrável'],
      ['write_off_reversal', 10_000n, 'O cliente vai pagar'],
    ]);
    expect(statement.rows[2]).toMatchObject({ invoiceNumber: expect.stringMatching(/^F-2026-/) });
  });
});
