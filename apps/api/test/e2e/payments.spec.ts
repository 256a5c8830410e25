import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, dayAt } from '@balcao/money';
import { idOf } from '../support/ids.js';
import { connectSandbox, workPayments } from '../support/payment-work.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const PAYMENTS = '/api/v1/portal/payments';
/** For whoever holds a payment's name, at the organization's address: no sign-in says whose it is. */
const BANK = '/o/aurora/api/v1/portal/sandbox-bank';
const today = dayAt(new Date(), 'America/Sao_Paulo');
const reais = (amount: number) => ({ amount, currency: 'BRL' });

let api: TestApp;
let staff: Visitor;
let ana: Visitor;
let bruno: Visitor;
beforeAll(async () => {
  api = await startTestApp();
});
beforeEach(async () => {
  await api.reset();
  staff = await api.signIn('staff', 'billing@aurora.example');
  ana = await api.signIn('portal', 'ana@padaria.example');
  await connectSandbox(api);
});
afterAll(() => api.close());

/** An opened invoice of 489.90. */
async function invoice(more: object = {}, customer = 'padaria'): Promise<string> {
  const { body } = await staff
    .post('/api/v1/admin/invoices', {
      billingAccountId: idOf(`account:${customer}`),
      title: 'Mensalidade de novembro',
      dueOn: addDays(today, 10),
      lines: [{ description: 'Fibra Empresarial 600', quantity: '1', unitPrice: 48_990 }],
      ...more,
    })
    .expect(201);
  const { id, version } = body.invoice as { id: string; version: number };
  await staff.post(`/api/v1/admin/invoices/${id}/open`, { version }).expect(200);
  return id;
}
/** The same, due so many days ago: 2 % once, 1 % a month. */
async function lateInvoice(days: number): Promise<string> {
  const id = await invoice({ finePercent: '2', interestPercent: '1', allowsPartial: true });
  await api.owner.query('update invoices set due_on = $2, payable_until = $2 where id = $1', [
    id,
    addDays(today, -days),
  ]);
  return id;
}
interface Paying {
  id: string;
  status: string;
  pixCode: string | null;
  reference: string;
  withdrawnFor: string | null;
  amount: { amount: number };
}
const ask = async (more: object, who = ana): Promise<Paying> => {
  const { body } = await who.post(PAYMENTS, { method: 'pix', ...more }).expect(201);
  await workPayments(api);
  return look((body.payment as Paying).id, who);
};
const look = async (id: string, who = ana): Promise<Paying & Record<string, unknown>> =>
  (await who.get(`${PAYMENTS}/${id}`).expect(200)).body.payment;
const offerOf = async (...ids: string[]) =>
  (await ana.get(`${PAYMENTS}/offer?invoiceIds=${ids.join(',')}`).expect(200)).body;
const play = async ({ reference }: Paying, deed: string, body?: object) => {
  await ana.post(`${BANK}/${reference}/${deed}`, body).expect(200);
  await workPayments(api);
};

describe('S0.3 an offer', () => {
  it('says what each invoice costs today and tomorrow, to the cent, and how it can be paid', async () => {
    const [first, late] = [await invoice(), await lateInvoice(24)];
    const offer = await offerOf(first, late);
    expect(offer).toMatchObject({
      total: reais(48_990 + 48_990 + 980 + 392),
      tomorrow: reais(48_990 + 48_990 + 980 + 408),
      allowsPartial: false,
      open: [],
    });
    expect(offer.invoices).toMatchObject([
      { invoiceId: first, fine: reais(0), interest: reais(0), lateDays: 0, total: reais(48_990) },
      { invoiceId: late, fine: reais(980), interest: reais(392), lateDays: 24, tomorrow: reais(48_990 + 980 + 408) },
    ]);
    expect(offer.ways.map(({ method, isTest }: { method: string; isTest: boolean }) => [method, isTest])).toEqual([
      ['pix', true],
      ['boleto', true],
      ['card', true],
    ]);
  });

  it.each([
    ['an invoice of another account', async () => [await invoice(), await invoice({}, 'oficina')], 'invoiceIds.1'],
    ['one that is still written', () => Promise.resolve([idOf('invoice:padaria-draft')]), 'invoiceIds.0'],
    ['one of another organization', () => Promise.resolve([idOf('invoice:mercado')]), 'invoiceIds.0'],
  ])('is refused with %s', async (_what, ids, path) => {
    const named = await ids();
    for (const request of [
      ana.get(`${PAYMENTS}/offer?invoiceIds=${named.join(',')}`),
      ana.post(PAYMENTS, { method: 'pix', invoiceIds: named }),
    ]) {
      const { body } = await request.expect(400);
      expect(body.errors).toEqual([expect.objectContaining({ path, code: 'exists' })]);
    }
  });

  it.each([
    ['none', ''],
    ['no id', 'x'],
    ['an empty one', `${idOf('invoice:padaria')},`],
    ['more than fifty', Array(51).fill(idOf('invoice:padaria')).join(',')],
    ['one twice', Array(2).fill(idOf('invoice:padaria')).join(',')],
  ])('is refused for %s', async (_what, ids) => {
    await refusal(ana.get(`${PAYMENTS}/offer?invoiceIds=${ids}`), 400, 'validation_failed');
  });
});

describe('S0.50 a PIX code', () => {
  it('is on its way, payable, paid once the bank says so, and receipted line by line', async () => {
    const id = await lateInvoice(24);
    const { body } = await ana.post(PAYMENTS, { method: 'pix', invoiceIds: [id] }).expect(201);
    expect(body.payment).toMatchObject({ status: 'preparing', pixCode: null, isTest: true });
    await workPayments(api);
    const payment = await look(body.payment.id);
    expect(payment).toMatchObject({ status: 'payable', amount: reais(50_362), received: reais(0), paid: [] });
    expect(payment.pixCode).toMatch(/^000201.*6304[0-9A-F]{4}$/);
    expect((await offerOf(id)).open).toMatchObject([{ id: payment.id, status: 'payable' }]);
    await play(payment, 'pay');
    expect(await look(payment.id)).toMatchObject({
      status: 'paid',
      pixCode: null,
      received: reais(50_362),
      receivedOn: today,
      paid: [{ invoiceId: id, principal: reais(48_990), charges: reais(1_372), owed: reais(0) }],
      credit: reais(0),
    });
    const { body: read } = await ana.get(`/api/v1/portal/invoices/${id}`).expect(200);
    expect(read.invoice).toMatchObject({ status: 'paid', owed: reais(0) });
    const { body: ofInvoice } = await staff.get(`/api/v1/admin/payments?invoiceId=${id}`).expect(200);
    expect(ofInvoice.data).toMatchObject([{ id: payment.id, state: 'succeeded' }]);
    const other = await staff.get(`/api/v1/admin/payments?invoiceId=${await invoice()}`).expect(200);
    expect(other.body.data).toEqual([]);
  });

  it('is the same for two who ask at once, for a second tab, and for the same key', async () => {
    const invoiceIds = [await invoice()];
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => ana.post(PAYMENTS, { method: 'pix', invoiceIds }).expect(201)),
    );
    const [first] = answers;
    expect(new Set(answers.map(({ body }) => body.payment.id)).size).toBe(1);
    await workPayments(api);
    const again = await ask({ invoiceIds });
    expect(again.id).toBe(first!.body.payment.id);
    const keyed = ana.with({ headers: { 'idempotency-key': 'pay-0001' } });
    const [one, other] = [
      await keyed.post(PAYMENTS, { method: 'pix', invoiceIds, anew: true }).expect(201),
      await keyed.post(PAYMENTS, { method: 'pix', invoiceIds, anew: true }).expect(201),
    ];
    expect(one.body).toEqual(other.body);
    expect(one.body.payment.id).not.toBe(again.id);
    expect(await api.rows('select 1 from payments where created_by_id = $1', idOf('user:ana'))).toHaveLength(2);
  });

  it('that is asked for anew takes the place of the one before, which counts if it is paid all the same', async () => {
    const invoiceIds = [await invoice()];
    const first = await ask({ invoiceIds });
    const second = await ask({ invoiceIds, anew: true });
    expect(second).toMatchObject({ status: 'payable' });
    expect(await look(first.id)).toMatchObject({
      status: 'withdrawn',
      withdrawnFor: 'replaced',
      replacedById: second.id,
      pixCode: null,
    });
    const { body } = await ana.get(`/api/v1/portal/invoices/${invoiceIds[0]!}/payments`).expect(200);
    expect(body.data.map(({ id, status }: Paying) => [id, status])).toEqual([
      [second.id, 'payable'],
      [first.id, 'withdrawn'],
    ]);
    await play(first, 'pay');
    expect(await look(first.id)).toMatchObject({ status: 'paid', paid: [{ principal: reais(48_990) }] });
    expect(await look(second.id)).toMatchObject({ status: 'withdrawn', withdrawnFor: 'settled' });
    await play(second, 'pay');
    expect(await look(second.id)).toMatchObject({ status: 'paid', paid: [], credit: reais(48_990) });
  });

  it('ends when its time is over, when the bank declines, when another amount is owed, and when nothing is', async () => {
    const id = await invoice();
    const expired = await ask({ invoiceIds: [id] });
    await play(expired, 'expire');
    expect(await look(expired.id)).toMatchObject({ status: 'expired', pixCode: null });
    const card = await ask({ invoiceIds: [id], method: 'card' });
    expect(card).toMatchObject({ status: 'payable', pageUrl: expect.stringContaining('/portal/sandbox-bank/') });
    await play(card, 'decline', { failure: 'insufficient_funds' });
    expect(await look(card.id)).toMatchObject({ status: 'failed', failure: 'insufficient_funds', pageUrl: null });
    const changed = await ask({ invoiceIds: [id] });
    await staff.post(`/api/v1/admin/invoices/${id}/credit-notes`, { amount: 1_000, reason: 'Falha' }).expect(201);
    await workPayments(api);
    expect(await look(changed.id)).toMatchObject({ status: 'withdrawn', withdrawnFor: 'changed' });
    expect(await ask({ invoiceIds: [id] })).toMatchObject({ status: 'payable', amount: reais(47_990) });
  });

  it('by card through a link leads back to the link, and to nobody who has not asked for it', async () => {
    const id = await invoice();
    const links = `/api/v1/admin/invoices/${id}/payment-links`;
    const { id: linkId } = (await staff.post(links).expect(200)).body.paymentLink;
    const { url } = (await staff.get(`${links}/${linkId}/address`).expect(200)).body;
    const [page, token] = url.split('#token=') as [string, string];
    const holder = api.visitor('/o/aurora', { 'x-balcao-payment-link': token });
    const LINKED = '/api/v1/portal/payment-link';
    const offered = (await holder.get(`${LINKED}/offer`).expect(200)).body;
    expect(offered.ways.map(({ method }: { method: string }) => method)).toEqual(['pix', 'boleto', 'card']);
    const { payment } = (await holder.post(`${LINKED}/payments`, { method: 'card' }).expect(201)).body;
    await workPayments(api);
    const asked = async () => (await holder.get(`${LINKED}/payments/${payment.id}`).expect(200)).body.payment;
    const { pageUrl, reference } = await asked();
    expect(pageUrl).toContain(`/portal/sandbox-bank/${reference}`);
    // Who signs in has a page that leads back to there.
    expect((await offerOf(id)).open).toEqual([]);
    expect((await ask({ invoiceIds: [id], method: 'card' })).id).not.toBe(payment.id);
    const bank = api.visitor();
    const { body } = await bank.get(`${BANK}/${reference}`).expect(200);
    expect(body.payment.backUrl).toBe(`${page}?payment=${payment.id}`);
    expect(JSON.stringify(body)).not.toContain(token);
    await bank.post(`${BANK}/${reference}/pay`).expect(200);
    await workPayments(api);
    expect(await asked()).toMatchObject({ status: 'paid', pageUrl: null });
  });

  it('by boleto through a link has its PDF without a sign-in, and by that link no other’s', async () => {
    const [id, other] = [await invoice(), await invoice()];
    await api.owner.query(`update billing_accounts set address = $2 where id = $1`, [
      idOf('account:padaria'),
      JSON.stringify({
        ...{ street: 'Rua A', number: '1', complement: null, district: 'Centro' },
        ...{ city: 'Campinas', state: 'SP', postalCode: '13010000' },
      }),
    ]);
    const links = `/api/v1/admin/invoices/${id}/payment-links`;
    const { id: linkId } = (await staff.post(links).expect(200)).body.paymentLink;
    const { url } = (await staff.get(`${links}/${linkId}/address`).expect(200)).body;
    const holder = api.visitor('/o/aurora', { 'x-balcao-payment-link': url.split('#token=')[1] });
    const LINKED = '/api/v1/portal/payment-link/payments';
    const { payment } = (await holder.post(LINKED, { method: 'boleto' }).expect(201)).body;
    await refusal(holder.post(`${LINKED}/${payment.id}/boleto`), 409, 'payment_not_open');
    await workPayments(api);
    expect((await holder.get(`${LINKED}/${payment.id}/boleto`).expect(200)).body).toEqual({ document: null });
    expect((await holder.post(`${LINKED}/${payment.id}/boleto`).expect(200)).body).toEqual({ isReady: false });
    // One of another invoice, and one that pays another invoice as well.
    for (const invoiceIds of [[other], [id, other]]) {
      const slip = await ask({ invoiceIds, method: 'boleto' });
      await refusal(holder.get(`${LINKED}/${slip.id}/boleto`), 404, 'not_found');
      await refusal(holder.post(`${LINKED}/${slip.id}/boleto`), 404, 'not_found');
    }
    const nobody = api.visitor('/o/aurora', { 'x-balcao-payment-link': 'x' });
    await refusal(nobody.get(`${LINKED}/${payment.id}/boleto`), 404, 'payment_link_unknown');
  });

  it('may be of a part where the invoice allows it, and what comes too much is credit', async () => {
    const whole = await invoice();
    const part = { method: 'pix', amount: 10_000 };
    await refusal(ana.post(PAYMENTS, { ...part, invoiceIds: [whole] }), 409, 'partial_payment_not_allowed');
    const id = await invoice({ allowsPartial: true });
    await refusal(ana.post(PAYMENTS, { ...part, invoiceIds: [id, whole] }), 409, 'partial_payment_not_allowed');
    const { body } = await ana.post(PAYMENTS, { ...part, amount: 48_991, invoiceIds: [id] }).expect(400);
    expect(body.errors).toEqual([expect.objectContaining({ path: 'amount', code: 'max' })]);
    const payment = await ask({ ...part, invoiceIds: [id] });
    expect(payment.amount).toEqual(reais(10_000));
    await play(payment, 'pay', { amount: 50_000 });
    expect(await look(payment.id)).toMatchObject({
      received: reais(50_000),
      paid: [{ principal: reais(48_990), owed: reais(0) }],
      credit: reais(1_010),
    });
    await refusal(ana.post(PAYMENTS, { method: 'pix', invoiceIds: [id] }), 409, 'invoice_not_owed');
  });

  it('is refused by a portal that does not take it', async () => {
    const invoiceIds = [await invoice()];
    await api.owner.query('delete from gateway_routes where method = $1', ['pix']);
    expect((await offerOf(...invoiceIds)).ways).toHaveLength(2);
    await refusal(ana.post(PAYMENTS, { method: 'pix', invoiceIds }), 409, 'payment_method_unavailable');
  });
});

describe('a receipt', () => {
  it('is there as a document once money has come, and asked for where it was not made yet', async () => {
    const payment = await ask({ invoiceIds: [await invoice()] });
    const document = `${PAYMENTS}/${payment.id}/document`;
    expect((await ana.get(document).expect(200)).body).toEqual({ document: null });
    await refusal(ana.post(document, {}), 409, 'payment_not_paid');
    await play(payment, 'pay');
    expect((await ana.get(`${document}?locale=en-US`).expect(200)).body).toEqual({ document: null });
    expect((await ana.post(document, {}).expect(200)).body).toEqual({ isReady: false });
    expect(
      await api.rows(`select payload from outbox where job = 'payments.render-receipt' and status = 'pending'`),
    ).toEqual([{ payload: { paymentId: payment.id } }]);
  });
});

describe('S0.49 a boleto', () => {
  it('has its line and its bars, and says who lacks what a bank demands', async () => {
    const invoiceIds = [await invoice()];
    await api.owner.query(`update billing_accounts set address = null where id = $1`, [idOf('account:padaria')]);
    expect(await ask({ invoiceIds, method: 'boleto' })).toMatchObject({
      status: 'failed',
      failure: 'payer_incomplete',
    });
    await api.owner.query(`update billing_accounts set address = $2 where id = $1`, [
      idOf('account:padaria'),
      JSON.stringify({
        ...{ street: 'Rua A', number: '1', complement: null, district: 'Centro' },
        ...{ city: 'Campinas', state: 'SP', postalCode: '13010000' },
      }),
    ]);
    const slip = await ask({ invoiceIds, method: 'boleto' });
    expect(slip).toMatchObject({
      status: 'payable',
      boleto: {
        line: expect.stringMatching(/^\d{47}$/),
        barcode: expect.stringMatching(/^\d{44}$/),
        dueOn: addDays(today, 10),
      },
    });
    const file = `${PAYMENTS}/${slip.id}/boleto`;
    expect((await ana.get(`${file}?locale=en-US`).expect(200)).body).toEqual({ document: null });
    expect((await ana.post(file, {}).expect(200)).body).toEqual({ isReady: false });
    expect(
      await api.rows(`select payload from outbox where job = 'payments.render-boleto' and status = 'pending'`),
    ).toEqual([{ payload: { paymentId: slip.id } }]);
    // Both count until one is paid.
    const code = await ask({ invoiceIds });
    expect((await offerOf(...invoiceIds)).open).toHaveLength(2);
    await play(code, 'pay');
    expect(await look(slip.id)).toMatchObject({ status: 'withdrawn', withdrawnFor: 'settled', boleto: null });
    // Nobody shall pay it any more, and what is no boleto has none.
    expect((await ana.get(file).expect(200)).body).toEqual({ document: null });
    await refusal(ana.post(file, {}), 409, 'payment_not_open');
    await refusal(ana.post(`${PAYMENTS}/${code.id}/boleto`, {}), 409, 'payment_not_open');
  });
});

describe('whoever may not pay', () => {
  it('is refused: by their role, for another account’s payment, and at another’s bank', async () => {
    const invoiceIds = [await invoice()];
    const payment = await ask({ invoiceIds });
    bruno = await api.signIn('portal', 'bruno@padaria.example');
    await refusal(bruno.post(PAYMENTS, { method: 'pix', invoiceIds }), 403, 'permission_denied');
    await refusal(bruno.get(`${PAYMENTS}/${payment.id}`), 403, 'permission_denied');
    const carla = await api.signIn('portal', 'carla@oficina.example');
    await refusal(carla.get(`${PAYMENTS}/${payment.id}`), 404, 'not_found');
    await refusal(carla.get(`${PAYMENTS}/${payment.id}/boleto`), 404, 'not_found');
    await refusal(bruno.get(`${PAYMENTS}/${payment.id}/boleto`), 403, 'permission_denied');
    const elsewhere = BANK.replace('aurora', 'boreal');
    await refusal(api.visitor().get(`${elsewhere}/${payment.reference}`), 404, 'not_found');
    await refusal(api.visitor().post(`${elsewhere}/${payment.reference}/pay`, {}), 404, 'not_found');
    await refusal(ana.get(`${BANK}/${payment.id}`), 404, 'not_found');
    expect(await look(payment.id)).toMatchObject({ status: 'payable' });
  });

  it('is told after sixty in an hour that it is too much', async () => {
    const invoiceIds = [await invoice()];
    const refused = [];
    for (let place = 0; place < 61; place++)
      refused.push((await ana.post(PAYMENTS, { method: 'pix', invoiceIds })).status);
    expect(refused.filter((status) => status === 201)).toHaveLength(60);
    expect(refused.at(-1)).toBe(429);
  });
});
