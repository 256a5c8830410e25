import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const ADMIN = '/api/v1/admin/proposals';
const PORTAL = '/api/v1/portal/proposals';
const LINK = '/api/v1/portal/proposal-link';
const DRAWN = '12,40 13,41 20,60 25,80 30,90 60,40 90,20 120,80;200,90 210,99';
const FIELDS = {
  billingAccountId: idOf('account:padaria'),
  title: 'Fibra 1 Giga nas duas lojas',
  validUntil: '2098-11-30',
  introduction: 'As duas lojas passam a ter <b>1 Gb/s</b> cada.',
  terms: '<script>alert(1)</script>',
  lines: [
    { description: 'Fibra 1 Giga, loja 1', quantity: '1', unitPrice: 38_990 },
    { description: 'Fibra 1 Giga, loja 2', quantity: '1.5', unitPrice: 38_990, discount: { percent: '10' } },
  ],
  outcome: { kind: 'invoice', dueDays: 10 },
};

const api: TestApp = await startTestApp();
afterAll(() => api.close());
let staff: Visitor;
beforeEach(async () => {
  await api.reset();
  staff = await api.signIn('staff', 'billing@aurora.example');
});

const send = async (id: string) => {
  const { version } = (await staff.get(`${ADMIN}/${id}`).expect(200)).body.proposal;
  return (await staff.post(`${ADMIN}/${id}/send`, { version }).expect(200)).body.proposal;
};
async function sent(fields: object = {}): Promise<{ id: string; digest: string }> {
  const { id } = (await staff.post(ADMIN, { ...FIELDS, ...fields }).expect(201)).body.proposal;
  const proposal = await send(id);
  return { id, digest: proposal.current.digest };
}
const yes = (digest: string, more: object = {}) => ({
  ...{ digest, name: 'Ana Cristina Ribeiro', role: 'Sócia', taxId: '529.982.247-25' },
  ...{ signature: 'drawn', strokes: DRAWN, confirmed: true },
  ...more,
});
async function linkTo(id: string): Promise<{ linkId: string; visitor: Visitor }> {
  const { id: linkId } = (await staff.post(`${ADMIN}/${id}/links`).expect(200)).body.proposalLink;
  const { url } = (await staff.get(`${ADMIN}/${id}/links/${linkId}/address`).expect(200)).body;
  const [, token = ''] = /#token=(.+)$/.exec(url) ?? [];
  return { linkId, visitor: api.visitor('/o/aurora', { 'x-balcao-proposal-link': token }) };
}

describe('a proposal', () => {
  it('has a reference that its customer reads, and by which staff find it', async () => {
    const { id } = await sent({ reference: ' OP-4711-E2E ' });
    const ana = await api.signIn('portal', 'ana@padaria.example');
    expect((await ana.get(`${PORTAL}/${id}`).expect(200)).body.proposal.reference).toBe('OP-4711-E2E');
    for (const query of ['reference=op-4711-e2e', 'q=op-4711-e', 'q=OP-4711-E2E&status=sent'])
      expect(
        (await staff.get(`${ADMIN}?${query}`).expect(200)).body.data.map((each: { id: string }) => each.id),
      ).toEqual([id]);
    expect((await staff.get(`${ADMIN}?reference=OP-4711`).expect(200)).body.data).toEqual([]);
    await refusal(staff.post(ADMIN, { ...FIELDS, reference: 'x'.repeat(61) }), 400, 'validation_failed');
  });

  it('S0.9 is accepted by who is signed in, and makes the invoice that it says', async () => {
    const { id, digest } = await sent();
    const ana = await api.signIn('portal', 'ana@padaria.example');
    const before = (await ana.get(`${PORTAL}/${id}`).expect(200)).body.proposal;
    expect(before).toMatchObject({ status: 'sent', digest, total: { amount: 91_627, currency: 'BRL' } });
    // Plain text, which a page shows as it is.
    expect(before.terms).toBe('<script>alert(1)</script>');
    const { proposal } = (await ana.post(`${PORTAL}/${id}/accept`, yes(digest)).expect(200)).body;
    expect(proposal).toMatchObject({
      status: 'accepted',
      decision: {
        kind: 'accepted',
        name: 'Ana Cristina Ribeiro',
        taxId: '***.982.247-**',
        by: 'session',
        digest,
        strokes: DRAWN,
      },
    });
    const { invoice } = (await ana.get(`/api/v1/portal/invoices/${proposal.invoice.id}`).expect(200)).body;
    expect(invoice).toMatchObject({ total: before.total, status: 'open', proposal: { id, number: before.number } });
    expect(invoice.lines.map(({ net }: { net: object }) => net)).toEqual(
      before.lines.map(({ net }: { net: object }) => net),
    );
    const [kept] = await api.rows<{ document: string }>(
      'select document from proposal_versions where digest = $1',
      digest,
    );
    expect(createHash('sha256').update(kept!.document, 'utf8').digest('hex')).toBe(digest);
    await refusal(ana.post(`${PORTAL}/${id}/accept`, yes(digest)), 409, 'proposal_decided');
  });

  it('S0.9 begins the subscription that it is of', async () => {
    const plan = (await staff.post('/api/v1/admin/plans', { name: 'Fibra 1 Giga' }).expect(201)).body.plan;
    const price = { model: 'flat', currency: 'BRL', unitAmount: 38_990, cycle: { unit: 'month', every: 1 } };
    const { prices } = (await staff.post(`/api/v1/admin/plans/${plan.id}/prices`, price).expect(201)).body.plan;
    const outcome = { kind: 'subscription', items: [{ priceId: prices[0].id, detail: 'Loja 1' }], dueDays: 7 };
    const { id, digest } = await sent({ lines: [], outcome });
    const ana = await api.signIn('portal', 'ana@padaria.example');
    const before = (await ana.get(`${PORTAL}/${id}`).expect(200)).body.proposal;
    expect(before).toMatchObject({
      total: { amount: 38_990 },
      lines: [{ description: 'Fibra 1 Giga', detail: 'Loja 1', startsOn: null }],
      outcome: { kind: 'subscription', items: [{ priceId: prices[0].id, quantity: '1', detail: 'Loja 1' }] },
      subscriptionId: null,
    });
    const { proposal } = (await ana.post(`${PORTAL}/${id}/accept`, yes(digest)).expect(200)).body;
    expect(proposal).toMatchObject({ status: 'accepted', invoice: null });
    const { subscription } = (await ana.get(`/api/v1/portal/subscriptions/${proposal.subscriptionId}`).expect(200))
      .body;
    expect(subscription).toMatchObject({ title: 'Fibra 1 Giga', state: 'active', dueDays: 7 });
  });

  it('S0.9 begins on the day that whoever accepts chooses, where staff let them', async () => {
    const choice = { outcome: { kind: 'invoice', dueDays: 5, startWithinDays: 10 } };
    const { id, digest } = await sent(choice);
    const { visitor } = await linkTo(id);
    const { startDays } = (await visitor.get(LINK).expect(200)).body.proposal;
    expect(startDays).toEqual({ from: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), until: '2098-12-10' });
    await refusal(visitor.post(`${LINK}/accept`, yes(digest, { startsOn: '2098-12-11' })), 400, 'validation_failed');
    const { proposal } = (await visitor.post(`${LINK}/accept`, yes(digest, { startsOn: '2098-12-10' })).expect(200))
      .body;
    expect(proposal).toMatchObject({ startDays: null, decision: { startsOn: '2098-12-10' } });
    const [invoice] = await api.rows('select due_on::text as due from invoices where proposal_id = $1', id);
    expect(invoice).toEqual({ due: '2098-12-15' });
    const items = [{ priceId: idOf('price:padaria') }];
    const both = { kind: 'subscription', items, startsOn: '2098-12-01', startWithinDays: 1 };
    const { body } = await staff.post(ADMIN, { ...FIELDS, outcome: both }).expect(400);
    expect(body.errors).toMatchObject([{ path: 'outcome.startsOn', code: 'startIsChosen' }]);
  });

  it('S0.10 is rejected with a reason', async () => {
    const { id, digest } = await sent();
    const ana = await api.signIn('portal', 'ana@padaria.example');
    const no = { digest, name: 'Ana', reason: 'price', comment: 'Até R$ 600' };
    const { proposal } = (await ana.post(`${PORTAL}/${id}/reject`, no).expect(200)).body;
    expect(proposal).toMatchObject({
      status: 'rejected',
      decision: { kind: 'rejected', reason: 'price', comment: 'Até R$ 600' },
      invoice: null,
    });
  });

  it('S0.9 is accepted by its link, by whoever has it, once; a second reader reads how it ended', async () => {
    const { id, digest } = await sent();
    const { visitor } = await linkTo(id);
    const [first, second] = [await visitor.get(LINK).expect(200), await visitor.get(LINK).expect(200)];
    expect(first.body).toEqual(second.body);
    const answers = await Promise.all([1, 2, 3].map(() => visitor.post(`${LINK}/accept`, yes(digest))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await visitor.get(LINK).expect(200)).body.proposal).toMatchObject({
      status: 'accepted',
      decision: { by: 'link' },
    });
    expect(await api.rows('select 1 from invoices where proposal_id = $1', id)).toHaveLength(1);
  });

  it('answers 409 in plain words to who has read a version that counts no more', async () => {
    const { id, digest } = await sent();
    const { visitor } = await linkTo(id);
    await staff.post(`${ADMIN}/${id}/revise`).expect(200);
    await send(id);
    const { body } = await visitor.post(`${LINK}/accept`, yes(digest)).expect(409);
    expect(body).toMatchObject({ code: 'proposal_superseded' });
    expect(body.detail).toMatch(/versão mais nova/);
    // The same text in another version is another text: it says which it is.
    const now = (await visitor.get(LINK).expect(200)).body.proposal;
    expect(now.digest).not.toBe(digest);
    await visitor.post(`${LINK}/accept`, yes(now.digest)).expect(200);
  });

  it('is not decided without a yes, without a signature, or by one that is none', async () => {
    const { id, digest } = await sent();
    const ana = await api.signIn('portal', 'ana@padaria.example');
    for (const [more, path] of [
      [{ confirmed: false }, 'confirmed'],
      [{ strokes: null }, 'strokes'],
      [{ strokes: 'data:image/png;base64,iVBORw0KGgo=' }, 'strokes'],
      [{ strokes: '1,1 '.repeat(20_000) }, 'strokes'],
      [{ taxId: '12.ABC.345/01DE-35' }, 'taxId'],
      [{ name: '' }, 'name'],
      [{ digest: 'not a digest' }, 'digest'],
    ] as const) {
      const { body } = await ana.post(`${PORTAL}/${id}/accept`, yes(digest, more)).expect(400);
      expect([path, body.errors.map((error: { path: string }) => error.path)]).toEqual([path, [path]]);
    }
    const { status } = await ana.post(`${PORTAL}/${id}/accept`, yes(digest, { strokes: '1,1 '.repeat(2_500_000) }));
    expect(status).toBe(413);
    expect((await ana.get(`${PORTAL}/${id}`)).body.proposal.status).toBe('sent');
  });

  it("is none of another account's, and of no link to another proposal", async () => {
    const { id, digest } = await sent();
    const carla = await api.signIn('portal', 'carla@oficina.example');
    await refusal(carla.get(`${PORTAL}/${id}`), 404, 'not_found');
    await refusal(carla.post(`${PORTAL}/${id}/accept`, yes(digest)), 404, 'not_found');
    const other = await sent({ billingAccountId: idOf('account:oficina') });
    const { visitor } = await linkTo(other.id);
    await refusal(visitor.post(`${LINK}/accept`, yes(digest)), 409, 'proposal_superseded');
    expect((await visitor.get(LINK).expect(200)).body.proposal.id).toBe(other.id);
  });
});

describe('S0.9 a file that somebody has', () => {
  const CHECK = '/api/v1/portal/proposal-check';
  const FILE = createHash('sha256').update('%PDF of the accepted one').digest('hex');
  const nothing = { number: null, version: null, customer: null, acceptedAt: null, acceptedBy: null, timeZone: null };

  it('is what it is said to be to whoever knows its bytes, and nothing to others', async () => {
    const { id, digest } = await sent();
    const { visitor: holder } = await linkTo(id);
    await holder.post(`${LINK}/accept`, yes(digest)).expect(200);
    // As the worker writes it down once it has drawn it.
    await api.rows(
      `insert into billing_documents (organization_id, billing_account_id, proposal_version_id, is_signed, id, inputs_hash, storage_key, bytes, digest)
       select organization_id, billing_account_id, id, true, gen_random_uuid(), $2, 'x', 1, $2 from proposal_versions where digest = $1`,
      digest,
      FILE,
    );
    const anybody = api.visitor('/o/aurora');
    const { check } = (await anybody.post(CHECK, { sha256: FILE }).expect(200)).body;
    expect(check).toMatchObject({ verdict: 'accepted', version: 1, acceptedBy: 'Ana Cristina Ribeiro' });
    // The digest of the text, which stands in each file, is none of a file.
    for (const sha256 of [digest, FILE.replace(/^./, (first) => (first === '0' ? '1' : '0'))])
      expect((await anybody.post(CHECK, { sha256 }).expect(200)).body.check).toEqual({
        verdict: 'unknown',
        ...nothing,
      });
    const elsewhere = api.visitor('/o/boreal');
    expect((await elsewhere.post(CHECK, { sha256: FILE }).expect(200)).body.check.verdict).toBe('unknown');
    await refusal(anybody.post(CHECK, { sha256: FILE.toUpperCase() }), 400, 'validation_failed');
  });

  it('is asked about thirty times an hour by a network, and then waits', async () => {
    const anybody = api.visitor('/o/aurora');
    for (let times = 0; times < 30; times += 1) await anybody.post(CHECK, { sha256: FILE }).expect(200);
    await refusal(anybody.post(CHECK, { sha256: FILE }), 429, 'rate_limited');
  });
});

describe('its link', () => {
  it('opens nothing once it is revoked, is over, or is at another organization', async () => {
    const { id, digest } = await sent();
    const { linkId, visitor } = await linkTo(id);
    await staff.post(`${ADMIN}/${id}/links/${linkId}/revoke`).expect(200);
    await refusal(visitor.get(LINK), 403, 'proposal_link_revoked');
    await refusal(visitor.post(`${LINK}/accept`, yes(digest)), 403, 'proposal_link_revoked');
    const again = await linkTo(id);
    await api.rows("update proposal_links set expires_at = now() - interval '1 second' where id = $1", again.linkId);
    await refusal(again.visitor.get(LINK), 403, 'proposal_link_expired');
  });

  it.each([
    ['suspended', "update portal_users set status = 'suspended' where id = $1"],
    [
      'without the right to decide',
      "update roles set permissions = array_remove(permissions, 'proposals:accept') where id = (select role_id from portal_users where id = $1)",
    ],
  ])('that was mailed to somebody who is %s by now opens nothing', async (_, leave) => {
    const { id, digest } = await sent();
    const { linkId, visitor } = await linkTo(id);
    const mailed = 'update proposal_links set email = (select email from portal_users where id = $2) where id = $1';
    await api.rows(mailed, linkId, idOf('user:ana'));
    await visitor.get(LINK).expect(200);
    await api.rows(leave, idOf('user:ana'));
    await refusal(visitor.get(LINK), 403, 'proposal_link_revoked');
    await refusal(visitor.post(`${LINK}/accept`, yes(digest)), 403, 'proposal_link_revoked');
    const { data } = (await staff.get(`${ADMIN}/${id}/links`).expect(200)).body;
    expect(data).toMatchObject([{ id: linkId, state: 'revoked' }]);
  });

  it("that was mailed is its reader's alone: staff who could copy it could sign as them", async () => {
    const { id } = await sent();
    await api.mails();
    const { data } = (await staff.get(`${ADMIN}/${id}/links`).expect(200)).body;
    const hers = data.find(({ email }: { email: string }) => email === 'ana@padaria.example');
    expect(hers).toMatchObject({ state: 'usable' });
    await refusal(staff.get(`${ADMIN}/${id}/links/${hers.id}/address`), 404, 'not_found');
  });

  it('that we never made is refused, and counted for the network that tries', async () => {
    const token = 'AZrDyQAAcACAAAAAAAAAAA.mJ0m9o';
    const visitor = api.visitor('/o/aurora', { 'x-balcao-proposal-link': token });
    for (let times = 0; times < 10; times += 1) await refusal(visitor.get(LINK), 404, 'proposal_link_unknown');
    await refusal(visitor.get(LINK), 429, 'rate_limited');
  });

  it('goes with the mail to who may decide, who is told of the end as staff are', async () => {
    const { id, digest } = await sent();
    const told = async () =>
      (await api.mails()).map(({ template, to }: { template: string; to: string }) => `${template} ${to}`);
    expect(await told()).toContain('proposal-sent ana@padaria.example');
    const ana = await api.signIn('portal', 'ana@padaria.example');
    await ana.post(`${PORTAL}/${id}/accept`, yes(digest, { signature: 'typed', strokes: null })).expect(200);
    expect(await told()).toEqual(
      expect.arrayContaining([
        'proposal-accepted ana@padaria.example',
        'proposal-customer-accepted billing@aurora.example',
      ]),
    );
  });
});
