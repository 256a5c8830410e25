import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { GatewayAccount } from '@balcao/platform-gateways';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BILLING_ENTITIES } from '../../billing/src/persistence/billing.entities.js';
import {
  asCustomer,
  asStaff,
  balanceOf,
  createBillingScene,
  line,
  noonOf,
  openInvoice,
  type BillingScene,
} from '../../billing/test/factories.js';
import { asSystem, connectSandbox, deliver, paymentServices, work, type PaymentServices } from './factories.js';

const [OPENED, DUE, LATE] = ['2026-12-01', '2026-12-10', '2026-12-22'];
/** 2 % once, and 12 days of 1 % a month, of 100.00. */
const CHARGES = 240n;

let test: TestDatabase;
let services: PaymentServices;
let scene: BillingScene;
let account: GatewayAccount;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = paymentServices(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
  account = await connectSandbox(services, asSystem(scene, noonOf(OPENED)));
  await say('next_invoice');
});

async function say(lateCharges: 'waive' | 'next_invoice'): Promise<void> {
  const { version } = await services.settings.get(staff());
  await services.settings.update(staff(), { version, lateCharges });
}
const staff = () => asStaff(scene, LATE);

/** Invoices that are each paid twelve days late with what they were of before. @returns their numbers */
async function paidLate(count = 1): Promise<string[]> {
  const [asked, late] = [asSystem(scene, noonOf(OPENED)), asSystem(scene, noonOf(LATE))];
  const customer = asCustomer(scene, OPENED);
  const terms = { dueOn: DUE, finePercent: '2', interestPercent: '1' };
  account.clock = asked.clock;
  const payments: { id: string; number: string }[] = [];
  for (let place = 0; place < count; place++) {
    const invoice = await openInvoice(services, asStaff(scene, OPENED), scene.padaria, 10_000n, terms);
    const { id } = await services.payments.create(customer, 'portal', { invoiceIds: [invoice.id], method: 'pix' });
    payments.push({ id, number: invoice.number! });
  }
  await work(services, asked);
  account.clock = late.clock;
  for (const { id } of payments) {
    const { gatewayId } = await services.payments.get(customer, id);
    await deliver(services, account, await services.bank.pay(account, gatewayId!, { at: noonOf(LATE) }));
  }
  await work(services, late);
  return payments.map(({ number }) => number);
}

const draft = (more: object = {}, account = scene.padaria) =>
  services.drafts.create(staff(), {
    billingAccountId: account,
    title: 'Mensalidade de janeiro',
    lines: [line(5_000n)],
    ...more,
  });
const open = async ({ id, version }: { id: string; version: number }) => services.invoices.open(staff(), id, version);
const waiting = async () => {
  const { rows } = await test.owner.query<{ n: string }>(
    'select count(*)::text as n from late_charges where organization_id = $1 and is_carried and carried_by_id is null',
    [scene.organizationId],
  );
  return Number(rows[0]!.n);
};
const balance = () => balanceOf(test, scene);

describe('charges for lateness that a payment left open', () => {
  it('are asked for by the next invoice, in plain words', async () => {
    const [number] = await paidLate();
    const written = await draft({ discount: { percent: '10' } });
    expect(written).toMatchObject({ total: 4_500n, carriedCharges: CHARGES });
    const opened = await open(written);
    // What is taken off the invoice is not taken off them.
    expect(opened).toMatchObject({ total: 4_740n, owed: 4_740n, discount: 500n, carriedCharges: null });
    expect(opened.lines[1]).toMatchObject({
      description: `Multa e juros por atraso da fatura ${number}`,
      detail: 'Vencia em 10/12/2026 e foi paga em 22/12/2026',
      gross: CHARGES,
      tax: 0n,
    });
    expect(await balance()).toBe(4_740n);
    expect(await open(await draft())).toMatchObject({ total: 5_000n });
  });

  it('are asked for once, though several invoices open at once', async () => {
    await paidLate(2);
    expect(await waiting()).toBe(2);
    const drafts = await Promise.all([1, 2, 3, 4].map(() => draft()));
    const opened = await Promise.all(drafts.map(open));
    const totals = opened.map(({ total }) => total).sort();
    expect(totals).toEqual([5_000n, 5_000n, 5_000n, 5_000n + 2n * CHARGES]);
    expect(await waiting()).toBe(0);
  });

  it('are open again once that invoice is void, and the next one asks for them', async () => {
    await paidLate();
    const first = await open(await draft());
    expect(first.total).toBe(5_240n);
    await services.invoices.void(staff(), first.id, 'Engano', first.version);
    expect([await waiting(), await balance()]).toEqual([1, 0n]);
    expect(await open(await draft())).toMatchObject({ total: 5_240n });
  });

  it("are nobody else's, nor of another currency, and nobody's where the organization gives them up", async () => {
    await paidLate();
    expect(await open(await draft({}, scene.oficina))).toMatchObject({ total: 5_000n });
    expect(await open(await draft({ currency: 'USD' }))).toMatchObject({ total: 5_000n });
    await say('waive');
    const written = await draft();
    expect(written.carriedCharges).toBeNull();
    expect(await open(written)).toMatchObject({ total: 5_000n });
    expect(await waiting()).toBe(1);
  });

  it('wait where an invoice has no line left for them', async () => {
    await paidLate(2);
    expect(await waiting()).toBe(2);
    const lines = Array.from({ length: 499 }, () => line(1n));
    expect(await open(await draft({ lines }))).toMatchObject({ total: 499n + CHARGES });
    expect(await waiting()).toBe(1);
  });
});
