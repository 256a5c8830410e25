import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const INVITATIONS = '/api/v1/admin/invitations';
const LOOK = '/api/v1/portal/auth/invitation';
const ACCEPT = '/api/v1/portal/auth/accept-invitation';
const NEW = { email: 'Nova@Padaria.example', name: 'Nova Pessoa', billingAccountId: idOf('account:padaria') };
const FRESH = 'quatro palavras sem nexo';
const INVITED = idOf('user:invited');
const INVITATION = idOf('invitation:invited');

let api: TestApp;
let owner: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  owner = await api.signIn('staff', 'owner@aurora.example');
});
afterAll(() => api.close());

const accept = (token: string, base = '/o/aurora', more = {}) =>
  api.visitor(base).post(ACCEPT, { token, password: FRESH, ...more });
const look = (token: string, base = '/o/aurora') => api.visitor(base).post(LOOK, { token });

describe('an invitation by staff', () => {
  it('S0.25 S0.17 adds the person in waiting and mails a link', async () => {
    const { body } = await owner.post(INVITATIONS, NEW).expect(201);
    expect(body.invitation).toMatchObject({
      email: 'nova@padaria.example',
      name: 'Nova Pessoa',
      status: 'pending',
      sentCount: 1,
      mailStatus: 'queued',
      billingAccount: { name: 'Padaria Estrela' },
      role: { name: 'limited of aurora' },
    });
    expect(await api.rows("select status from portal_users where email = 'nova@padaria.example'")).toEqual([
      { status: 'pending_invitation' },
    ]);
    expect(await api.rows('select template, recipient_email from mails')).toEqual([
      { template: 'invitation', recipient_email: 'nova@padaria.example' },
    ]);
    expect(await api.rows('select job from outbox')).toHaveLength(1);
  });

  it('S0.24 S0.26 has a link that lives for 7 days', async () => {
    const { body } = await owner.post(INVITATIONS, NEW).expect(201);
    const [token] = await api.rows<{ days: number }>(
      'select (extract(epoch from expires_at - created_at) / 86400)::integer as days from one_time_tokens order by created_at desc limit 1',
    );
    expect(token!.days).toBe(7);
    const days = (Date.parse(body.invitation.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    const link = await api.linkFor(INVITED, 'invitation');
    await api.rows("update one_time_tokens set expires_at = now() - interval '1 second'");
    await refusal(look(link), 400, 'invitation_expired');
    await refusal(accept(link), 400, 'invitation_expired');
  });

  it('is accepted with no password that is the own address or name, or the name of the organization', async () => {
    const token = await api.linkFor(INVITED, 'invitation');
    for (const password of ['invited@padaria.example', 'AURORA TELECOM', 'Ivo da Silva'])
      await refusal(
        api
          .visitor('/o/aurora')
          .post('/api/v1/portal/auth/accept-invitation', { token, password, name: 'Ivo da Silva' }),
        400,
        'password_too_common',
      );
  });

  it('S0.11 is refused for who has access already, or is waiting', async () => {
    const to = (email: string) => owner.post(INVITATIONS, { ...NEW, email });
    await refusal(to('ana@padaria.example'), 409, 'email_taken');
    const { body } = await refusal(to('invited@padaria.example'), 409, 'invitation_waiting');
    await owner.post(`${INVITATIONS}/${body.invitationId}/resend`).expect(200);
  });

  it('S0.54 is refused for a domain that is not allowed', async () => {
    await api.rows(
      `update portals set settings = '{"invitations": {"allowedDomains": ["padaria.example"]}}' where slug = 'aurora'`,
    );
    const elsewhere = { ...NEW, email: 'nova@elsewhere.example' };
    const response = await refusal(owner.post(INVITATIONS, elsewhere), 400, 'invitation_domain_not_allowed');
    expect(response.body.errors[0].path).toBe('email');
    const below = { ...NEW, email: 'nova@sub.padaria.example' };
    await refusal(owner.post(INVITATIONS, below), 400, 'invitation_domain_not_allowed');
    await owner.post(INVITATIONS, NEW).expect(201);
  });

  it('S0.53 is refused while the portal has invitations switched off', async () => {
    await api.rows(`update portals set settings = '{"features": {"invitations": false}}' where slug = 'aurora'`);
    await refusal(owner.post(INVITATIONS, NEW), 403, 'PORTAL_INVITATIONS_DISABLED');
    await refusal(owner.post(`${INVITATIONS}/${INVITATION}/resend`), 403, 'PORTAL_INVITATIONS_DISABLED');
  });

  it('S0.25 stands in the list with what became of it', async () => {
    const { body } = await owner.get(`${INVITATIONS}?status=pending`).expect(200);
    expect(body.data.map(({ id }: { id: string }) => id).sort()).toEqual(
      [INVITATION, idOf('invitation:invited-oficina')].sort(),
    );
    await api.rows("update invitations set expires_at = now() - interval '1 second' where id = $1", INVITATION);
    const expired = await owner.get(`${INVITATIONS}?status=expired`).expect(200);
    expect(expired.body.data).toEqual([expect.objectContaining({ id: INVITATION, status: 'expired' })]);
  });
});

describe('the invited person', () => {
  it('S0.27 looks without changing anything', async () => {
    const token = await api.linkFor(INVITED, 'invitation');
    for (let count = 0; count < 2; count += 1) {
      const { body } = await look(token).expect(200);
      expect(body.invitation).toEqual({
        email: 'invited@padaria.example',
        name: 'Person invited',
        organizationName: 'Aurora Telecom',
        billingAccountName: 'Padaria Estrela',
        hasOthers: false,
        invitedByName: 'Owner',
        expiresAt: expect.any(String),
      });
    }
  });

  it('is told where the address opens another account already', async () => {
    await api.rows('update portal_users set email = $1 where id = $2', 'carla@oficina.example', INVITED);
    const { body } = await look(await api.linkFor(INVITED, 'invitation')).expect(200);
    expect(body.invitation).toMatchObject({ billingAccountName: 'Padaria Estrela', hasOthers: true });
  });

  it('S0.27 S0.28 sets a password, becomes active and is signed in', async () => {
    const response = await accept(await api.linkFor(INVITED, 'invitation'), '/o/aurora', { name: 'Ivo' }).expect(200);
    expect(response.body.user).toMatchObject({ id: INVITED, status: 'active', name: 'Ivo' });
    const bearer = { credentials: { bearer: response.body.accessToken } };
    await api.visitor('/o/aurora').with(bearer).get('/api/v1/portal/auth/me').expect(200);
    await api.signIn('portal', 'invited@padaria.example', { password: FRESH });
    const { body } = await owner.get(`${INVITATIONS}?q=invited@padaria`).expect(200);
    expect(body.data[0]).toMatchObject({ status: 'accepted', acceptedAt: expect.any(String) });
  });

  it('S2.27 keeps the language in which it was accepted', async () => {
    const token = await api.linkFor(INVITED, 'invitation');
    const response = await accept(token).set('Accept-Language', 'en-GB').expect(200);
    expect(response.body.user.locale).toBe('en-US');
  });

  it('S0.26 accepts once', async () => {
    const token = await api.linkFor(INVITED, 'invitation');
    await accept(token).expect(200);
    await refusal(accept(token), 400, 'token_used');
    await refusal(look(token), 400, 'token_used');
  });

  it('S0.27 accepting twice at once: one wins', async () => {
    const token = await api.linkFor(INVITED, 'invitation');
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => accept(token, '/o/aurora', { password: `${FRESH} ${n}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400]);
    const winner = answers.findIndex(({ status }) => status === 200) + 1;
    await api.signIn('portal', 'invited@padaria.example', { password: `${FRESH} ${winner}` });
  });

  it("S0.21 cannot use the link at another organization's address", async () => {
    const token = await api.linkFor(INVITED, 'invitation');
    await refusal(look(token, '/o/boreal'), 400, 'token_invalid');
    await refusal(accept(token, '/o/boreal'), 400, 'token_invalid');
    await accept(token, '').expect(200);
  });

  it('S0.20 chooses no common password', async () => {
    const token = await api.linkFor(INVITED, 'invitation');
    await refusal(accept(token, '/o/aurora', { password: '12345678' }), 400, 'password_too_common');
    await accept(token).expect(200);
  });

  it('S0.18 cannot accept when suspended meanwhile', async () => {
    const token = await api.linkFor(INVITED, 'invitation');
    await owner.patch(`/api/v1/admin/portal-users/${INVITED}`, { status: 'suspended' }).expect(200);
    await refusal(accept(token), 400, 'token_invalid');
  });
});

describe('a pending invitation', () => {
  it('S0.30 is resent: the new link works, the old one is dead', async () => {
    const old = await api.linkFor(INVITED, 'invitation');
    const { body } = await owner.post(`${INVITATIONS}/${INVITATION}/resend`).expect(200);
    expect(body.invitation).toMatchObject({ status: 'pending', sentCount: 2 });
    await refusal(accept(old), 400, 'token_invalid');
    await accept(await api.linkFor(INVITED, 'invitation')).expect(200);
  });

  it('S0.30 may be resent when it has expired', async () => {
    await api.rows("update invitations set expires_at = now() - interval '1 second'");
    const { body } = await owner.post(`${INVITATIONS}/${INVITATION}/resend`).expect(200);
    expect(body.invitation.status).toBe('pending');
  });

  it('S0.29 is cancelled: the link dies, and the person may be invited again', async () => {
    const token = await api.linkFor(INVITED, 'invitation');
    const { body } = await owner.post(`${INVITATIONS}/${INVITATION}/cancel`).expect(200);
    expect(body.invitation.status).toBe('cancelled');
    await refusal(accept(token), 400, 'token_invalid');
    await refusal(look(token), 400, 'token_invalid');
    const again = { ...NEW, email: 'invited@padaria.example', name: 'Ivo outra vez' };
    expect((await owner.post(INVITATIONS, again).expect(201)).body.invitation.name).toBe('Ivo outra vez');
    await accept(await api.linkFor(INVITED, 'invitation')).expect(200);
  });

  it.each(['resend', 'cancel'])('S0.29 S0.30 cannot be subject to %s when it is no longer pending', async (act) => {
    await owner.post(`${INVITATIONS}/${INVITATION}/cancel`).expect(200);
    await refusal(owner.post(`${INVITATIONS}/${INVITATION}/${act}`), 409, 'invitation_not_pending');
  });

  it('S0.29 cancelled and accepted at the same time: one wins', async () => {
    const token = await api.linkFor(INVITED, 'invitation');
    const [accepted, cancelled] = await Promise.all([accept(token), owner.post(`${INVITATIONS}/${INVITATION}/cancel`)]);
    const [row] = await api.rows<{ status: string }>('select status from invitations where id = $1', INVITATION);
    expect([accepted.status === 200, cancelled.status === 200]).toEqual([
      row!.status === 'accepted',
      row!.status === 'cancelled',
    ]);
  });
});
