import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BILLING_ENTITIES } from '../src/persistence/billing.entities.js';
import {
  asStaff,
  billingServices,
  createBillingScene,
  openInvoice,
  type BillingScene,
  type BillingServices,
} from './factories.js';

/** Histories that each run tries, and what happens in each at most. */
const HISTORIES = 40;
const DEEDS = 14;

let test: TestDatabase;
let services: BillingServices;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = billingServices(test);
});
afterAll(() => test.close());

type Deed =
  | { kind: 'open'; amount: number }
  | { kind: 'deposit'; amount: number; to: 'oldest' | 'none' | number }
  | { kind: 'credit' | 'writeOff'; amount: number; of: number }
  | { kind: 'void'; of: number }
  | { kind: 'takeBack'; of: number }
  | { kind: 'apply' };

const amount = fc.oneof(fc.integer({ min: 1, max: 500 }), fc.constantFrom(1, 99_999_999, 9_007_199_254));
const of = fc.nat(9);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('open' as const), amount }),
  fc.record({
    kind: fc.constant('deposit' as const),
    amount,
    to: fc.oneof(fc.constantFrom('oldest' as const, 'none' as const), of),
  }),
  fc.record({ kind: fc.constantFrom('credit' as const, 'writeOff' as const), amount, of }),
  fc.record({ kind: fc.constant('void' as const), of }),
  fc.record({ kind: fc.constant('takeBack' as const), of }),
  fc.constant({ kind: 'apply' as const }),
);

/** Does what can be done; a refusal changes nothing. */
async function carryOut(scene: BillingScene, invoices: string[], one: Deed): Promise<void> {
  const context = asStaff(scene);
  const billingAccountId = scene.padaria;
  const named = (place: number) => invoices[place % Math.max(invoices.length, 1)];
  if (one.kind === 'open')
    invoices.push((await openInvoice(services, context, billingAccountId, BigInt(one.amount))).id);
  else if (one.kind === 'deposit') {
    const target = typeof one.to === 'number' ? named(one.to) : undefined;
    const application = typeof one.to === 'number' ? (target ? { invoiceIds: [target] } : 'none') : one.to;
    await services.credits.deposit(context, {
      billingAccountId,
      amount: BigInt(one.amount),
      method: 'pix',
      application,
    });
  } else if (one.kind === 'apply') await services.credits.applyCredit(context, billingAccountId, 'BRL');
  else {
    const id = named(one.of);
    if (!id) return;
    if (one.kind === 'void')
      await services.invoices.void(context, id, 'Engano', (await services.invoices.get(context, id)).version);
    else if (one.kind === 'takeBack') {
      const writeOff = (await services.invoices.get(context, id)).settlements.find(({ kind }) => kind === 'write_off');
      if (writeOff) await services.credits.takeBackWriteOff(context, id, { writeOffId: writeOff.id, reason: 'Engano' });
    } else {
      const reduction = { amount: BigInt(one.amount), reason: 'Acordo' };
      await (one.kind === 'credit'
        ? services.credits.creditNote(context, id, reduction)
        : services.credits.writeOff(context, id, reduction));
    }
  }
}

const allowRefusals = (error: unknown) => {
  if ((error as { name?: string }).name !== 'DomainError') throw error;
};

/** Everything that must hold of an organization's books, whatever happened: what does not is named. */
async function broken(organizationId: string): Promise<string[]> {
  const { rows } = await test.owner.query<{ what: string }>(
    `with entries as (select * from ledger_entries where organization_id = $1),
      shares as (select * from allocations where organization_id = $1),
      mine as (select * from invoices where organization_id = $1)
    select 'the balance is no sum of the entries' as what from ledger_accounts a where organization_id = $1 and a.balance <>
      (select coalesce(sum(case side when 'debit' then amount else -amount end), 0) from entries e
        where e.billing_account_id = a.billing_account_id and e.currency = a.currency)
    union all select 'the balance is not what is open' from ledger_accounts a where organization_id = $1 and a.balance <>
      (select coalesce(sum(case side when 'debit' then amount - allocated else allocated - amount end), 0) from entries e
        where e.billing_account_id = a.billing_account_id and e.currency = a.currency)
    union all select 'an entry is allocated otherwise than its allocations say' from entries e where e.allocated <>
      (select coalesce(sum(s.amount), 0) from shares s where e.id in (s.debit_id, s.credit_id))
    union all select 'an invoice is settled otherwise than its allocations say' from mine i where i.settled <>
      (select coalesce(sum(s.amount), 0) from shares s join entries e on e.id = s.debit_id and e.kind = 'invoice' where e.source_id = i.id)
    union all select 'an invoice is credited otherwise than its credit notes say' from mine i where i.credited <>
      (select coalesce(sum(n.amount), 0) from credit_notes n where n.organization_id = $1 and n.invoice_id = i.id)
    union all select 'more is credited and written off than an invoice comes to' from mine i where i.total < i.credited + i.written_off
    union all select 'more or less of an invoice is given up than its write-offs say' from mine i where i.written_off <>
      (select coalesce(sum(case e.kind when 'write_off' then e.amount else -e.amount end), 0) from entries e
        where e.kind in ('write_off', 'write_off_reversal') and e.invoice_id = i.id)
    union all select 'what takes a write-off back is not covered by it' from entries e where e.kind = 'write_off_reversal' and e.amount <>
      (select coalesce(sum(s.amount), 0) from shares s where s.debit_id = e.id and s.credit_id = e.source_id)
    union all select 'what is received, credited and given up is more than is settled' from mine i
      where i.settled < i.received + i.written_off
    union all select 'an invoice comes to something else than its lines' from mine i where i.total <>
      (select coalesce(sum(l.gross - l.discount - l.shared_discount + case when l.tax_is_included then 0 else l.tax end), 0)
        from invoice_lines l where l.organization_id = $1 and l.invoice_id = i.id)
    union all select 'the numbers have a gap' from (
      select count(*) as n, max(sequence) as last, min(sequence) as first from mine where opened_at is not null) s
      where s.n > 0 and (s.last <> s.n or s.first <> 1)`,
    [organizationId],
  );
  return rows.map(({ what }) => what);
}

describe('whatever happens to an account', () => {
  it(`its books add up, in ${HISTORIES} histories one after another`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 3, maxLength: DEEDS }), async (deeds) => {
        const scene = await createBillingScene(test);
        const invoices: string[] = [];
        for (const one of deeds) await carryOut(scene, invoices, one).catch(allowRefusals);
        expect(await broken(scene.organizationId)).toEqual([]);
      }),
      { numRuns: HISTORIES },
    );
  });

  it(`its books add up, in ${HISTORIES / 4} histories all at once`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 6, maxLength: DEEDS * 2 }), async (deeds) => {
        const scene = await createBillingScene(test);
        const invoices: string[] = [];
        for (const amount of [100, 200, 300]) await carryOut(scene, invoices, { kind: 'open', amount });
        await Promise.all(deeds.map((one) => carryOut(scene, invoices, one).catch(allowRefusals)));
        expect(await broken(scene.organizationId)).toEqual([]);
      }),
      { numRuns: HISTORIES / 4 },
    );
  });

  it('a credit pays no more than there is, however many are opened at once', async () => {
    const scene = await createBillingScene(test);
    const context = asStaff(scene);
    await services.credits.deposit(context, { billingAccountId: scene.padaria, amount: 1_000n, method: 'pix' });
    const opened = await Promise.all(
      Array.from({ length: 8 }, () => openInvoice(services, context, scene.padaria, 400n)),
    );
    expect(opened.reduce((sum, { settled }) => sum + settled, 0n)).toBe(1_000n);
    expect(new Set(opened.map(({ number }) => number)).size).toBe(8);
    expect(await broken(scene.organizationId)).toEqual([]);
  });
});
