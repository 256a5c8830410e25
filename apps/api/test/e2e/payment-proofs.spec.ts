import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { dayAt } from '@balcao/money';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const today = dayAt(new Date(), 'America/Sao_Paulo');
/** The smallest PNG that is one. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let api: TestApp;
let staff: Visitor;
let ana: Visitor;
let invoiceId: string;
beforeAll(async () => {
  api = await startTestApp();
});
beforeEach(async () => {
  await api.reset();
  staff = await api.signIn('staff', 'billing@aurora.example');
  ana = await api.signIn('portal', 'ana@padaria.example');
  const draft = {
    billingAccountId: idOf('account:padaria'),
    title: 'Mensalidade de novembro',
    lines: [{ description: 'Fibra', quantity: '1', unitPrice: 48_990 }],
  };
  const { body } = await staff.post('/api/v1/admin/invoices', draft).expect(201);
  const { id, version } = body.invoice;
  await staff.post(`/api/v1/admin/invoices/${id}/open`, { version }).expect(200);
  invoiceId = id;
});
afterAll(() => api.close());

const proofs = () => `/api/v1/portal/invoices/${invoiceId}/proofs`;
const upload = (content = PNG, name = 'pago.png') =>
  ana.post(`${proofs()}?fileName=${name}`).attach('file', content, name);
async function sent(): Promise<string> {
  const { body } = await upload().expect(201);
  await ana.post(`${proofs()}/${body.proof.id}/send`, { paidOn: today }).expect(200);
  return body.proof.id;
}

it('a proof is sent, seen by staff as the picture that it is, and accepted: the invoice is paid', async () => {
  const id = await sent();
  const { body: queue } = await staff.get('/api/v1/admin/payment-proofs').expect(200);
  expect(queue.data.map((proof: { id: string }) => proof.id)).toContain(id);
  const { body } = await staff.get(`/api/v1/admin/payment-proofs/${id}/file`).expect(200);
  const file = await api.visitor().get(body.file.url).expect(200);
  expect(file.headers).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-disposition': "attachment; filename*=UTF-8''pago.png",
  });
  const payment = { amount: 48_990, method: 'pix', receivedOn: today };
  await staff.post(`/api/v1/admin/payment-proofs/${id}/accept`, payment).expect(200);
  await refusal(staff.post(`/api/v1/admin/payment-proofs/${id}/accept`, payment), 409, 'payment_proof_decided');
  const { body: seen } = await ana.get(`/api/v1/portal/invoices/${invoiceId}`).expect(200);
  expect(seen.invoice).toMatchObject({ status: 'paid', owed: { amount: 0 } });
});

it('what is no photo and no PDF is refused at its field, whatever it is called', async () => {
  const { body } = await upload(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'pago.png').expect(400);
  expect(JSON.stringify(body)).toContain('isProofFile');
});

it('a refused proof says why to its sender', async () => {
  const id = await sent();
  await staff.post(`/api/v1/admin/payment-proofs/${id}/refuse`, { reason: 'É de outra empresa.' }).expect(200);
  const { body } = await ana.get(proofs()).expect(200);
  expect(body).toMatchObject({ proofs: [{ id, status: 'refused', reason: 'É de outra empresa.' }], pauses: [] });
});

it('a dispute opens one ticket, which stands beside the invoice', async () => {
  const disputes = `/api/v1/portal/invoices/${invoiceId}/disputes`;
  const first = await ana.post(disputes, { reason: 'Não é isso' }).expect(201);
  const second = await ana.post(disputes, { reason: 'Não é isso' }).expect(201);
  expect([first.body.isNew, second.body.isNew]).toEqual([true, false]);
  expect(second.body.dispute.id).toBe(first.body.dispute.id);
  const { body: ticket } = await staff.get(`/api/v1/admin/tickets/${first.body.dispute.id}`).expect(200);
  expect(ticket.ticket.invoice).toMatchObject({ id: invoiceId });
  const { body: beside } = await staff.get(`/api/v1/admin/invoices/${invoiceId}/disputes`).expect(200);
  expect(beside.data).toHaveLength(1);
});
