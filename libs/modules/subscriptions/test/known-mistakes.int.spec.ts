import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Day } from '@balcao/money';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BILLING_ENTITIES } from '../../billing/src/persistence/billing.entities.js';
import { asCustomer, createBillingScene, type BillingScene } from '../../billing/test/factories.js';
import { addCard, connectSandbox, paymentServices, type PaymentServices } from '../../payments/test/factories.js';
import type { SubscriptionWish } from '../src/subscription-creation.service.js';
import { deskOf, sell, subscriptionServices, type SubscriptionServices } from './factories.js';

/** What other products have got wrong with subscriptions, as their issues tell: each beside its source. */
const START = '2026-11-10';
let test: TestDatabase;
let services: SubscriptionServices;
let payments: PaymentServices;
let scene: BillingScene;
let fibra300: string;
let fibra600: string;
let today: Day = START;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = subscriptionServices(test);
  payments = paymentServices(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
  today = START;
  await services.billing.settings.update(staff(), { finePercent: '0', interestPercent: '0', version: 1 });
  fibra300 = await sell(services, staff(), 'Fibra 300', 10_000n, { family: 'Fibra' });
  fibra600 = await sell(services, staff(), 'Fibra 600', 15_000n, { family: 'Fibra' });
});

const { staff, customer, system, get, invoicesOf } = deskOf(() => ({ services, scene, today }));
const begin = (more: Partial<SubscriptionWish> = {}) =>
  services.creation.create(staff(), { billingAccountId: scene.padaria, items: [{ priceId: fibra300 }], ...more });
const deposit = (amount: bigint) =>
  services.billing.credits.deposit(staff(), { billingAccountId: scene.padaria, amount, method: 'pix' });
const atPeriodEnd = (id: string) => services.ends.cancel(staff(), id, { when: 'period_end', reason: 'moving' });

async function goTo(day: Day): Promise<void> {
  today = day;
  await services.runner.runDue(system());
}

async function wish(id: string, priceId: string) {
  return (await get(id)).items.map((item) => ({ id: item.id, priceId }));
}

describe('mistakes of others', () => {
  it('gitpod#734, fxa#13755: two tabs, or two people, take up an ended one at once, and it is paid for once', async () => {
    const id = await begin();
    await services.ends.cancel(staff(), id, { when: 'now' });
    today = '2026-11-12';
    const { token } = await services.portal.restartQuote(customer(), id);
    const restarts = await Promise.allSettled([1, 2, 3].map(() => services.portal.restart(customer(), id, token)));
    expect(restarts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(services.portal.restart(customer(), id, token)).rejects.toMatchObject({ code: 'subscription_state' });
    await expect(services.portal.restartQuote(customer(), id)).rejects.toMatchObject({ code: 'subscription_state' });
    const { rows } = await test.owner.query('select from subscriptions where follows_id = $1', [id]);
    expect(rows).toHaveLength(1);
  });

  it('compressor#1227: what pauses and then ends does not come back in between, for a period that it is not there for', async () => {
    const id = await begin();
    await deposit(10_000n);
    await services.pauses.pause(staff(), id, { startsOn: '2026-11-20', resumesOn: '2026-11-25' });
    await atPeriodEnd(id);
    expect((await get(id)).nextCharge).toBeNull();
    await goTo('2026-11-26');
    expect(await get(id)).toMatchObject({ state: 'paused', nextCharge: null });
    await expect(services.pauses.resumeQuote(staff(), id)).rejects.toMatchObject({ code: 'subscription_state' });
    await expect(services.pauses.resume(staff(), id)).rejects.toMatchObject({ code: 'subscription_state' });
    await goTo('2026-12-10');
    expect(await get(id)).toMatchObject({ state: 'canceled', endedOn: '2026-12-10' });
    expect(await invoicesOf(id)).toHaveLength(1);
  });

  it('compressor#1227: whoever takes the end back finds the pause as it was planned, and comes back at a price that is shown', async () => {
    const id = await begin();
    await deposit(20_000n);
    await services.pauses.pause(staff(), id, { startsOn: '2026-11-20', resumesOn: '2026-11-25' });
    await atPeriodEnd(id);
    await goTo('2026-11-21');
    await services.ends.undo(staff(), id);
    expect(await get(id)).toMatchObject({ state: 'paused', resumeOn: '2026-11-25', nextCharge: { on: '2026-11-25' } });
    await goTo('2026-11-25');
    expect(await get(id)).toMatchObject({ state: 'active', currentEndsOn: '2026-12-25' });

    const late = await begin();
    await services.pauses.pause(staff(), late, { startsOn: '2026-11-26', resumesOn: '2026-11-28' });
    await atPeriodEnd(late);
    await goTo('2026-12-01');
    await services.ends.undo(staff(), late);
    expect(await get(late)).toMatchObject({ state: 'paused', resumeOn: null });
    const { token, total } = await services.pauses.resumeQuote(staff(), late);
    await services.pauses.resume(staff(), late, token);
    expect((await invoicesOf(late))[0]).toMatchObject({ total, openedOn: '2026-12-01' });
  });

  it('compressor#1227: nor does one that was paused unpaid, once it is paid', async () => {
    await services.settings.update(staff(), { pastDueAction: 'pause', pastDueDays: 1, version: 1 });
    const id = await begin({ dueDays: 1 });
    await atPeriodEnd(id);
    await goTo('2026-11-13');
    await services.pastDue.run(system());
    await goTo('2026-11-16');
    await services.pastDue.run(system());
    expect(await get(id)).toMatchObject({ state: 'paused', pausedFor: 'unpaid', cancelOn: '2026-12-10' });
    await deposit(10_000n);
    const [invoice] = await invoicesOf(id);
    await test.database.transaction(system(), (db) => services.pastDue.follow(db, system(), invoice!.id));
    expect(await get(id)).toMatchObject({ state: 'paused', pausedFor: 'wish' });
    await goTo('2026-12-10');
    expect(await get(id)).toMatchObject({ state: 'canceled' });
    expect(await invoicesOf(id)).toHaveLength(1);
  });

  it('payola#312: nothing is planned for a period that does not come, and nothing pauses what is to end', async () => {
    const id = await begin();
    await atPeriodEnd(id);
    const items = await wish(id, fibra600);
    expect(await services.changes.quote(staff(), id, items)).toMatchObject({ now: { due: 5_000n }, periodEnd: null });
    const later = services.changes.change(staff(), id, { items, when: 'period_end' });
    await expect(later).rejects.toMatchObject({ code: 'subscription_state' });
    const days = { startsOn: '2026-11-20', resumesOn: '2026-11-25' };
    await expect(services.pauses.pause(staff(), id, days)).rejects.toMatchObject({ code: 'subscription_state' });
    await services.ends.undo(staff(), id);
    expect((await services.changes.quote(staff(), id, items)).periodEnd).toMatchObject({ on: '2026-12-10' });
  });

  it('woocommerce-payments#7457, opencollective#1894: a card that a subscription charges is not taken away unnoticed', async () => {
    const account = await connectSandbox(payments, system());
    const payer = asCustomer(scene, today, ['invoices:read', 'payments:create', 'payment_methods:manage']);
    const add = () => addCard(payments, account, payer, system());
    const listed = () => payments.methods.list(payer, scene.padaria);
    const first = await add();
    const second = await add();
    expect(await listed()).toMatchObject({ isAutomatic: false, renewals: 0 });
    const id = await begin({ startsOn: '2026-11-20', collection: 'automatic' });
    expect(await listed()).toMatchObject({ isAutomatic: false, renewals: 1 });
    await expect(payments.methods.remove(payer, first.id)).rejects.toMatchObject({ code: 'payment_method_in_use' });
    await payments.methods.remove(payer, first.id, second.id);
    // The last one may go: then its invoices are paid by whoever reads them, as the page says before.
    await payments.methods.remove(payer, second.id);
    expect(await listed()).toMatchObject({ methods: [], renewals: 1 });
    await services.ends.cancel(staff(), id, { when: 'now' });
    expect(await listed()).toMatchObject({ renewals: 0 });
  });

  it('polar#10664: what began on the 31st ends each month on its last day, and is back on the 31st', async () => {
    today = '2027-01-31';
    const id = await begin();
    for (const day of ['2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31']) await goTo(day);
    const periods = await services.reader.periods(staff(), id);
    expect(periods.map(({ startsOn }) => startsOn).toReversed()).toEqual([
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
      '2027-05-31',
    ]);
  });

  it('habitica#8721: cancelled twice, it ends when it was said to, and not before', async () => {
    const id = await begin();
    await deposit(10_000n);
    await Promise.all([atPeriodEnd(id), atPeriodEnd(id)]);
    expect(await get(id)).toMatchObject({ state: 'active', cancelOn: '2026-12-10' });
    await goTo('2026-12-09');
    expect((await get(id)).state).toBe('active');
  });

  it('lago#212: whoever has not paid gets nothing back but what they do not owe any more', async () => {
    const id = await begin();
    today = '2026-11-25';
    await services.ends.cancel(staff(), id, { when: 'now', credits: true });
    // Sixteen days of thirty, that of the end among them.
    expect(await invoicesOf(id)).toMatchObject([{ total: 10_000n, owed: 5_333n }]);
    const { rows } = await test.owner.query<{ balance: string }>(
      'select balance::text as balance from ledger_accounts where organization_id = $1 and billing_account_id = $2',
      [scene.organizationId, scene.padaria],
    );
    expect(rows).toEqual([{ balance: '5333' }]);
  });

  it('polar#10725, polar#8198: a trial brings in nothing, and a discount of one period what is billed in it', async () => {
    const trial = await begin({ trialDays: 10 });
    expect(await get(trial)).toMatchObject({ state: 'trialing', monthly: 0n });
    await goTo('2026-11-20');
    expect(await get(trial)).toMatchObject({ state: 'active', monthly: 10_000n });
  });

  it('better-auth#4539: whoever ends a trial and comes back has none any more', async () => {
    const withTrial = await sell(services, staff(), 'Fibra teste', 10_000n, { trialDays: 15 });
    const id = await begin({ items: [{ priceId: withTrial }] });
    expect((await get(id)).state).toBe('trialing');
    await services.ends.cancel(staff(), id, { when: 'now' });
    const quote = await services.portal.restartQuote(customer(), id);
    expect(quote).toMatchObject({ trialEndsOn: null, firstTotal: 10_000n });
  });

  it('laravel-cashier-mollie#79: another plan within a trial costs nothing, and its trial goes on', async () => {
    const withTrial = await sell(services, staff(), 'Fibra 100', 5_000n, { trialDays: 15 });
    const id = await begin({ items: [{ priceId: withTrial }] });
    for (const priceId of [fibra300, fibra600])
      await services.changes.change(staff(), id, { items: await wish(id, priceId), when: 'now' });
    expect(await get(id)).toMatchObject({ state: 'trialing', trialEndsOn: '2026-11-25' });
    await goTo('2026-11-25');
    expect((await invoicesOf(id)).map(({ total }) => total)).toEqual([15_000n]);
  });

  it('gumroad#6077: a second upgrade within a period takes off all that is left of the first', async () => {
    const giga = await sell(services, staff(), 'Fibra 1 Giga', 25_000n, { family: 'Fibra' });
    const id = await begin();
    await deposit(10_000n);
    today = '2026-11-25';
    await services.changes.change(staff(), id, { items: await wish(id, fibra600), when: 'now' });
    await deposit(2_500n);
    const { now } = await services.changes.quote(staff(), id, await wish(id, giga));
    expect(now).toMatchObject({ due: 5_000n });
  });
});
