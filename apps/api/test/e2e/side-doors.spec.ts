import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';
import { PASSWORD } from '../support/world.js';

const INVITATIONS = '/api/v1/admin/invitations';
const INVITATION = idOf('invitation:invited');
const PADARIA = { billingAccountId: idOf('account:padaria') };

let api: TestApp;
let owner: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  owner = await api.signIn('staff', 'owner@aurora.example');
});
afterAll(() => api.close());

describe('mails to people without an account', () => {
  it('S3.27 are five a day to one address, whoever of staff asks, and as many by an account', async () => {
    for (let n = 0; n < 5; n += 1) await owner.post(`${INVITATIONS}/${INVITATION}/resend`).expect(200);
    const { headers } = await refusal(owner.post(`${INVITATIONS}/${INVITATION}/resend`), 429, 'rate_limited');
    expect(Number(headers['retry-after'])).toBeGreaterThan(3_600);
    const ana = await api.signIn('portal', 'ana@padaria.example');
    const byCustomer = () => ana.post(`/api/v1/portal/invitations/${INVITATION}/resend`);
    for (let n = 0; n < 5; n += 1) await byCustomer().expect(200);
    await refusal(byCustomer(), 429, 'rate_limited');
    const batch = { ...PADARIA, invitations: [{ email: 'invited@padaria.example', name: 'Ivo' }] };
    await refusal(owner.post(`${INVITATIONS}/batch`, batch), 429, 'rate_limited');
    expect(await api.rows("select 1 from mails where template = 'invitation'")).toHaveLength(10);
    await owner.post(INVITATIONS, { ...PADARIA, email: 'nova@padaria.example', name: 'Nova' }).expect(201);
    const boreal = await api.signIn('staff', 'owner@boreal.example');
    const elsewhere = { billingAccountId: idOf('account:mercado'), email: 'invited@padaria.example', name: 'Ivo' };
    const { status } = await boreal.post(INVITATIONS, elsewhere);
    expect(status).not.toBe(429);
  });

  it('S3.27 are so for colleagues too', async () => {
    const invited = { email: 'nova@aurora.example', name: 'Nova', role: 'agent' };
    const { body } = await owner.post('/api/v1/admin/staff', invited).expect(201);
    const again = () => owner.post(`/api/v1/admin/staff/${body.staff.id}/resend-invitation`);
    for (let n = 1; n < 5; n += 1) await again().expect(200);
    await refusal(again(), 429, 'rate_limited');
    expect(await api.rows("select 1 from mails where template = 'staff-invitation'")).toHaveLength(5);
  });

  it.each([
    'Voce ganhou R$ 1000: https://evil.example/premio clique ja',
    'Veja WWW.evil.example',
    'Ligue para ana@evil.example',
    'evil.example/premio',
    'acesse premio.com.br agora',
    'premio\uff0ecom',
  ])('carry no name such as %j', async (name) => {
    const ana = await api.signIn('portal', 'ana@padaria.example');
    const email = 'nova@padaria.example';
    const tries = [
      owner.post(INVITATIONS, { ...PADARIA, email, name }),
      owner.post(`${INVITATIONS}/batch`, { ...PADARIA, invitations: [{ email, name }] }),
      owner.post('/api/v1/admin/staff', { email, name, role: 'agent' }),
      owner.patch('/api/v1/admin/profile', { name }),
      ana.post('/api/v1/portal/invitations', { email, name, roleId: idOf('role:aurora:limited') }),
      ana.patch('/api/v1/portal/profile', { name }),
    ];
    for (const attempt of tries) {
      const { body } = await refusal(attempt, 400, 'validation_failed');
      expect(body.errors[0].code).toBe('isName');
    }
    expect(await api.rows('select 1 from mails')).toEqual([]);
  });

  it.each(['J. R. R. Tolkien', 'Dr.ª Ana c/ Maria', 'St.John S/A', 'Ana (RH)', 'Silva & Cia.Ltda'])(
    'carry a name such as %j',
    async (name) => {
      await owner.post(INVITATIONS, { ...PADARIA, email: 'nova@padaria.example', name }).expect(201);
    },
  );
});

describe('restoring somebody who was suspended', () => {
  const USERS = '/api/v1/admin/portal-users';
  const set = (key: string, status: string) => owner.patch(`${USERS}/${idOf(`user:${key}`)}`, { status });

  it.each([
    ['pending', 'pending_verification'],
    ['invited', 'pending_invitation'],
    ['bruno', 'active'],
  ])('S0.18 brings %s back to %s', async (key, status) => {
    await set(key, 'suspended').expect(200);
    await set(key, 'suspended').expect(200);
    const { body } = await set(key, 'active').expect(200);
    expect(body.user.status).toBe(status);
  });

  it('S0.16 proves no e-mail and makes no password', async () => {
    await set('pending', 'suspended').expect(200);
    await set('pending', 'active').expect(200);
    const visitor = api.visitor('/o/aurora');
    const login = { email: 'pending@padaria.example', password: PASSWORD };
    await refusal(visitor.post('/api/v1/portal/auth/login', login), 403, 'account_not_active');
    await refusal(set('pending', 'active'), 400, 'validation_failed');
    await set('invited', 'suspended').expect(200);
    await set('invited', 'active').expect(200);
    await owner.post(`${INVITATIONS}/${INVITATION}/resend`).expect(200);
    const token = await api.linkFor(idOf('user:invited'), 'invitation');
    const accept = { token, password: 'quatro palavras sem nexo' };
    await visitor.post('/api/v1/portal/auth/accept-invitation', accept).expect(200);
  });
});

describe("an account's role", () => {
  const ACCOUNT = `/api/v1/admin/billing-accounts/${idOf('account:padaria')}`;

  it('S2.19 is given by those who may give people roles', async () => {
    const billing = await api.signIn('staff', 'billing@aurora.example');
    const roleId = idOf('role:aurora:full');
    await refusal(billing.patch(ACCOUNT, { roleId }), 403, 'permission_denied');
    await refusal(billing.post('/api/v1/admin/billing-accounts', { name: 'X', roleId }), 403, 'permission_denied');
    await billing.patch(ACCOUNT, { name: 'Padaria' }).expect(200);
    await owner.patch(ACCOUNT, { roleId }).expect(200);
    await billing.patch(ACCOUNT, { name: 'Padaria Estrela', roleId }).expect(200);
    await refusal(billing.patch(ACCOUNT, { roleId: null }), 403, 'permission_denied');
  });
});

it('S2.30 who is losing a role at this moment gives nothing with it', async () => {
  const ana = await api.signIn('portal', 'ana@padaria.example');
  await api.owner.query('begin');
  await api.owner.query('update portal_users set role_id = $1 where id = $2', [
    idOf('role:aurora:limited'),
    idOf('user:ana'),
  ]);
  let answered = false;
  const invited = { email: 'nova@padaria.example', name: 'Nova', roleId: idOf('role:aurora:full') };
  const attempt = Promise.resolve(ana.post('/api/v1/portal/invitations', invited)).then((answer) => {
    answered = true;
    return answer;
  });
  await sleep(400);
  expect(answered).toBe(false);
  await api.owner.query('commit');
  expect((await attempt).status).toBe(400);
  expect(await api.rows("select 1 from portal_users where email = 'nova@padaria.example'")).toEqual([]);
});

it('the role of the queues makes schemas only while they are set up', async () => {
  const [template] = await api.rows<{ datname: string }>(
    "select datname from pg_database where datname like '%template%' and not datistemplate and datname <> current_database() limit 1",
  );
  for (const { datname } of [
    template ?? { datname: 'postgres' },
    ...(await api.rows<{ datname: string }>('select current_database() as datname')),
  ]) {
    const [row] = await api.rows<{ may: boolean }>(
      "select has_database_privilege('balcao_queue', $1, 'CREATE') as may",
      datname,
    );
    expect([datname, row!.may]).toEqual([datname, false]);
  }
});

describe('whom only the company’s own sign-in lets in', () => {
  const TEXT = 'quatro palavras sem nexo';
  const sso = (key: string, ssoOnly = true) =>
    owner.patch(`/api/v1/admin/portal-users/${idOf(`user:${key}`)}`, { ssoOnly }).expect(200);
  const stored = async (key: string) =>
    (
      await api.rows(
        `select u.password_hash is not null as password, u.status, count(s.id)::integer as sessions
         from portal_users u left join sessions s on s.subject_id = u.id where u.id = $1 group by u.organization_id, u.id`,
        idOf(`user:${key}`),
      )
    )[0];
  const post = (path: string, body: object) => api.visitor('/o/aurora').post(`/api/v1/portal/auth/${path}`, body);

  it.each(['accept-invitation', 'accept-invite'])(
    'S0.66 gets no password and no session by an invitation: %s',
    async (path) => {
      await sso('invited');
      await owner.post(`${INVITATIONS}/${INVITATION}/resend`).expect(200);
      const token = await api.linkFor(idOf('user:invited'), 'invitation');
      await refusal(post(path, { token, password: TEXT }), 403, 'sso_required');
      expect(await stored('invited')).toEqual({ password: false, status: 'pending_invitation', sessions: 0 });
      await sso('invited', false);
      await post(path, { token, password: TEXT }).expect(200);
      expect(await stored('invited')).toEqual({ password: true, status: 'active', sessions: 1 });
    },
  );

  it('S0.66 gets no session by a link for a new password that was on its way', async () => {
    await post('forgot-password', { email: 'ana@padaria.example' }).expect(200);
    const token = await api.linkFor(idOf('user:ana'), 'password_reset');
    await sso('ana');
    await api.rows('delete from sessions where subject_id = $1', idOf('user:ana'));
    const { status } = await post('reset-password', { token, password: TEXT });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(await stored('ana')).toMatchObject({ sessions: 0 });
    await refusal(post('login', { email: 'ana@padaria.example', password: PASSWORD }), 403, 'sso_required');
  });
});

describe('a tenant that takes another’s customer for its own, many times', () => {
  const [EMAIL, GUESS] = ['ana@padaria.example', 'uma senha qualquer aqui'];

  it('S0.22 keeps them neither from signing in nor from a new password where no organization is named', async () => {
    const boreal = await api.signIn('staff', 'owner@boreal.example');
    for (let count = 0; count < 6; count += 1) {
      const { body } = await boreal.post('/api/v1/admin/billing-accounts', { name: `Conta ${count}` }).expect(201);
      const { id: billingAccountId } = (body as { billingAccount: { id: string } }).billingAccount;
      const person = { billingAccountId, email: EMAIL, name: 'Ana', password: GUESS };
      await boreal.post('/api/v1/admin/portal-users', person).expect(201);
    }
    // They look as real as they can be made to: proved, and used a moment ago.
    await api.rows(
      'update portal_users set last_login_at = now(), email_proved_at = now() where email = $1 and organization_id = $2',
      EMAIL,
      idOf('organization:boreal'),
    );
    const login = (await api.visitor().post('/api/v1/portal/auth/login', { email: EMAIL, password: PASSWORD })).body;
    expect(login).toMatchObject({ user: { id: idOf('user:ana') } });
    await api.visitor().post('/api/v1/portal/auth/forgot-password', { email: EMAIL }).expect(200);
    for (let wait = 0; wait < 40 && (await links()).length < 2; wait += 1) await sleep(50);
    expect((await links()).map(({ slug }) => slug)).toEqual(['aurora', 'boreal']);
  });

  /** Links for a new password by organization: of each at most one. */
  const links = () =>
    api.rows<{ slug: string }>(
      `select o.slug from one_time_tokens t join organizations o on o.id = t.organization_id
       where t.purpose = 'password_reset' order by o.slug`,
    );
});
