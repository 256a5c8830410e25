import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { GatewayAccount, RefundSnapshot, Snapshot } from '@balcao/platform-gateways';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { ReceivablesReports } from '../../billing/src/receivables-report.service.js';
import { BILLING_ENTITIES } from '../../billing/src/persistence/billing.entities.js';
import {
  asCustomer,
  asStaff,
  balanceOf,
  createBillingScene,
  noonOf,
  openInvoice,
  type BillingScene,
} from '../../billing/test/factories.js';
import { asSystem, connectSandbox, deliver, paymentServices, work, type PaymentServices } from './factories.js';

const TODAY = '2026-12-01';
const AMOUNT = 10_000n;
let test: TestDatabase;
let services: PaymentServices;
let scene: BillingScene;
let account: GatewayAccount;
let system: OrganizationContext;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = paymentServices(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
  system = asSystem(scene, noonOf(TODAY));
  account = await connectSandbox(services, system);
});

const staff = () => asStaff(scene, TODAY);
const invoiceNow = (id: string) => services.invoices.get(staff(), id);
const paymentNow = (id: string) => services.payments.get(asCustomer(scene, TODAY), id);
const refundsNow = (id: string) => services.refunds.ofPayment(staff(), id);
const balance = () => balanceOf(test, scene);
/** What of the customer's debits and credits is left open, which is nothing where they cancel each other out. */
const open = async () => {
  const { rows } = await test.owner.query<{ kind: string; left: string }>(
    `select kind, (amount - allocated)::text as left from ledger_entries where organization_id = $1 and billing_account_id = $2
     and allocated < amount order by kind`,
    [scene.organizationId, scene.padaria],
  );
  return rows.map(({ kind, left }) => `${kind} ${left}`);
};

/** An invoice that was paid by PIX. */
async function paid(): Promise<{ id: string; paymentId: string }> {
  const { id } = await openInvoice(services, staff(), scene.padaria, AMOUNT, { dueOn: '2026-12-10' });
  const asked = await services.payments.create(asCustomer(scene, TODAY), 'portal', { invoiceIds: [id], method: 'pix' });
  await work(services, system);
  const { gatewayId } = await paymentNow(asked.id);
  await deliver(services, account, await services.bank.pay(account, gatewayId!, { at: noonOf(TODAY) }));
  await work(services, system);
  return { id, paymentId: asked.id };
}

/** What the service says of a payment, as if it said something else besides. */
async function say(paymentId: string, change: (snapshot: Snapshot) => Partial<Snapshot>): Promise<void> {
  const { gateway } = await test.database.read(system, (db) => services.desk.open(db, system, account.id));
  const { gatewayId } = await paymentNow(paymentId);
  const found = await gateway.find({ paymentId, gatewayId, since: noonOf(TODAY) });
  if (found === 'unknown' || 'refused' in found || found.known === 'absent') throw new Error('Nothing is said');
  await services.books.write(system, paymentId, { ...found.known, ...change(found.known) });
}
const refundBy = (status: RefundSnapshot['status'], more: Partial<RefundSnapshot> = {}) => ({
  refunds: [{ gatewayId: 're_1', refundId: null, amount: AMOUNT, status, ...more }],
});
const disputeOf = (status: 'needs_response' | 'lost' | 'won') => ({
  disputes: [{ gatewayId: 'dp_1', amount: AMOUNT, reason: null, status, respondBy: null }],
});
const refund = async (paymentId: string, becomes: 'credited' | 'owed') => {
  const id = await services.refunds.create(staff(), paymentId, { reason: 'Acordo', becomes });
  await work(services, system);
  return id;
};

describe('a refund that the bank sends back days after it had succeeded', () => {
  it.each(['credited', 'owed'] as const)('leaves the books as if it had not been, %s', async (becomes) => {
    const { id, paymentId } = await paid();
    const refundId = await refund(paymentId, becomes);
    const [known] = await refundsNow(paymentId);
    const words = (['failed', 'failed', 'succeeded', 'failed'] as const).map((status) =>
      refundBy(status, { gatewayId: known!.gatewayId!, refundId }),
    );
    for (const word of words) await say(paymentId, () => word);
    expect(await refundsNow(paymentId)).toMatchObject([{ state: 'failed' }]);
    expect(await paymentNow(paymentId)).toMatchObject({ received: AMOUNT, refunded: 0n });
    // What was credited stays so, and the money is the customer's; what was owed again is paid again.
    expect(await invoiceNow(id)).toMatchObject({ owed: 0n, state: becomes === 'credited' ? 'refunded' : 'paid' });
    expect(await balance()).toBe(becomes === 'credited' ? -AMOUNT : 0n);
    expect(await open()).toEqual(becomes === 'credited' ? [`payment ${AMOUNT}`] : []);
    // It can be given back by another way.
    await services.refunds.create(staff(), paymentId, { reason: 'Outra vez', becomes: 'owed' });
    await work(services, system);
  });
});

describe('a dispute that is won after it was lost', () => {
  it('brings the money back, once', async () => {
    const { id, paymentId } = await paid();
    await say(paymentId, () => disputeOf('lost'));
    expect(await invoiceNow(id)).toMatchObject({ owed: AMOUNT });
    for (let time = 0; time < 2; time += 1) await say(paymentId, () => disputeOf('won'));
    expect(await invoiceNow(id)).toMatchObject({ owed: 0n, state: 'paid' });
    expect(await balance()).toBe(0n);
    expect(await open()).toEqual([]);
    // An old word of it changes nothing.
    await say(paymentId, () => disputeOf('needs_response'));
    expect(await balance()).toBe(0n);
  });
});

describe('money that a bank takes back of what was credited', () => {
  it('is open again, and the month of its invoice has received no less than nothing', async () => {
    const { id, paymentId } = await paid();
    await services.credits.creditNote(staff(), id, { amount: 3_000n, reason: 'Dois dias sem sinal' });
    const reports = new ReceivablesReports(test.database);
    const month = async () => (await reports.get(staff(), { months: 3 })).months.find(({ invoices }) => invoices > 0)!;
    const credited = { invoiced: AMOUNT, returned: 3_000n, credited: 3_000n };
    expect(await month()).toMatchObject({ ...credited, received: AMOUNT, open: 0n });
    await say(paymentId, () => disputeOf('lost'));
    const { received, returned, open, fellDue, collected } = await month();
    expect({ received, returned, open }).toEqual({ received: 0n, returned: 3_000n, open: AMOUNT });
    expect(collected >= 0n && collected <= fellDue).toBe(true);
  });
});

describe('money that goes back twice', () => {
  it('is not given back of what a lost dispute has taken', async () => {
    const { paymentId } = await paid();
    await say(paymentId, () => disputeOf('lost'));
    await expect(
      services.refunds.create(staff(), paymentId, { reason: 'Acordo', becomes: 'owed' }),
    ).rejects.toMatchObject({ code: 'refund_exceeds_payment' });
  });

  it('is owed by who had it refunded and charged back', async () => {
    const { paymentId } = await paid();
    await refund(paymentId, 'credited');
    await say(paymentId, (snapshot) => ({ ...disputeOf('lost'), refunds: snapshot.refunds }));
    expect(await balance()).toBe(AMOUNT);
    expect(await open()).toEqual([`chargeback ${AMOUNT}`]);
  });
});

describe('a refund that staff gave at the service itself', () => {
  it('of an invoice that was credited before counts', async () => {
    const { id, paymentId } = await paid();
    await services.credits.creditNote(staff(), id, { amount: AMOUNT, reason: 'Serviço não prestado' });
    await say(paymentId, () => refundBy('succeeded'));
    expect(await refundsNow(paymentId)).toMatchObject([{ state: 'succeeded' }]);
    expect(await balance()).toBe(0n);
    expect(await open()).toEqual([]);
    expect(await invoiceNow(id)).toMatchObject({ owed: 0n, credited: AMOUNT });
  });

  it('of an invoice of which a part was credited before counts', async () => {
    const { id, paymentId } = await paid();
    await services.credits.creditNote(staff(), id, { amount: 4_000n, reason: 'Acordo' });
    await say(paymentId, () => refundBy('succeeded'));
    expect(await balance()).toBe(0n);
    expect(await open()).toEqual([]);
    expect(await invoiceNow(id)).toMatchObject({ owed: 0n, credited: AMOUNT });
  });

  it('while nobody knows of one that was asked for here counts, and so does other money', async () => {
    const { paymentId } = await paid();
    await services.bank.setFaults(account, { answers: 'lost_before', times: 1, call: 'refund' });
    await refund(paymentId, 'credited');
    expect(await refundsNow(paymentId)).toMatchObject([{ state: 'unknown' }]);
    await say(paymentId, () => refundBy('succeeded'));
    expect(await paymentNow(paymentId)).toMatchObject({ refunded: AMOUNT });
    expect((await refundsNow(paymentId)).map(({ state }) => state).sort()).toEqual(['succeeded', 'unknown']);
  });
});

describe('a refund of which the service never heard', () => {
  it('has failed once its key is forgotten, so that staff can give the money back', async () => {
    const { paymentId } = await paid();
    await services.bank.setFaults(account, { answers: 'lost_before', times: 1, call: 'refund' });
    const refundId = await refund(paymentId, 'credited');
    await test.owner.query("update refunds set called_at = called_at - interval '25 hours' where id = $1", [refundId]);
    await services.refunds.ask(system, refundId);
    await work(services, system);
    expect(await refundsNow(paymentId)).toMatchObject([{ state: 'failed' }]);
    await refund(paymentId, 'credited');
    expect(await paymentNow(paymentId)).toMatchObject({ refunded: AMOUNT });
  });
});
