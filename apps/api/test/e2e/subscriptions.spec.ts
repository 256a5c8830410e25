import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, dayAt } from '@balcao/money';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const PORTAL = '/api/v1/portal/subscriptions';
const ADMIN = '/api/v1/admin/subscriptions';
const today = dayAt(new Date(), 'America/Sao_Paulo');
const reais = (amount: number) => ({ amount, currency: 'BRL' });

let api: TestApp;
let staff: Visitor;
let ana: Visitor;
beforeAll(async () => {
  api = await startTestApp();
});
beforeEach(async () => {
  await api.reset();
  // What portals let customers do where nobody has said anything.
  await allow({});
  staff = await api.signIn('staff', 'billing@aurora.example');
  ana = await api.signIn('portal', 'ana@padaria.example');
});
afterAll(() => api.close());

/** A plan that customers may choose, a month. @returns its price's id */
async function sell(name: string, unitAmount: number): Promise<string> {
  const { body } = await staff.post('/api/v1/admin/plans', { name, family: 'Fibra', isOffered: true }).expect(201);
  const price = { model: 'flat', currency: 'BRL', unitAmount, cycle: { unit: 'month', every: 1 } };
  const { plan } = (await staff.post(`/api/v1/admin/plans/${body.plan.id}/prices`, price).expect(201)).body;
  return plan.prices[0].id as string;
}

async function begin(priceId: string, more: object = {}): Promise<string> {
  const wish = { billingAccountId: idOf('account:padaria'), items: [{ priceId }], ...more };
  return (await staff.post(ADMIN, wish).expect(201)).body.subscription.id as string;
}

const allow = (rules: object) =>
  api.owner.query("update portals set settings = settings || jsonb_build_object('subscriptions', $1::jsonb)", [
    JSON.stringify(rules),
  ]);

describe('a customer', () => {
  it('S0.4 sees a subscription, what it will ask for, and its invoices', async () => {
    const id = await begin(await sell('Fibra 300', 10_000));
    const { body } = await ana.get(PORTAL).expect(200);
    expect(body.data.map(({ id: each }: { id: string }) => each)).toContain(id);
    const { subscription } = (await ana.get(`${PORTAL}/${id}`).expect(200)).body;
    expect(subscription).toMatchObject({
      title: 'Fibra 300',
      state: 'active',
      recurringTotal: reais(10_000),
      nextCharge: { total: reais(10_000) },
      actions: ['change', 'cancel_at_period_end'],
    });
    const { data } = (await ana.get(`${PORTAL}/${id}/invoices`).expect(200)).body;
    expect(data).toMatchObject([{ total: reais(10_000), status: 'open' }]);
    const { invoice } = (await ana.get(`/api/v1/portal/invoices/${data[0].id}`).expect(200)).body;
    expect(invoice.subscription).toEqual({ id, number: subscription.number });
  });

  it('S0.4 B.19 changes it at the price that was shown, and drops the change while it is not paid', async () => {
    const [small, big] = [await sell('Fibra 300', 10_000), await sell('Fibra 600', 15_000)];
    const id = await begin(small);
    const { choices } = (await ana.get(`${PORTAL}/${id}/choices`).expect(200)).body;
    expect(choices.map(({ name }: { name: string }) => name)).toEqual(['Fibra 300', 'Fibra 600']);
    const { quote } = (await ana.get(`${PORTAL}/${id}/change?priceId=${big}`).expect(200)).body;
    expect(quote).toMatchObject({
      recurringBefore: reais(10_000),
      recurringAfter: reais(15_000),
      now: { due: reais(5_000) },
    });
    const wish = { priceId: big, when: 'now', token: quote.now.token };
    await refusal(ana.post(`${PORTAL}/${id}/change`, { ...wish, token: 'another' }), 409, 'subscription_price_changed');
    const { subscription } = (await ana.post(`${PORTAL}/${id}/change`, wish).expect(200)).body;
    expect(subscription).toMatchObject({ title: 'Fibra 600', unpaidChange: { due: reais(5_000) } });
    expect(subscription.actions).toContain('undo_change');
    const back = (await ana.delete(`${PORTAL}/${id}/change`).expect(200)).body.subscription;
    expect(back).toMatchObject({ title: 'Fibra 300', unpaidChange: null });
  });

  it('S0.5 pauses it and comes back, where the portal lets them', async () => {
    const id = await begin(await sell('Fibra 300', 10_000));
    const days = { startsOn: today, resumesOn: addDays(today, 30) };
    await refusal(ana.post(`${PORTAL}/${id}/pause`, { ...days, token: 'any' }), 403, 'subscription_action_not_allowed');
    await allow({ pause: true });
    const query = new URLSearchParams(days).toString();
    const { quote } = (await ana.get(`${PORTAL}/${id}/pause?${query}`).expect(200)).body;
    // All days of the period but today's, of 28 to 31.
    expect(quote).toMatchObject({ resumeTotal: reais(10_000) });
    expect(quote.credit.amount).toBeGreaterThanOrEqual(9_643);
    expect(quote.credit.amount).toBeLessThanOrEqual(9_677);
    const wish = { ...days, token: quote.token };
    const paused = (await ana.post(`${PORTAL}/${id}/pause`, wish).expect(200)).body.subscription;
    expect(paused).toMatchObject({ state: 'paused', resumeOn: days.resumesOn });
    const { token } = (await ana.get(`${PORTAL}/${id}/resumption`).expect(200)).body.quote;
    expect((await ana.post(`${PORTAL}/${id}/resumption`, { token }).expect(200)).body.subscription.state).toBe(
      'active',
    );
  });

  it('S0.5 overwrites no pause that was planned while they looked: neither they nor staff', async () => {
    await allow({ pause: true });
    const id = await begin(await sell('Fibra 300', 10_000));
    for (const [who, base] of [
      [ana, PORTAL],
      [staff, ADMIN],
    ] as const) {
      const wish = { startsOn: addDays(today, 5), resumesOn: addDays(today, 15) };
      const look = async () =>
        (await who.get(`${base}/${id}/pause?${new URLSearchParams(wish)}`).expect(200)).body.quote;
      const seen = await look();
      // In another window, meanwhile.
      const theirs = { startsOn: addDays(today, 8), resumesOn: addDays(today, 20) };
      const quoted = (await ana.get(`${PORTAL}/${id}/pause?${new URLSearchParams(theirs)}`).expect(200)).body.quote;
      await ana.post(`${PORTAL}/${id}/pause`, { ...theirs, token: quoted.token }).expect(200);

      const stale = { ...wish, token: seen.token };
      await refusal(who.post(`${base}/${id}/pause`, stale), 409, 'subscription_price_changed');
      const planned = { pauseOn: theirs.startsOn, resumeOn: theirs.resumesOn };
      expect((await who.get(`${base}/${id}`).expect(200)).body.subscription).toMatchObject(planned);
      // Who sees what it takes the place of moves it.
      const again = await look();
      expect([seen.replaces, again.replaces]).toEqual([null, theirs]);
      const moved = await who.post(`${base}/${id}/pause`, { ...wish, token: again.token }).expect(200);
      expect(moved.body.subscription).toMatchObject({ pauseOn: wish.startsOn, resumeOn: wish.resumesOn });
      await who.delete(`${base}/${id}/pause`).expect(200);
    }
  });

  it('S0.6 B.19 cancels it with a reason, undoes that, cancels it at once where that may be, and takes it up again', async () => {
    const id = await begin(await sell('Fibra 300', 10_000));
    const { quote } = (await ana.get(`${PORTAL}/${id}/cancellation?when=period_end&reason=moving`).expect(200)).body;
    expect(quote).toMatchObject({ recurring: reais(10_000), offer: null });
    const wish = { when: 'period_end', reason: 'moving', comment: 'Outra cidade', token: quote.token };
    const planned = (await ana.post(`${PORTAL}/${id}/cancellation`, wish).expect(200)).body.subscription;
    expect(planned).toMatchObject({ cancelOn: quote.endsOn, nextCharge: null });
    expect((await ana.delete(`${PORTAL}/${id}/cancellation`).expect(200)).body.subscription.cancelOn).toBeNull();
    await allow({ cancelNow: true });
    const now = (await ana.get(`${PORTAL}/${id}/cancellation?when=now`).expect(200)).body.quote;
    const ended = (await ana.post(`${PORTAL}/${id}/cancellation`, { when: 'now', token: now.token }).expect(200)).body;
    expect(ended.subscription).toMatchObject({ state: 'canceled', actions: ['restart'] });
    const again = (await ana.get(`${PORTAL}/${id}/restart`).expect(200)).body.quote;
    expect(again).toMatchObject({ firstTotal: reais(10_000) });
    const { subscription } = (await ana.post(`${PORTAL}/${id}/restart`, { token: again.token }).expect(201)).body;
    // Today is paid by the one that has ended: it begins tomorrow.
    expect(subscription).toMatchObject({ state: 'pending', follows: { id } });
    const { id: nextId, number } = subscription;
    const old = (await ana.get(`${PORTAL}/${id}`).expect(200)).body.subscription;
    expect(old).toMatchObject({ state: 'canceled', actions: [], followedBy: { id: nextId, number } });
    await refusal(ana.post(`${PORTAL}/${id}/restart`, { token: again.token }), 409, 'subscription_state');
  });
});

describe('staff', () => {
  it('S0.4 write down the reference of its customer, who reads it there and on each invoice', async () => {
    const priceId = await sell('Fibra 300', 10_000);
    const id = await begin(priceId, { reference: '  PC-1197 ' });
    const read = async () => (await ana.get(`${PORTAL}/${id}`).expect(200)).body.subscription;
    expect(await read()).toMatchObject({ reference: 'PC-1197' });
    const { data } = (await ana.get(`${PORTAL}/${id}/invoices`).expect(200)).body;
    const { invoice } = (await ana.get(`/api/v1/portal/invoices/${data[0].id}`).expect(200)).body;
    expect(invoice.purchaseOrder).toBe('PC-1197');
    let { version } = (await staff.get(`${ADMIN}/${id}`).expect(200)).body.subscription;
    for (const wrong of ['x'.repeat(101), '', 7])
      await refusal(staff.patch(`${ADMIN}/${id}`, { version, reference: wrong }), 400, 'validation_failed');
    const change = async (patch: object) => {
      const { subscription } = (await staff.patch(`${ADMIN}/${id}`, { version, ...patch }).expect(200)).body;
      version = subscription.version;
      return subscription.reference;
    };
    expect(await change({ reference: 'PO ✓ 2027' })).toBe('PO ✓ 2027');
    expect(await change({ dueDays: 7 })).toBe('PO ✓ 2027');
    expect(await change({ reference: null })).toBeNull();
    expect(await read()).toMatchObject({ reference: null });
    const wish = { billingAccountId: idOf('account:padaria'), items: [{ priceId }], reference: 'x'.repeat(101) };
    await refusal(staff.post(ADMIN, wish), 400, 'validation_failed');
  });

  it('see what is held, what was used, its periods, and what recurs by the month', async () => {
    const priceId = await sell('Fibra 300', 10_000);
    const { quote } = (await staff.post(`${ADMIN}/quote`, { items: [{ priceId }] }).expect(200)).body;
    expect(quote).toMatchObject({ firstTotal: reais(10_000), startsOn: today });
    const id = await begin(priceId);
    expect((await staff.get(`${ADMIN}/${id}/periods`).expect(200)).body.data).toMatchObject([
      { startsOn: today, kind: 'billed' },
    ]);
    expect((await staff.get(`${ADMIN}?heldFor=missed_periods`).expect(200)).body.data).toEqual([]);
    expect((await staff.get(`${ADMIN}/${id}/usage`).expect(200)).body.data).toEqual([]);
    const { body: revenue } = await staff.get('/api/v1/admin/reports/recurring-revenue?months=3').expect(200);
    // Those of the two customers of the world besides.
    expect(revenue.months.at(-1)).toMatchObject({ month: `${today.slice(0, 7)}-01`, closing: reais(30_000) });
    await refusal(staff.post(`${ADMIN}/${id}/release`, { how: 'skip' }), 409, 'subscription_state');
  });

  it('S0.4 give back, change terms and cancel, and nobody pays twice for one usage', async () => {
    const id = await begin(await sell('Fibra 300', 10_000));
    await staff.post(`${ADMIN}/${id}/credit`, { amount: 2_000, reason: 'Dois dias sem sinal' }).expect(200);
    await refusal(staff.post(`${ADMIN}/${id}/credit`, { amount: 9_000, reason: 'x' }), 409, 'credit_exceeds_invoice');
    const { version } = (await staff.get(`${ADMIN}/${id}`).expect(200)).body.subscription;
    const patched = (await staff.patch(`${ADMIN}/${id}`, { version, collection: 'automatic', dueDays: 7 }).expect(200))
      .body;
    expect(patched.subscription).toMatchObject({ collection: 'automatic', dueDays: 7 });
    await refusal(staff.patch(`${ADMIN}/${id}`, { version, dueDays: 8 }), 409, 'subscription_changed');
    const cancel = { when: 'now', reason: 'moving', credits: false };
    const { subscription } = (await staff.post(`${ADMIN}/${id}/cancellation`, cancel).expect(200)).body;
    expect(subscription).toMatchObject({ state: 'canceled', monthly: reais(0) });
  });

  it('keep plans and settings, one version after the other', async () => {
    const { plan } = (await staff.post('/api/v1/admin/plans', { name: 'Fibra 300' }).expect(201)).body;
    await refusal(staff.post('/api/v1/admin/plans', { name: 'fibra 300' }), 409, 'name_taken');
    const path = `/api/v1/admin/plans/${plan.id}`;
    const archived = (await staff.patch(path, { version: plan.version, isArchived: true }).expect(200)).body.plan;
    expect(archived.archivedAt).not.toBeNull();
    await refusal(staff.patch(path, { version: plan.version, name: 'x' }), 409, 'conflict');
    const settings = '/api/v1/admin/subscription-settings';
    const { version } = (await staff.get(settings).expect(200)).body.subscriptionSettings;
    const changed = (await staff.patch(settings, { version, pastDueAction: 'pause', offerPercent: '20' }).expect(200))
      .body;
    expect(changed.subscriptionSettings).toMatchObject({ pastDueAction: 'pause', offerPercent: '20', pastDueDays: 30 });
  });
});
