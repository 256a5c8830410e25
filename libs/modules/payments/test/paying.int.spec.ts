import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { GatewayAccount, GatewayMethod } from '@balcao/platform-gateways';
import type { RateLimiter } from '@balcao/platform-state';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { FakeStripe, STRIPE_KEY, STRIPE_SECRET } from '../../../platform/gateways/test/support/fake-stripe.js';
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
  asSystem,
  completePayer,
  connectSandbox,
  deliver,
  paymentServices,
  work,
  type PaymentServices,
} from './factories.js';

const TODAY = '2026-12-01';
const stripe = new FakeStripe();
let test: TestDatabase;
let services: PaymentServices;
let scene: BillingScene;
let account: GatewayAccount;
let system: OrganizationContext;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  Object.assign(test.config, { stripeApiUrl: await stripe.start() });
  services = paymentServices(test);
});
afterAll(async () => {
  await stripe.stop();
  await test.close();
});
beforeEach(async () => {
  scene = await createBillingScene(test);
  await completePayer(test, scene.padaria);
  on(TODAY);
  account = await connectSandbox(services, system);
});

/** It is another day, for everybody. */
function on(day: string): void {
  system = asSystem(scene, noonOf(day));
  if (account) account.clock = system.clock;
  today = day;
}
let today = TODAY;

const invoice = (amount = 10_000n, dueOn = '2026-12-10', more = {}) =>
  openInvoice(services, asStaff(scene, today), scene.padaria, amount, { dueOn, ...more });

async function ask(
  invoiceIds: string[],
  method: GatewayMethod = 'pix',
  more: { amount?: bigint; anew?: boolean } = {},
) {
  const { id } = await services.payments.create(asCustomer(scene, today), 'portal', { invoiceIds, method, ...more });
  await work(services, system);
  return services.payments.get(asCustomer(scene, today), id);
}

/** The payer pays, and the service tells of it. */
async function pay({ gatewayId }: { gatewayId: string | null }, more: { amount?: bigint; at?: Date } = {}) {
  await deliver(services, account, await services.bank.pay(account, gatewayId!, { at: noonOf(today), ...more }));
  await work(services, system);
}

const invoiceNow = (id: string) => services.invoices.get(asStaff(scene, today), id);
const paymentNow = (id: string) => services.payments.get(asCustomer(scene, today), id);
const balance = () => balanceOf(test, scene);

describe.each<GatewayMethod>(['pix', 'boleto', 'card'])('a payment by %s', (method) => {
  it('is asked for, shown, paid and counted, and the invoice is paid', async () => {
    const { id } = await invoice();
    const payment = await ask([id], method);
    expect(payment).toMatchObject({ state: 'pending', amount: 10_000n });
    if (method === 'pix') expect(payment.pixCode).toMatch(/^000201/);
    if (method === 'boleto') expect(payment.boletoLine).toMatch(/^\d{47}$/);
    if (method === 'card') expect(payment.pageUrl).toContain(payment.gatewayId!);
    await pay(payment);
    expect(await paymentNow(payment.id)).toMatchObject({ state: 'succeeded', received: 10_000n });
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid', owed: 0n });
    expect(await balance()).toBe(0n);
  });

  it('is given once to who asks twice, at once or later, and anew to who says so', async () => {
    const { id } = await invoice();
    const asked = await Promise.all(
      [1, 2, 3].map(() => services.payments.create(asCustomer(scene, today), 'portal', { invoiceIds: [id], method })),
    );
    expect(new Set(asked.map((each) => each.id)).size).toBe(1);
    const first = await ask([id], method);
    expect(first.id).toBe(asked[0]!.id);
    const second = await ask([id], method, { anew: true });
    expect(second.id).not.toBe(first.id);
    expect(await paymentNow(first.id)).toMatchObject({
      withdrawnFor: 'replaced',
      state: 'canceled',
      replacedById: second.id,
    });
    expect(second).toMatchObject({ state: 'pending', withdrawnFor: null });
  });
});

describe('whoever has got hold of a link', () => {
  it('uses up nothing of those who sign in', async () => {
    const asked: string[] = [];
    const consume = (key: string) =>
      Promise.resolve({ allowed: asked.push(key) > 0, remaining: 1, retryAfterSeconds: 0 });
    const { payments } = paymentServices(test, { consume } as unknown as RateLimiter);
    const [ana, { id }] = [asCustomer(scene, today), await invoice()];
    const wish = { invoiceIds: [id], method: 'pix' } as const;
    for (const origin of ['portal', 'link'] as const) await payments.create(ana, origin, wish);
    expect(new Set(asked).size).toBe(2);
  });
});

describe('an amount whose last decimal the service does not take', () => {
  it('is not asked for there: the customer is told before, not by a payment that failed', async () => {
    const credentials = { secretKey: STRIPE_KEY, webhookSecret: STRIPE_SECRET };
    const inDinars = { kind: 'stripe', name: 'Cartões', methods: ['card'], currency: 'KWD', credentials } as const;
    await services.accounts.create({ ...system }, inDinars, true);
    const [ana, odd] = [asCustomer(scene, today), await invoice(10_005n, '2026-12-10', { currency: 'KWD' })];
    expect((await services.payments.offer(ana, 'portal', [odd.id])).ways).toEqual([]);
    await expect(ask([odd.id], 'card')).rejects.toMatchObject({ code: 'payment_amount_out_of_range' });
    const even = await invoice(10_010n, '2026-12-10', { currency: 'KWD' });
    expect((await services.payments.offer(ana, 'portal', [even.id])).ways).toMatchObject([
      { method: 'card', step: 10n },
    ]);
  });
});

describe('an account with keys of a mode for trying things out', () => {
  it('is told as such to who pays, since no money moves by it, until it has others', async () => {
    const live = STRIPE_KEY.replace('_test_', '_live_');
    stripe.apiKeys.push(live);
    const credentialsOf = (secretKey: string) => ({ secretKey, webhookSecret: STRIPE_SECRET });
    const accountOf = { kind: 'stripe', name: 'Cartões', methods: ['card'], currency: 'USD' } as const;
    const wish = { ...accountOf, credentials: credentialsOf(STRIPE_KEY) };
    const { id, version } = await services.accounts.create({ ...system }, wish, true);
    const [ana, owed] = [asCustomer(scene, today), await invoice(10_000n, '2026-12-10', { currency: 'USD' })];
    const isTest = async () => (await services.payments.offer(ana, 'portal', [owed.id])).ways.map((way) => way.isTest);
    expect(await isTest()).toEqual([true]);
    const asked = { invoiceIds: [owed.id], method: 'card' } as const;
    expect(await services.payments.create(ana, 'portal', asked)).toMatchObject({ isTest: true });
    await services.accounts.update({ ...system }, id, { version, credentials: credentialsOf(live) });
    expect(await isTest()).toEqual([false]);
    expect(await services.payments.create(ana, 'portal', { ...asked, anew: true })).toMatchObject({ isTest: false });
  });
});

describe('money that comes', () => {
  it('by a code that was replaced still counts, and the other code is withdrawn', async () => {
    const { id } = await invoice();
    const first = await ask([id]);
    const second = await ask([id], 'pix', { anew: true });
    await pay(first);
    expect(await paymentNow(first.id)).toMatchObject({ state: 'succeeded' });
    expect(await paymentNow(second.id)).toMatchObject({ state: 'canceled', withdrawnFor: 'settled' });
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid' });
  });

  it("by two codes stays the customer's credit the second time", async () => {
    const { id } = await invoice();
    const [pix, boleto] = [await ask([id]), await ask([id], 'boleto')];
    await pay(pix);
    expect(await paymentNow(boleto.id)).toMatchObject({ withdrawnFor: 'settled' });
    await pay(boleto);
    expect(await balance()).toBe(-10_000n);
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid', settled: 10_000n });
  });

  it('for an invoice that was written off meanwhile is credit, and pays it once the write-off is taken back', async () => {
    const staff = asStaff(scene, today);
    const { id } = await invoice();
    const pix = await ask([id]);
    await services.credits.writeOff(staff, id, { reason: 'Incobrável' });
    await work(services, system);
    expect(await paymentNow(pix.id)).toMatchObject({ state: 'canceled', withdrawnFor: 'settled' });
    // The payer's bank knew nothing of it.
    await pay(pix);
    expect(await paymentNow(pix.id)).toMatchObject({ state: 'succeeded', received: 10_000n });
    const { state, settlements } = await invoiceNow(id);
    expect([state, settlements.map(({ kind }) => kind)]).toEqual(['written_off', ['write_off']]);
    expect(await balance()).toBe(-10_000n);
    await services.credits.takeBackWriteOff(staff, id, { writeOffId: settlements[0]!.id, reason: 'Pagou afinal' });
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid', settlements: [{ kind: 'payment', method: 'pix' }] });
    expect(await balance()).toBe(0n);
  });

  it('twice by the same slip is two receipts, and one word of it any number of times is one', async () => {
    const { id } = await invoice();
    const boleto = await ask([id], 'boleto');
    const events = [
      ...(await services.bank.pay(account, boleto.gatewayId!, { amount: 4_000n, at: noonOf(today) })),
      ...(await services.bank.pay(account, boleto.gatewayId!, { amount: 7_000n, at: noonOf(today) })),
    ];
    for (let round = 0; round < 3; round++) await deliver(services, account, events.toReversed());
    await work(services, system);
    expect(await paymentNow(boleto.id)).toMatchObject({ state: 'succeeded', received: 11_000n });
    expect(await balance()).toBe(-1_000n);
    await services.runner.ask(system, boleto.id);
    expect(await balance()).toBe(-1_000n);
  });

  it('late pays fine and interest with what exceeds the principal: 24.69 and 5.35 after thirteen days', async () => {
    const { id } = await invoice(123_456n, '2026-12-10', { finePercent: '2', interestPercent: '1' });
    on('2026-12-23');
    const pix = await ask([id]);
    expect(pix).toMatchObject({ amount: 126_460n, targets: [{ principal: 123_456n, fine: 2_469n, interest: 535n }] });
    expect(pix.expiresAt).toEqual(new Date('2026-12-23T15:30:00Z'));
    await pay(pix);
    expect(await balance()).toBe(0n);
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid' });
  });

  it('that covers the principal of a late invoice only waives its charges', async () => {
    const { id } = await invoice(100_000n);
    const boleto = await ask([id], 'boleto');
    on('2026-12-20');
    await pay(boleto, { amount: 100_000n });
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid' });
    expect(await balance()).toBe(0n);
  });

  it('for several invoices pays each', async () => {
    const ids = [(await invoice(100n)).id, (await invoice(200n)).id, (await invoice(300n, '2026-12-05')).id];
    const pix = await ask(ids);
    expect(pix).toMatchObject({ amount: 600n });
    await pay(pix);
    for (const id of ids) expect(await invoiceNow(id)).toMatchObject({ state: 'paid' });
  });

  it('for a part pays a part, where the invoice allows that', async () => {
    const { id } = await invoice(10_000n, '2026-12-10', { allowsPartial: true });
    const pix = await ask([id], 'pix', { amount: 4_000n });
    await pay(pix);
    expect(await invoiceNow(id)).toMatchObject({ state: 'partially_paid', owed: 6_000n });
    const whole = await invoice();
    await expect(ask([whole.id], 'pix', { amount: 1n })).rejects.toMatchObject({ code: 'partial_payment_not_allowed' });
  });

  it('that nobody asked for is kept for staff, once', async () => {
    const events = await services.bank.stray(account, { method: 'pix', currency: 'BRL', amount: 777n });
    await deliver(services, account, [...events, ...events]);
    await work(services, system);
    const { rows } = await test.owner.query('select amount, state from stray_payments where organization_id = $1', [
      scene.organizationId,
    ]);
    expect(rows).toEqual([{ amount: '777', state: 'open' }]);
  });
});

describe('a code of an invoice that changes', () => {
  it('is withdrawn when the invoice is voided, credited, written off or due another day, with why', async () => {
    const staff = asStaff(scene, today);
    const [voided, credited, moved, given] = [await invoice(), await invoice(), await invoice(), await invoice()];
    const codes = [await ask([voided.id]), await ask([credited.id]), await ask([moved.id], 'boleto')];
    codes.push(await ask([given.id]));
    await services.credits.writeOff(staff, given.id, { amount: 1_000n, reason: 'Acordo' });
    await services.invoices.void(staff, voided.id, 'Engano', voided.version);
    await services.credits.creditNote(staff, credited.id, { amount: 1_000n, reason: 'Acordo' });
    await services.invoices.changeDueDate(staff, moved.id, '2026-12-20', moved.version);
    await work(services, system);
    expect(await paymentNow(codes[0]!.id)).toMatchObject({ state: 'canceled', withdrawnFor: 'settled' });
    expect(await paymentNow(codes[1]!.id)).toMatchObject({ state: 'canceled', withdrawnFor: 'changed' });
    expect(await paymentNow(codes[2]!.id)).toMatchObject({ state: 'canceled', withdrawnFor: 'changed' });
    expect(await paymentNow(codes[3]!.id)).toMatchObject({ state: 'canceled', withdrawnFor: 'changed' });
  });
});

describe('money that goes back', () => {
  async function paid(amount = 10_000n) {
    const { id } = await invoice(amount);
    const pix = await ask([id]);
    await pay(pix);
    return { id, pix: await paymentNow(pix.id) };
  }

  it('in two parts credits the invoice, whose customer owes nothing', async () => {
    const { id, pix } = await paid();
    for (const amount of [3_000n, 7_000n]) {
      await services.refunds.create(asStaff(scene, today), pix.id, {
        amount,
        reason: 'Serviço não prestado',
        becomes: 'credited',
      });
      expect((await paymentNow(pix.id)).givenBack.at(-1)).toMatchObject({ amount, isBack: false });
      await work(services, system);
    }
    // Who paid reads what came back, each time, and why.
    const reason = 'Serviço não prestado';
    expect((await paymentNow(pix.id)).givenBack).toMatchObject([
      { amount: 3_000n, reason, isBack: true, at: expect.any(Date) },
      { amount: 7_000n, reason, isBack: true },
    ]);
    expect(await invoiceNow(id)).toMatchObject({ state: 'refunded', refunded: 10_000n, credited: 10_000n, owed: 0n });
    expect(await paymentNow(pix.id)).toMatchObject({ state: 'succeeded', refunded: 10_000n });
    expect(await balance()).toBe(0n);
    await expect(
      services.refunds.create(asStaff(scene, today), pix.id, { reason: 'De novo', becomes: 'credited' }),
    ).rejects.toMatchObject({ code: 'refund_exceeds_payment' });
  });

  it('so that it is owed again where staff say so', async () => {
    const { id, pix } = await paid();
    await services.refunds.create(asStaff(scene, today), pix.id, { reason: 'Pagou por engano', becomes: 'owed' });
    await work(services, system);
    expect(await invoiceNow(id)).toMatchObject({ state: 'open', owed: 10_000n });
    expect(await balance()).toBe(10_000n);
  });

  it('of credit that was left takes nothing from the invoice', async () => {
    const { id } = await invoice(5_000n);
    const boleto = await ask([id], 'boleto');
    await pay(boleto, { amount: 8_000n });
    expect(await balance()).toBe(-3_000n);
    await expect(
      services.refunds.create(asStaff(scene, today), boleto.id, {
        amount: 3_000n,
        reason: 'A mais',
        becomes: 'credited',
      }),
    ).rejects.toMatchObject({ code: 'refund_not_possible' });
  });

  it('no more than came, though two ask at once', async () => {
    const { pix } = await paid();
    const asked = await Promise.allSettled(
      [6_000n, 6_000n, 6_000n].map((amount) =>
        services.refunds.create(asStaff(scene, today), pix.id, { amount, reason: 'Duas vezes', becomes: 'owed' }),
      ),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await work(services, system);
    expect(await balance()).toBe(6_000n);
  });

  it('and is not given back where the bank refuses', async () => {
    const { id, pix } = await paid();
    await services.bank.setFaults(account, { refusesRefunds: true });
    await services.refunds.create(asStaff(scene, today), pix.id, { reason: 'Acordo', becomes: 'credited' });
    await work(services, system);
    expect(await services.refunds.ofPayment(asStaff(scene, today), pix.id)).toMatchObject([{ state: 'failed' }]);
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid' });
    expect((await paymentNow(pix.id)).givenBack).toEqual([]);
  });

  it('by a chargeback that is lost is owed again, and one that is won changes nothing', async () => {
    const [lost, won] = [await paid(), await paid()];
    for (const { pix } of [lost, won])
      await deliver(services, account, await services.bank.dispute(account, pix.gatewayId!));
    await work(services, system);
    expect(await balance()).toBe(0n);
    await deliver(services, account, await services.bank.endDispute(account, lost.pix.gatewayId!, 'lost'));
    await deliver(services, account, await services.bank.endDispute(account, won.pix.gatewayId!, 'won'));
    await work(services, system);
    expect(await invoiceNow(lost.id)).toMatchObject({ state: 'open', owed: 10_000n });
    expect(await invoiceNow(won.id)).toMatchObject({ state: 'paid' });
    expect(await balance()).toBe(10_000n);
  });
});

describe('an answer that is lost', () => {
  it.each(['lost_before', 'lost_after', 'error_after', 'conflict'] as const)(
    'does not lose the payment, nor makes a second one: %s',
    async (answers) => {
      const { id } = await invoice();
      await services.bank.setFaults(account, { answers, times: 1, call: 'create' });
      const pix = await ask([id]);
      expect(['unknown', 'failed']).toContain(pix.state);
      // Ten minutes later what the gateway does not know was never asked for.
      await test.owner.query("update payments set called_at = called_at - interval '11 minutes' where id = $1", [
        pix.id,
      ]);
      await services.runner.ask(system, pix.id);
      const now = await paymentNow(pix.id);
      const { rows } = await test.owner.query('select from sandbox_payments where payment_id = $1', [pix.id]);
      expect(now.state).toBe(rows.length === 1 ? 'pending' : 'failed');
      expect(rows.length).toBeLessThanOrEqual(1);
      if (now.state === 'pending') {
        await pay(now);
        expect(await invoiceNow(id)).toMatchObject({ state: 'paid' });
      } else expect((await ask([id])).state).toBe('pending');
    },
  );

  it('of a refund gives it back once', async () => {
    const { id } = await invoice();
    const pix = await ask([id]);
    await pay(pix);
    await services.bank.setFaults(account, { answers: 'lost_after', times: 1, call: 'refund' });
    const refundId = await services.refunds.create(asStaff(scene, today), pix.id, {
      reason: 'Acordo',
      becomes: 'credited',
    });
    await work(services, system);
    await services.refunds.ask(system, refundId);
    await work(services, system);
    expect(await services.refunds.ofPayment(asStaff(scene, today), pix.id)).toMatchObject([{ state: 'succeeded' }]);
    expect(await balance()).toBe(0n);
    const { rows } = await test.owner.query(
      'select jsonb_array_length(refunds) as n from sandbox_payments where payment_id = $1',
      [pix.id],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });
});

describe('an event', () => {
  it('that nobody signed is refused, and leaves nothing', async () => {
    const { id } = await invoice();
    const pix = await ask([id]);
    const [event] = await services.bank.pay(account, pix.gatewayId!);
    const forged = Buffer.from(event!.raw.toString().replace('succeeded', 'canceled'));
    await expect(services.gatewayEvents.receive(account.id, forged, event!.headers)).rejects.toMatchObject({
      code: 'event_unproved',
    });
    await expect(services.gatewayEvents.receive(account.id, event!.raw, {})).rejects.toMatchObject({
      code: 'event_unproved',
    });
    await expect(services.gatewayEvents.receive(scene.padaria, event!.raw, event!.headers)).rejects.toMatchObject({
      code: 'not_found',
    });
    const { rows } = await test.owner.query('select from gateway_events where organization_id = $1', [
      scene.organizationId,
    ]);
    expect(rows).toHaveLength(0);
  });

  it('of a hundred copies at once posts one payment', async () => {
    const { id } = await invoice();
    const pix = await ask([id]);
    const [event] = await services.bank.pay(account, pix.gatewayId!);
    await Promise.all(Array.from({ length: 20 }, () => deliver(services, account, [event!])));
    await work(services, system);
    await Promise.all(Array.from({ length: 10 }, () => services.runner.ask(system, pix.id)));
    expect(await balance()).toBe(0n);
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid' });
  });
});
