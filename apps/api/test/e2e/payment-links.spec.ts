import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SecondCopyHandler } from '@balcao/module-billing/worker';
import { systemClock, systemContext } from '@balcao/platform-tenancy';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const INVOICE = idOf('invoice:padaria');
const LINKS = `/api/v1/admin/invoices/${INVOICE}/payment-links`;
const OPEN = '/api/v1/portal/payment-link';
const CHECK = '/api/v1/portal/bill-check';
const COPY = '/api/v1/portal/second-copy';
const CPF = '390.533.447-05';
const CNPJ = '12.ABC.345/01DE-35';

let api: TestApp;
let staff: Visitor;
beforeAll(async () => {
  api = await startTestApp();
});
beforeEach(async () => {
  await api.reset();
  staff = await api.signIn('staff', 'billing@aurora.example');
});
afterAll(() => api.close());

interface Link {
  id: string;
  token: string;
}
async function newLink(links = LINKS): Promise<Link> {
  const { id } = (await staff.post(links).expect(200)).body.paymentLink;
  const { url } = (await staff.get(`${links}/${id}/address`).expect(200)).body;
  return { id, token: new URL(url).hash.replace('#token=', '') };
}
const holder = (token: string, base = '/o/aurora') => api.visitor(base, { 'x-balcao-payment-link': token });

describe('a payment link', () => {
  it('opens its one invoice without a sign-in, on two devices at once, as often as they like', async () => {
    const { token } = await newLink();
    const [one, other] = [holder(token), holder(token)];
    for (const visitor of [one, other, one]) {
      const { invoice } = (await visitor.get(OPEN).expect(200)).body;
      expect(invoice).toMatchObject({
        number: 'F-2026-padaria',
        status: 'overdue',
        owed: { amount: 5_000, currency: 'BRL' },
        billToName: 'padaria',
        lines: [{ description: 'Line of padaria' }],
      });
    }
  });

  it('is the same for whoever asks again, and opens nothing else of the customer', async () => {
    const [first, second] = [await newLink(), await newLink()];
    expect(second).toEqual(first);
    const answer = await holder(first.token).get(OPEN).expect(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    expect(answer.headers['x-robots-tag']).toBe('noindex');
    expect(answer.body.invoice.id).toBe(INVOICE);
    for (const secret of [idOf('account:padaria'), 'ana@', 'Person', 'oficina', 'staff', 'balance'])
      expect(JSON.stringify(answer.body)).not.toContain(secret);
    for (const path of ['/api/v1/portal/invoices', `/api/v1/portal/invoices/${INVOICE}`, '/api/v1/portal/auth/me'])
      await refusal(holder(first.token).get(path), 401, 'unauthenticated');
  });

  it('writes nothing when it is opened', async () => {
    const { token } = await newLink();
    const all = () =>
      api.rows(`select (select jsonb_agg(l) from payment_links l) as links, (select jsonb_agg(t order by t.id) from invoices t) as invoices,
        (select count(*) from audit_log) as audited, (select count(*) from outbox) as jobs, (select count(*) from invoice_events) as events,
        (select count(*) from rate_limits) as limits`);
    const before = await all();
    for (let times = 0; times < 3; times += 1) await holder(token).get(OPEN).expect(200);
    await holder(token).get(`${OPEN}/document`).expect(200);
    expect(await all()).toEqual(before);
  });

  it('is nowhere kept', async () => {
    const { token } = await newLink();
    await staff.post(`${LINKS}/send`).expect(200);
    for (const table of ['payment_links', 'mails', 'outbox', 'audit_log', 'idempotency_keys'])
      expect(JSON.stringify(await api.rows(`select t::text from ${table} t`))).not.toContain(token.split('.')[1]);
  });

  it('is worth nothing where we did not make it, of another invoice, and at another organization', async () => {
    const { token } = await newLink();
    const [id, mac] = token.split('.') as [string, string];
    const another = idOf('payment-link:oficina').replaceAll('-', '');
    const other = Buffer.from(another, 'hex').toString('base64url');
    for (const forged of ['', 'x', `${id}.${'A'.repeat(43)}`, `${other}.${mac}`, `${id}.${mac}x`])
      await refusal(holder(forged).get(OPEN), 404, 'payment_link_unknown');
    await refusal(holder(token, '/o/boreal').get(OPEN), 404, 'payment_link_unknown');
    // Without a portal nobody knows whose switches count.
    await refusal(holder(token, '').get(OPEN), 404, 'not_found');
  });

  it('that nobody made is counted for its network, and the right one is refused for none', async () => {
    const { token } = await newLink();
    const visitor = holder('x');
    for (let times = 0; times < 10; times += 1) await refusal(visitor.get(OPEN), 404, 'payment_link_unknown');
    await refusal(visitor.get(OPEN), 429, 'rate_limited');
    await visitor
      .with({ headers: { 'x-balcao-payment-link': token } })
      .get(OPEN)
      .expect(200);
  });

  it('opens nothing once it is revoked; who is sent one again has another', async () => {
    const { id, token } = await newLink();
    const { paymentLink } = (await staff.post(`${LINKS}/${id}/revoke`).expect(200)).body;
    expect(paymentLink).toMatchObject({ id, state: 'revoked', revokedByName: expect.stringMatching(/./) });
    for (const path of [OPEN, `${OPEN}/document`]) await refusal(holder(token).get(path), 403, 'payment_link_revoked');
    await refusal(holder(token).post(`${OPEN}/document`), 403, 'payment_link_revoked');
    await refusal(staff.get(`${LINKS}/${id}/address`), 403, 'payment_link_revoked');
    const next = await newLink();
    expect(next.id).not.toBe(id);
    await holder(next.token).get(OPEN).expect(200);
    const { data } = (await staff.get(LINKS).expect(200)).body;
    const states = Object.fromEntries(data.map((each: { id: string; state: string }) => [each.id, each.state]));
    expect(states).toMatchObject({ [next.id]: 'usable', [id]: 'revoked' });
  });

  it('opens nothing once its time has passed', async () => {
    const { id, token } = await newLink();
    await api.rows("update payment_links set expires_at = now() - interval '1 second' where id = $1", id);
    await refusal(holder(token).get(OPEN), 403, 'payment_link_expired');
    expect((await newLink()).id).not.toBe(id);
  });

  it('lives for as many days as the organization says, behind the due date or today', async () => {
    await api.rows('delete from payment_links');
    const owner = await api.signIn('staff', 'owner@aurora.example');
    const terms = '/api/v1/admin/billing-settings';
    const { version, linkDays } = (await owner.get(terms).expect(200)).body.billingSettings;
    expect(linkDays).toBe(90);
    await owner.patch(terms, { version, linkDays: 5 }).expect(200);
    const { expiresAt } = (await staff.post(LINKS).expect(200)).body.paymentLink;
    const days = (Date.parse(expiresAt) - Date.now()) / 86_400_000;
    expect([Math.ceil(days) >= 5, days < 6.1]).toEqual([true, true]);
  });

  it('says so where the invoice was paid meanwhile', async () => {
    const { token } = await newLink();
    await api.rows('update invoices set settled = total where id = $1', INVOICE);
    expect((await holder(token).get(OPEN).expect(200)).body.invoice).toMatchObject({
      status: 'paid',
      owed: { amount: 0 },
    });
  });

  it('says so where the invoice was voided meanwhile, and of such a one there is no other', async () => {
    const invoices = '/api/v1/admin/invoices';
    const lines = [{ description: 'Visita técnica', quantity: '1', unitPrice: 12_000 }];
    const draft = { billingAccountId: idOf('account:padaria'), title: 'Visita', lines };
    const { id, version } = (await staff.post(invoices, draft).expect(201)).body.invoice;
    const opened = (await staff.post(`${invoices}/${id}/open`, { version }).expect(200)).body.invoice;
    const { token } = await newLink(`${invoices}/${id}/payment-links`);
    await staff.post(`${invoices}/${id}/void`, { reason: 'Engano', version: opened.version }).expect(200);
    const { invoice } = (await holder(token).get(OPEN).expect(200)).body;
    expect(invoice).toMatchObject({ status: 'void', voidReason: 'Engano', owed: { amount: 0 } });
    await refusal(staff.post(`${invoices}/${id}/payment-links`), 409, 'invoice_not_open');
  });

  it('has the document made where it is not there', async () => {
    const { token } = await newLink();
    expect((await holder(token).get(`${OPEN}/document`).expect(200)).body).toEqual({ document: null });
    const asked = await holder(token).post(`${OPEN}/document`).expect(200);
    expect(asked.body).toEqual({ isReady: false });
    expect(await api.rows("select payload from outbox where job = 'billing.render-document'")).toEqual([
      { payload: { invoiceId: INVOICE } },
    ]);
  });

  it('does not exist where the portal shows no invoices', async () => {
    const { token } = await newLink();
    await switchOff('billing');
    await refusal(holder(token).get(OPEN), 403, 'PORTAL_BILLING_DISABLED');
    await refusal(api.visitor('/o/aurora').post(CHECK, { code: '7K4F92QD' }), 403, 'PORTAL_BILLING_DISABLED');
    await refusal(api.visitor('/o/aurora').post(COPY, { taxId: CPF }), 403, 'PORTAL_BILLING_DISABLED');
  });

  it('is mailed again to those on file, and to nobody for what is not owed', async () => {
    const { sent } = (await staff.post(`${LINKS}/send`).expect(200)).body;
    const mails = await api.mails();
    expect(sent).toBe(mails.length);
    expect(mails).toContainEqual({ template: 'payment-links', to: 'ana@padaria.example' });
    await api.rows('update invoices set settled = total where id = $1', INVOICE);
    await refusal(staff.post(`${LINKS}/send`), 409, 'invoice_not_open');
    const draft = `/api/v1/admin/invoices/${idOf('invoice:padaria-draft')}/payment-links`;
    await refusal(staff.post(draft), 409, 'invoice_not_open');
  });

  it('of another invoice is nobody’s here', async () => {
    const theirs = `${LINKS}/${idOf('payment-link:oficina')}`;
    await refusal(staff.get(`${theirs}/address`), 404, 'not_found');
    await refusal(staff.post(`${theirs}/revoke`), 404, 'not_found');
  });
});

describe('B.14 whether a bill is ours', () => {
  const ask = (code: string, visitor = api.visitor('/o/aurora')) => visitor.post(CHECK, { code });
  const codeOf = async () =>
    (await api.rows<{ code: string }>('select check_code as code from invoices where id = $1', INVOICE))[0]!.code;

  it('is told by its check code: what it asks for, and nothing of whom it is for', async () => {
    const code = await codeOf();
    const { check } = (await ask(` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `).expect(200)).body;
    expect(check).toMatchObject({
      verdict: 'genuine',
      reason: 'as_issued',
      amount: { amount: 10_000, currency: 'BRL' },
      issuer: { name: expect.stringMatching(/./) },
    });
    for (const secret of ['padaria', 'F-2026', INVOICE, 'Invoice of'])
      expect(JSON.stringify(check)).not.toContain(secret);
  });

  it('is answered in one shape, whatever is asked', async () => {
    const shape = (value: unknown): unknown =>
      value !== null && typeof value === 'object' ? Object.keys(value).sort() : typeof value;
    const stranger =
      '00020126330014br.gov.bcb.pix0111x@y.example52040000530398654041.005802BR5906Fulano6008Campinas62070503***63047DE4';
    const answers = await Promise.all(
      [await codeOf(), 'ABCDEFGH', stranger, '1'.repeat(47), 'nada'].map((code) => ask(code).expect(200)),
    );
    const shapes = answers.map(({ body }) => [shape(body), shape(body.check), shape(body.check.issuer)]);
    for (const each of shapes) expect(each).toEqual(shapes[0]);
    expect(answers.map(({ body }) => body.check.reason)).toEqual([
      'as_issued',
      'not_ours',
      'not_ours',
      'unreadable',
      'unreadable',
    ]);
  });

  it('is another organization’s at another one’s portal', async () => {
    const { check } = (await ask(await codeOf(), api.visitor('/o/boreal')).expect(200)).body;
    expect(check).toMatchObject({ verdict: 'unknown', reason: 'not_ours', amount: null, dueOn: null });
  });

  it('may be asked thirty times an hour from a network, and of others all the same', async () => {
    const visitor = api.visitor('/o/aurora');
    for (let times = 0; times < 30; times += 1) await ask('ABCDEFGH', visitor).expect(200);
    await refusal(ask('ABCDEFGH', visitor), 429, 'rate_limited');
    await refusal(
      visitor.request('post', `${CHECK}/file`).attach('file', Buffer.from('%PDF'), 'a.pdf'),
      429,
      'rate_limited',
    );
    await ask('ABCDEFGH').expect(200);
  });

  it.each([
    ['none', Buffer.from('nada')],
    ['one that breaks off', Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>')],
  ])('is unreadable in a file that is no PDF: %s', async (_, file) => {
    const sent = api.visitor('/o/aurora').request('post', `${CHECK}/file`).attach('file', file, 'fatura.pdf');
    expect((await sent.expect(200)).body.check).toMatchObject({ verdict: 'unknown', reason: 'unreadable' });
  });

  it('is not read from more than two megabytes', async () => {
    const file = Buffer.alloc(2 * 1024 * 1024 + 1, '%PDF');
    const sent = api.visitor('/o/aurora').request('post', `${CHECK}/file`).attach('file', file, 'fatura.pdf');
    await refusal(sent, 413, 'body_too_large');
  });
});

describe('B.15 a second copy', () => {
  const ask = (taxId = CPF, visitor = api.visitor('/o/aurora')) => visitor.post(COPY, { taxId });
  const toPadaria = (taxId: string) =>
    api.rows('update billing_accounts set tax_id = $2, email = $3 where id = $1', idOf('account:padaria'), taxId, MINE);
  const MINE = 'financeiro@padaria.example';
  const jobs = () =>
    api.rows<{ id: string; payload: Record<'billingAccountId' | 'portalId' | 'requestId', string> }>(
      "select id, payload from outbox where job = 'billing.second-copy' order by id",
    );

  it.each([
    ['a CPF', CPF, '39053344705'],
    ['a CNPJ of letters and digits', CNPJ, '12ABC34501DE35'],
    ['one without marks, in small letters', '12abc34501de35', '12ABC34501DE35'],
  ])('is asked for by %s, and answers the same where nobody has it', async (_, typed, stored) => {
    const unknown = await ask(typed).expect(200);
    expect(await jobs()).toEqual([]);
    await toPadaria(stored);
    const known = await ask(typed).expect(200);
    expect(known.body).toEqual(unknown.body);
    expect((await jobs()).map(({ payload }) => payload)).toEqual([
      {
        billingAccountId: idOf('account:padaria'),
        portalId: idOf('portal:aurora'),
        requestId: expect.stringMatching(/./),
      },
    ]);
  });

  it('answers no sooner for whom there is nothing to do', async () => {
    await toPadaria('39053344705');
    for (const taxId of [CPF, CNPJ]) {
      const before = performance.now();
      await ask(taxId).expect(200);
      expect(performance.now() - before).toBeGreaterThan(240);
    }
  });

  it('goes to those on file, with what is owed, due first', async () => {
    await toPadaria('39053344705');
    await ask().expect(200);
    const [{ id, payload }] = (await jobs()) as [{ id: string; payload: Record<string, string> }];
    const context = systemContext(idOf('organization:aurora'), { clock: systemClock });
    const handler = api.made(SecondCopyHandler);
    const job = { id, payload, context } as unknown as Parameters<SecondCopyHandler['handle']>[0];
    // Twice, as a worker may that was away in between.
    for (let times = 0; times < 2; times += 1) await handler.handle(job, () => Promise.resolve());
    const mails = await api.rows<{ to: string }>(
      "select recipient_email as to from mails where template = 'payment-links' order by 1",
    );
    expect(mails.map(({ to }) => to)).toContain(MINE);
    expect(mails.map(({ to }) => to)).toContain('ana@padaria.example');
    // Their role reads no invoices, or they do not come in.
    for (const to of ['nina@padaria.example', 'suspended@padaria.example', 'carla@oficina.example'])
      expect(mails).not.toContainEqual({ to });
    expect(new Set(mails.map(({ to }) => to)).size).toBe(mails.length);
  });

  it('is mailed five times in a quarter of an hour at most, and says the same then', async () => {
    await toPadaria('39053344705');
    const first = await ask().expect(200);
    for (let times = 0; times < 7; times += 1) expect((await ask().expect(200)).body).toEqual(first.body);
    expect(await jobs()).toHaveLength(5);
  });

  it('is refused to who asks for one after the other', async () => {
    const visitor = api.visitor('/o/aurora');
    for (let times = 0; times < 5; times += 1) await ask(CPF, visitor).expect(200);
    await refusal(ask(CNPJ, visitor), 429, 'rate_limited');
  });

  it('of no number is refused beside its field', async () => {
    const { body } = await ask('111.111.111-11').expect(400);
    expect(body.errors).toEqual([expect.objectContaining({ path: 'taxId', code: 'isTaxId' })]);
  });
});

async function switchOff(feature: string): Promise<void> {
  await api.rows(
    `update portals set settings = settings || jsonb_build_object('features',
       coalesce(settings -> 'features', '{}') || jsonb_build_object($2::text, false)) where id = $1`,
    idOf('portal:aurora'),
    feature,
  );
}
