import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, dayAt } from '@balcao/money';
import { idOf } from '../support/ids.js';
import { connectSandbox, workPayments } from '../support/payment-work.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const METHODS = '/api/v1/portal/payment-methods';
const SETUPS = '/api/v1/portal/payment-method-setups';
const CARDS = '/api/v1/portal/sandbox-cards';
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
  // The world's own cards are of no use: nobody has ever typed them.
  await api.rows('delete from collection_attempts');
  await api.rows('delete from collections');
  await api.rows('delete from payment_method_secrets');
  await api.rows('delete from payment_methods');
  await api.rows('delete from method_setups');
  staff = await api.signIn('staff', 'billing@aurora.example');
  ana = await api.signIn('portal', 'ana@padaria.example');
  await connectSandbox(api);
});
afterAll(() => api.close());

interface Setup {
  id: string;
  status: string;
  pageUrl: string | null;
  paymentMethodId: string | null;
}
const setupOf = async (id: string, who = ana): Promise<Setup> =>
  (await who.get(`${SETUPS}/${id}`).expect(200)).body.setup;
const listed = async (who = ana) => (await who.get(METHODS).expect(200)).body;

/** Adds a card on the page of the pretended service. @returns its id */
async function add(card = 'approved', who = ana): Promise<string> {
  const { body } = await who.post(SETUPS, {}).expect(201);
  await workPayments(api);
  const { pageUrl } = await setupOf(body.setup.id, who);
  const gatewayId = pageUrl!.split('/').at(-1)!;
  await who.post(`${CARDS}/${gatewayId}/save`, { card }).expect(200);
  await workPayments(api);
  return (await setupOf(body.setup.id, who)).paymentMethodId!;
}
/** An opened invoice of 489.90, due in so many days. */
async function invoice(days = 10): Promise<string> {
  const { body } = await staff
    .post('/api/v1/admin/invoices', {
      billingAccountId: idOf('account:padaria'),
      title: 'Mensalidade de novembro',
      dueOn: addDays(today, days),
      lines: [{ description: 'Fibra Empresarial 600', quantity: '1', unitPrice: 48_990 }],
    })
    .expect(201);
  const { id, version } = body.invoice as { id: string; version: number };
  await staff.post(`/api/v1/admin/invoices/${id}/open`, { version }).expect(200);
  await workPayments(api);
  return id;
}
const collectionsOf = async (id: string, who = ana) =>
  (await who.get(`/api/v1/portal/invoices/${id}/collections`).expect(200)).body.data;

describe('S0.7 a card', () => {
  it('is added on the page of the payment service, and no number of it is ever here', async () => {
    const { body } = await ana.post(SETUPS, {}).expect(201);
    expect(body.setup).toMatchObject({ status: 'preparing', pageUrl: null });
    await workPayments(api);
    const open = await setupOf(body.setup.id);
    expect(open.status).toBe('open');
    const gatewayId = open.pageUrl!.split('/').at(-1)!;
    expect((await ana.get(`${CARDS}/${gatewayId}`).expect(200)).body.setup).toMatchObject({
      status: 'pending',
      backUrl: expect.stringContaining(`/portal/payment-methods?setup=${body.setup.id}`) as unknown as string,
    });
    await refusal(ana.post(`${CARDS}/${gatewayId}/save`, { card: '4242424242424242' }), 400, 'validation_failed');
    await ana.post(`${CARDS}/${gatewayId}/save`, { card: 'approved' }).expect(200);
    await refusal(ana.post(`${CARDS}/${gatewayId}/save`, { card: 'approved' }), 409, 'conflict');
    await workPayments(api);
    expect((await setupOf(body.setup.id)).status).toBe('saved');
    const { methods, isAutomatic, canAdd, retryDays } = await listed();
    expect({ isAutomatic, canAdd, retryDays }).toEqual({ isAutomatic: false, canAdd: true, retryDays: [3, 5, 7] });
    expect(methods).toEqual([
      {
        id: expect.any(String) as unknown as string,
        brand: 'visa',
        lastFour: '4242',
        expiresMonth: 12,
        expiresYear: expect.any(Number) as unknown as number,
        validity: 'valid',
        isDefault: true,
        refusedFor: null,
        isTest: true,
        createdAt: expect.any(String) as unknown as string,
      },
    ]);
  });

  it('that its bank refuses is not saved', async () => {
    const { body } = await ana.post(SETUPS, {}).expect(201);
    await workPayments(api);
    const gatewayId = (await setupOf(body.setup.id)).pageUrl!.split('/').at(-1)!;
    await ana.post(`${CARDS}/${gatewayId}/refuse`).expect(200);
    await workPayments(api);
    expect(await setupOf(body.setup.id)).toMatchObject({ status: 'failed', paymentMethodId: null });
    expect((await listed()).methods).toEqual([]);
  });

  it('is of its account alone: nobody else sees, chooses or takes it away', async () => {
    const id = await add();
    const carla = await api.signIn('portal', 'carla@oficina.example');
    expect((await listed(carla)).methods).toEqual([]);
    await refusal(carla.post(`${METHODS}/${id}/make-default`), 404, 'not_found');
    await refusal(carla.delete(`${METHODS}/${id}`), 404, 'not_found');
    const own = await add('approved', carla);
    await refusal(carla.delete(`${METHODS}/${own}?replacementId=${id}`), 400, 'validation_failed');
    expect((await listed()).methods).toHaveLength(1);
  });

  it('is the default until another is chosen, and is taken away once another takes its place', async () => {
    const [first, second] = [await add(), await add('no_funds_later')];
    await ana.post(`${METHODS}/${second}/make-default`).expect(200);
    expect((await listed()).methods).toMatchObject([
      { id: second, isDefault: true },
      { id: first, isDefault: false },
    ]);
    await ana.patch(METHODS, { isAutomatic: true }).expect(200);
    await refusal(ana.delete(`${METHODS}/${second}`), 409, 'payment_method_in_use');
    await ana.delete(`${METHODS}/${second}?replacementId=${first}`).expect(200);
    await workPayments(api);
    expect((await listed()).methods).toMatchObject([{ id: first, isDefault: true }]);
    await refusal(ana.post(`${METHODS}/${second}/make-default`), 409, 'payment_method_removed');
    expect(await api.rows('select from payment_method_secrets')).toHaveLength(1);
  });

  it('that pays an invoice is saved where its payer wants that', async () => {
    const id = await invoice();
    const offer = await ana.get(`/api/v1/portal/payments/offer?invoiceIds=${id}`).expect(200);
    expect(offer.body.savesCards).toBe(true);
    const asked = { method: 'card', invoiceIds: [id], savesMethod: true };
    const { body } = await ana.post('/api/v1/portal/payments', asked).expect(201);
    await workPayments(api);
    const { reference } = (await ana.get(`/api/v1/portal/payments/${body.payment.id}`).expect(200)).body.payment;
    await ana.post(`/o/aurora/api/v1/portal/sandbox-bank/${reference}/pay`, {}).expect(200);
    await workPayments(api);
    expect((await listed()).methods).toHaveLength(1);
    await refusal(
      ana.post('/api/v1/portal/payments', { ...asked, method: 'pix', invoiceIds: [await invoice()] }),
      409,
      'saving_cards_unavailable',
    );
  });
});

describe('S0.7 an invoice', () => {
  it('is charged on its due date where the account wants that, and customer and staff see when', async () => {
    await add();
    await refusal(ana.patch(METHODS, { isAutomatic: 'yes' }), 400, 'validation_failed');
    await ana.patch(METHODS, { isAutomatic: true }).expect(200);
    const id = await invoice(10);
    expect(await collectionsOf(id)).toMatchObject([
      {
        status: 'scheduled',
        origin: 'automatic',
        nextOn: addDays(today, 10),
        lastOn: addDays(today, 25),
        then: 'nothing',
        owed: reais(48_990),
        card: { lastFour: '4242' },
        attempts: [],
      },
    ]);
    const { body } = await staff
      .get(`/api/v1/admin/billing-accounts/${idOf('account:padaria')}/collections`)
      .expect(200);
    expect(body.data).toMatchObject([{ invoiceId: id, status: 'scheduled' }]);
    await ana.patch(METHODS, { isAutomatic: false }).expect(200);
    await workPayments(api);
    expect(await collectionsOf(id)).toMatchObject([{ status: 'stopped' }]);
  });

  it('is charged at once where staff say so, tried again where the card does not pay, and stopped', async () => {
    const id = await invoice();
    const collect = `/api/v1/admin/invoices/${id}/collections`;
    await refusal(staff.post(collect), 409, 'payment_method_missing');
    await add('no_funds_later');
    await staff.post(collect).expect(201);
    await staff.post(collect).expect(201);
    await workPayments(api);
    const [failed] = await collectionsOf(id);
    expect(failed).toMatchObject({
      status: 'retrying',
      origin: 'staff',
      nextOn: addDays(today, 3),
      lastOn: addDays(today, 15),
      attempts: [{ number: 1, outcome: 'failed', failure: 'insufficient_funds', amount: reais(48_990) }],
    });
    await staff.post(`${collect}/stop`).expect(200);
    await staff.post(`${collect}/stop`).expect(200);
    expect(await collectionsOf(id)).toMatchObject([{ status: 'stopped' }]);
  });

  it('that waits for a card is charged as soon as another one is the default', async () => {
    await add('lost_later');
    const id = await invoice();
    await staff.post(`/api/v1/admin/invoices/${id}/collections`).expect(201);
    await workPayments(api);
    expect(await collectionsOf(id)).toMatchObject([{ status: 'needs_card', waitsUntil: addDays(today, 15) }]);
    expect((await listed()).methods).toMatchObject([{ refusedFor: 'lost_or_stolen' }]);
    const second = await add();
    await ana.post(`${METHODS}/${second}/make-default`).expect(200);
    await workPayments(api);
    expect(await collectionsOf(id)).toMatchObject([{ status: 'paid', attempts: [{}, { outcome: 'paid' }] }]);
    expect((await ana.get(`/api/v1/portal/invoices/${id}`).expect(200)).body.invoice.status).toBe('paid');
  });
});

describe('S0.7 the terms of tries', () => {
  it('are the organization’s, and days may repeat', async () => {
    const { billingSettings } = (await staff.get('/api/v1/admin/billing-settings').expect(200)).body;
    expect(billingSettings).toMatchObject({ collectionRetryDays: [3, 5, 7], collectionEnd: 'nothing' });
    const change = (more: object) =>
      staff.patch('/api/v1/admin/billing-settings', { version: billingSettings.version, ...more });
    await refusal(change({ collectionRetryDays: [0] }), 400, 'validation_failed');
    await refusal(change({ collectionRetryDays: [1, 1, 1, 1, 1, 1, 1, 1] }), 400, 'validation_failed');
    await refusal(change({ collectionEnd: 'forget' }), 400, 'validation_failed');
    await change({ collectionRetryDays: [2, 2], collectionEnd: 'pause', collectionNoticeDays: 0 }).expect(200);
    expect((await listed()).retryDays).toEqual([2, 2]);
  });
});
