import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays } from '@balcao/money';
import type { GatewayAccount, GatewayMethod, Snapshot } from '@balcao/platform-gateways';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
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
import {
  addCard,
  asSystem,
  completePayer,
  connectSandbox,
  deliver,
  paymentServices,
  work,
  type PaymentServices,
} from './factories.js';

/** What other products have got wrong with money, as their issues tell: each beside its source. */
const TODAY = '2027-02-01';
let test: TestDatabase;
let services: PaymentServices;
let scene: BillingScene;
let account: GatewayAccount;
let system: OrganizationContext;
let today: string;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = paymentServices(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
  await completePayer(test, scene.padaria);
  on(TODAY);
  account = await connectSandbox(services, system);
});

function on(day: string): void {
  today = day;
  system = asSystem(scene, noonOf(day));
  if (account) account.clock = system.clock;
}
const invoice = async (amount: bigint, more = {}) =>
  (await openInvoice(services, asStaff(scene, today), scene.padaria, amount, { dueOn: addDays(today, 9), ...more })).id;
async function ask(id: string, method: GatewayMethod = 'pix') {
  const asked = { invoiceIds: [id], method };
  const payment = await services.payments.create(asCustomer(scene, today), 'portal', asked);
  await work(services, system);
  return services.payments.get(asCustomer(scene, today), payment.id);
}
async function pay({ gatewayId }: { gatewayId: string | null }, at = noonOf(today)) {
  await deliver(services, account, await services.bank.pay(account, gatewayId!, { at }));
  await work(services, system);
}
const state = (id: string) => services.invoices.get(asStaff(scene, today), id);
const payment = (id: string) => services.payments.get(asCustomer(scene, today), id);
const refund = async (id: string, amount?: bigint) => {
  const wish = { amount, reason: 'Acordo', becomes: 'credited' as const };
  await services.refunds.create(asStaff(scene, today), id, wish);
  await work(services, system);
};
const balance = () => balanceOf(test, scene);

describe('mistakes of others', () => {
  it('killbill#1553: credit pays what a code is open for, and then the code is paid', async () => {
    const id = await invoice(10_000n);
    const pix = await ask(id);
    const deposit = { billingAccountId: scene.padaria, currency: 'BRL', amount: 10_000n, method: 'pix' as const };
    await services.credits.deposit(asStaff(scene, today), { ...deposit, application: { invoiceIds: [id] } });
    // The bank was faster than the withdrawal.
    await pay(pix);
    expect(await state(id)).toMatchObject({ state: 'paid', owed: 0n });
    expect(await payment(pix.id)).toMatchObject({ state: 'succeeded', received: 10_000n });
    expect(await balance()).toBe(-10_000n);
  });

  it('lago-api#2643, laravel-sisp#282: parts that do not divide a total leave nothing over and take nothing too much', async () => {
    const id = await invoice(10_001n);
    const pix = await ask(id);
    await pay(pix);
    for (let part = 0; part < 3; part += 1) await refund(pix.id, 3_333n);
    await refund(pix.id);
    expect(await state(id)).toMatchObject({ state: 'refunded', refunded: 10_001n, credited: 10_001n });
    expect(await balance()).toBe(0n);
    await expect(refund(pix.id, 1n)).rejects.toMatchObject({ code: 'refund_exceeds_payment' });
  });

  it('gumroad#5550: what is disputed is not refunded as well, and what went back by both is owed once', async () => {
    const id = await invoice(10_000n);
    const pix = await ask(id);
    await pay(pix);
    await deliver(services, account, await services.bank.dispute(account, pix.gatewayId!));
    await work(services, system);
    await expect(refund(pix.id)).rejects.toMatchObject({ code: 'refund_exceeds_payment' });
    await deliver(services, account, await services.bank.endDispute(account, pix.gatewayId!, 'lost'));
    await work(services, system);
    await expect(refund(pix.id, 1n)).rejects.toMatchObject({ code: 'refund_exceeds_payment' });
    expect(await state(id)).toMatchObject({ state: 'open', owed: 10_000n });
    expect(await balance()).toBe(10_000n);
  });

  it('payment-magento#78, pagarme-magento#368: a slip due in a long holiday is paid in time behind it, though the bank tells late', async () => {
    // Saturday; Monday and Tuesday are Carnival.
    const id = await invoice(10_000n, { dueOn: '2027-02-06', finePercent: '2', interestPercent: '1' });
    const slip = await ask(id, 'boleto');
    on('2027-02-10');
    expect(await services.payments.offer(asCustomer(scene, today), 'portal', [id])).toMatchObject({ total: 10_000n });
    on('2027-02-12');
    await pay(slip, noonOf('2027-02-10'));
    expect(await payment(slip.id)).toMatchObject({ state: 'succeeded', receivedOn: '2027-02-10' });
    expect(await state(id)).toMatchObject({ state: 'paid' });
    expect(await balance()).toBe(0n);
  });

  it('paghiper/whmcs#108: whoever pays behind the due day gets a code that can be paid, of what is owed then', async () => {
    const id = await invoice(10_000n, { dueOn: '2027-02-04', finePercent: '2', interestPercent: '0' });
    const before = await ask(id);
    on('2027-02-15');
    const behind = await ask(id);
    expect(behind.id).not.toBe(before.id);
    expect(behind).toMatchObject({ state: 'pending', amount: 10_200n });
    expect(behind.expiresAt.getTime()).toBeGreaterThan(noonOf(today).getTime());
    await pay(behind);
    expect(await state(id)).toMatchObject({ state: 'paid' });
    expect(await balance()).toBe(0n);
  });

  it('lago-api#5630, nearmerch#209: a failure that is told late makes nothing unpaid', async () => {
    const id = await invoice(10_000n);
    const { gatewayId, id: paymentId, amount } = await ask(id);
    await pay({ gatewayId });
    for (const status of ['failed', 'expired', 'canceled', 'pending'] as const) {
      const late = { status, gatewayId: gatewayId!, paymentId, method: 'pix', currency: 'BRL', amount };
      const nothing = { received: 0n, receivedAt: null, refunded: 0n, failure: null, presentation: null };
      const told = { ...late, ...nothing, expiresAt: null, refunds: [], disputes: [], saved: null } as Snapshot;
      await services.gatewayEvents.writeDown(system, account.id, told);
    }
    expect(await payment(paymentId)).toMatchObject({ state: 'succeeded', received: 10_000n });
    expect(await state(id)).toMatchObject({ state: 'paid' });
  });

  it('polar#10811: what its payer tries by hand in vain uses up no try of the card that is charged by itself', async () => {
    const ana = asCustomer(scene, today, ['invoices:read', 'payments:create', 'payment_methods:manage']);
    await addCard(services, account, ana, system, 'no_funds_later');
    const id = await invoice(10_000n);
    await services.collections.collect(system, id);
    await work(services, system);
    for (let n = 0; n < 4; n++) {
      const { gatewayId } = await ask(id, 'card');
      await deliver(services, account, await services.bank.decline(account, gatewayId!, 'declined'));
      await work(services, system);
    }
    const [collection] = await services.collectionReader.ofInvoice(ana, id);
    expect(collection).toMatchObject({ state: 'waiting', attempts: 1, nextOn: addDays(today, 3) });
  });
});
