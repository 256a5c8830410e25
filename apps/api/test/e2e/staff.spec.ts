import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { LOGIN_PATHS } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';
import { PASSWORD } from '../support/world.js';

const STAFF = '/api/v1/admin/staff';
const ME = '/api/v1/admin/auth/me';
const FRESH = 'quatro palavras sem nexo';
const AURORA = idOf('organization:aurora');
const [OWNER, ADMIN, AGENT, INVITED] = ['owner', 'admin', 'agent', 'invited'].map((key) => idOf(`staff:aurora:${key}`));

let api: TestApp;
let owner: Visitor;
let admin: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  owner = await api.signIn('staff', 'owner@aurora.example');
  admin = await api.signIn('staff', 'admin@aurora.example');
});
afterAll(() => api.close());

const at = (id: string | undefined, act = '') => `${STAFF}/${id}${act && `/${act}`}`;
const second = async () => {
  await owner.patch(at(ADMIN), { role: 'owner' }).expect(200);
  return api.signIn('staff', 'admin@aurora.example');
};
const standing = (id: string | undefined) =>
  api.rows<{ role: string; status: string }>('select role, status from staff_users where id = $1', id);

describe('the list of staff', () => {
  it('shows who they are, what they may do, and when they were last here', async () => {
    const { body } = await owner.get(STAFF).expect(200);
    expect(body.pagination.total).toBe(5);
    const byEmail = Object.fromEntries(body.data.map((row: { email: string }) => [row.email, row]));
    expect(byEmail['owner@aurora.example']).toMatchObject({
      role: 'owner',
      status: 'active',
      lastLoginAt: expect.any(String),
      invitation: null,
    });
    expect(byEmail['invited@aurora.example']).toMatchObject({
      status: 'pending_invitation',
      lastLoginAt: null,
      invitation: { invitedByName: 'Owner', expired: false, sentCount: 1, mailStatus: null },
    });
    expect(JSON.stringify(body)).not.toMatch(/password|hash|token/i);
  });

  it.each([
    ['q=OWNÉR', ['owner@aurora.example']],
    ['q=agent%40', ['agent@aurora.example']],
    ['q=%25', []],
    ['role=agent', ['agent@aurora.example', 'invited@aurora.example']],
    ['status=pending_invitation', ['invited@aurora.example']],
    ['status=active&role=billing', ['billing@aurora.example']],
  ])('narrows by %s', async (query, emails) => {
    const { body } = await owner.get(`${STAFF}?${query}`).expect(200);
    expect(body.data.map(({ email }: { email: string }) => email)).toEqual(emails);
  });

  it('comes in pages', async () => {
    const { body } = await owner.get(`${STAFF}?limit=2&page=3`).expect(200);
    expect(body.data).toHaveLength(1);
    expect(body.pagination).toMatchObject({ page: 3, limit: 2, total: 5 });
  });
});

describe('inviting staff', () => {
  const NEW = { email: 'Nova@Aurora.example', name: 'Nova Pessoa', role: 'agent' };

  it('adds the person in waiting and mails a link of 7 days', async () => {
    const { body } = await owner.post(STAFF, NEW).expect(201);
    expect(body.staff).toMatchObject({
      email: 'nova@aurora.example',
      role: 'agent',
      status: 'pending_invitation',
      invitation: { invitedByName: 'owner of aurora', sentCount: 1, mailStatus: 'queued', expired: false },
    });
    const days = (Date.parse(body.staff.invitation.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThanOrEqual(7);
    expect(await api.rows('select template, recipient_email, locale from mails')).toEqual([
      { template: 'staff-invitation', recipient_email: 'nova@aurora.example', locale: 'pt-BR' },
    ]);
    expect(await api.rows("select actor_id from audit_log where action = 'staff.user.invite'")).toEqual([
      { actor_id: OWNER },
    ]);
  });

  it('is refused for an e-mail that the organization has already, in whatever status', async () => {
    await owner.patch(at(AGENT), { status: 'suspended' }).expect(200);
    for (const email of ['admin@aurora.example', 'agent@aurora.example']) {
      await refusal(owner.post(STAFF, { ...NEW, email }), 409, 'email_taken');
    }
    const again = { ...NEW, email: 'invited@aurora.example' };
    const { body } = await refusal(owner.post(STAFF, again), 409, 'invitation_waiting');
    await owner.post(`${STAFF}/${body.invitationId}/resend-invitation`).expect(200);
    await owner.post(STAFF, { ...NEW, email: 'owner@boreal.example' }).expect(201);
  });

  it('of the same e-mail twice at once: one wins', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => owner.post(STAFF, NEW)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await api.rows('select 1 from mails')).toHaveLength(1);
  });

  it('an admin invites whom they like, but no owner', async () => {
    await refusal(admin.post(STAFF, { ...NEW, role: 'owner' }), 403, 'staff_owner_only');
    await admin.post(STAFF, { ...NEW, role: 'admin' }).expect(201);
    await owner.post(STAFF, { ...NEW, email: 'dona@aurora.example', role: 'owner' }).expect(201);
  });

  it.each(['resend-invitation', 'cancel-invitation'])('an admin may not %s of an owner', async (act) => {
    const { body } = await owner.post(STAFF, { ...NEW, role: 'owner' }).expect(201);
    await refusal(admin.post(at(body.staff.id, act)), 403, 'staff_owner_only');
  });
});

describe('an invited colleague', () => {
  const LOOK = '/api/v1/admin/auth/invitation';
  const ACCEPT = '/api/v1/admin/auth/accept-invitation';
  const link = () => api.linkFor(INVITED!, 'invitation');
  const look = (token: string) => api.visitor().post(LOOK, { token });
  const accept = (token: string, more = {}) => api.visitor().post(ACCEPT, { token, password: FRESH, ...more });

  it('looks without changing anything', async () => {
    const token = await link();
    for (let count = 0; count < 2; count += 1) {
      const { body } = await look(token).expect(200);
      expect(body.invitation).toEqual({
        email: 'invited@aurora.example',
        name: 'invited of aurora',
        role: 'agent',
        organizationName: 'Aurora Telecom',
        invitedByName: 'Owner',
        expiresAt: expect.any(String),
      });
    }
  });

  it('sets name and password, and is signed in', async () => {
    const response = await accept(await link(), { name: 'Ivo Agente' }).expect(200);
    expect(response.body).toMatchObject({
      user: { id: INVITED, name: 'Ivo Agente', role: 'agent' },
      organization: { slug: 'aurora' },
    });
    const session = /balcao_staff_session=([^;]+)/.exec(String(response.headers['set-cookie']))![1]!;
    await api
      .visitor()
      .with({ credentials: { bearer: decodeURIComponent(session) } })
      .get('/api/v1/admin/tickets')
      .expect(200);
    await api.signIn('staff', 'invited@aurora.example', { password: FRESH });
    const { body } = await owner.get(at(INVITED)).expect(200);
    expect(body.staff).toMatchObject({ status: 'active', invitation: null, lastLoginAt: expect.any(String) });
  });

  it('cannot sign in before', async () => {
    const body = { email: 'invited@aurora.example', password: FRESH };
    await refusal(api.visitor().post(LOGIN_PATHS.staff, body), 401, 'invalid_credentials');
  });

  it('accepts once, also when they try at the same time', async () => {
    const token = await link();
    const answers = await Promise.all([1, 2, 3].map((n) => accept(token, { password: `${FRESH} ${n}` })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    await refusal(look(token), 400, 'token_used');
    await refusal(accept(token), 400, 'token_used');
    const winner = answers.findIndex(({ status }) => status === 200) + 1;
    await api.signIn('staff', 'invited@aurora.example', { password: `${FRESH} ${winner}` });
  });

  it('comes too late after a week, and may be invited again', async () => {
    const token = await link();
    await api.rows("update one_time_tokens set expires_at = now() - interval '1 second'");
    await api.rows("update staff_invitations set expires_at = now() - interval '1 second'");
    await refusal(look(token), 400, 'token_invalid');
    await refusal(accept(token), 400, 'token_invalid');
    expect((await owner.get(at(INVITED)).expect(200)).body.staff.invitation.expired).toBe(true);
    const { body } = await owner.post(at(INVITED, 'resend-invitation')).expect(200);
    expect(body.staff.invitation).toMatchObject({ expired: false, sentCount: 2, mailStatus: 'queued' });
    await accept(await link()).expect(200);
  });

  it('gets a new link when it is sent again: the old one is dead', async () => {
    const old = await link();
    await owner.post(at(INVITED, 'resend-invitation')).expect(200);
    await refusal(accept(old), 400, 'token_invalid');
    await accept(await link()).expect(200);
  });

  it('whose invitation is cancelled leaves the list, and the same e-mail can be invited anew', async () => {
    const token = await link();
    await owner.post(at(INVITED, 'cancel-invitation')).expect(204);
    await refusal(look(token), 400, 'token_invalid');
    await refusal(accept(token), 400, 'token_invalid');
    await refusal(owner.get(at(INVITED)), 404, 'not_found');
    await owner.post(STAFF, { email: 'invited@aurora.example', name: 'Outra vez', role: 'billing' }).expect(201);
    expect(await api.rows("select changes from audit_log where action = 'staff.user.invitation.cancel'")).toEqual([
      { changes: { before: { email: 'invited@aurora.example', name: 'invited of aurora', role: 'agent' } } },
    ]);
  });

  it('is cancelled and accepts at the same time: one wins', async () => {
    const token = await link();
    const [accepted, cancelled] = await Promise.all([accept(token), owner.post(at(INVITED, 'cancel-invitation'))]);
    const rows = await standing(INVITED);
    expect([accepted.status, cancelled.status]).toEqual(rows.length > 0 ? [200, 409] : [400, 204]);
  });

  it.each(['resend-invitation', 'cancel-invitation'])('who has accepted is subject to no %s', async (act) => {
    await accept(await link()).expect(200);
    await refusal(owner.post(at(INVITED, act)), 409, 'invitation_not_pending');
  });

  it('becomes active by the link alone', async () => {
    for (const status of ['active', 'suspended']) {
      await refusal(owner.patch(at(INVITED), { status }), 400, 'validation_failed');
    }
    expect((await owner.patch(at(INVITED), { role: 'billing' }).expect(200)).body.staff.role).toBe('billing');
  });

  it('chooses no common password, and keeps the link', async () => {
    const token = await link();
    await refusal(accept(token, { password: 'password123' }), 400, 'password_too_common');
    await accept(token).expect(200);
  });

  it("has no use for a customer's link, nor a customer for theirs", async () => {
    const customers = await api.linkFor(idOf('user:invited'), 'invitation');
    await refusal(look(customers), 400, 'token_invalid');
    await refusal(accept(customers), 400, 'token_invalid');
    const portal = api.visitor('/o/aurora');
    const token = await link();
    await refusal(portal.post('/api/v1/portal/auth/invitation', { token }), 400, 'token_invalid');
    await refusal(
      portal.post('/api/v1/portal/auth/accept-invitation', { token, password: FRESH }),
      400,
      'token_invalid',
    );
  });

  it('is refused while the organization is suspended', async () => {
    const token = await link();
    await api.rows("update organizations set status = 'suspended' where id = $1", AURORA);
    await refusal(accept(token), 403, 'organization_suspended');
  });
});

describe('changing a colleague', () => {
  it('holds from their next request on', async () => {
    const agent = await api.signIn('staff', 'agent@aurora.example');
    await owner.patch(at(AGENT), { role: 'admin', name: 'Rafaela' }).expect(200);
    expect((await agent.get(ME).expect(200)).body.user).toMatchObject({ role: 'admin', name: 'Rafaela' });
    expect(await api.rows("select changes from audit_log where action = 'staff.user.update'")).toEqual([
      { changes: { before: { name: 'agent of aurora', role: 'agent' }, after: { name: 'Rafaela', role: 'admin' } } },
    ]);
  });

  it('suspending ends every session at once, and restoring lets them in again', async () => {
    const agent = await api.signIn('staff', 'agent@aurora.example');
    await api.visitor().post('/api/v1/admin/auth/forgot-password', { email: 'agent@aurora.example' }).expect(200);
    const reset = { token: await api.linkFor(AGENT!, 'password_reset'), password: FRESH };
    await admin.patch(at(AGENT), { status: 'suspended' }).expect(200);
    await refusal(agent.get(ME), 401, 'unauthenticated');
    const body = { email: 'agent@aurora.example', password: PASSWORD };
    await refusal(api.visitor().post(LOGIN_PATHS.staff, body), 403, 'account_suspended');
    await refusal(api.visitor().post('/api/v1/admin/auth/reset-password', reset), 400, 'token_invalid');
    await admin.patch(at(AGENT), { status: 'active' }).expect(200);
    await refusal(agent.get(ME), 401, 'unauthenticated');
    await api.signIn('staff', 'agent@aurora.example');
  });

  it('an admin neither touches owners nor makes them', async () => {
    for (const patch of [{ name: 'Outra' }, { role: 'agent' }, { status: 'suspended' }]) {
      await refusal(admin.patch(at(OWNER), patch), 403, 'staff_owner_only');
    }
    await refusal(admin.patch(at(AGENT), { role: 'owner' }), 403, 'staff_owner_only');
    await refusal(admin.patch(at(ADMIN), { role: 'owner' }), 403, 'staff_owner_only');
    await refusal(admin.post(at(OWNER, 'unlock')), 403, 'staff_owner_only');
    expect(await standing(OWNER)).toEqual([{ role: 'owner', status: 'active' }]);
  });

  it('nobody changes their own role, or suspends themselves', async () => {
    await refusal(owner.patch(at(OWNER), { role: 'admin' }), 409, 'own_access');
    await refusal(owner.patch(at(OWNER), { status: 'suspended' }), 409, 'own_access');
    await refusal(admin.patch(at(ADMIN), { role: 'agent' }), 409, 'own_access');
    await owner.patch(at(OWNER), { name: 'Helena', role: 'owner', status: 'active' }).expect(200);
  });

  it('leaves an active owner, also when two act on each other at once', async () => {
    for (const [mine, theirs] of [
      [{ status: 'suspended' }, { status: 'suspended' }],
      [{ role: 'agent' }, { role: 'agent' }],
      [{ status: 'suspended' }, { role: 'agent' }],
    ]) {
      await api.reset();
      owner = await api.signIn('staff', 'owner@aurora.example');
      const other = await second();
      const answers = await Promise.all([owner.patch(at(ADMIN), mine), other.patch(at(OWNER), theirs)]);
      const [row] = await api.rows<{ owners: number }>(
        "select count(*)::integer as owners from staff_users where organization_id = $1 and role = 'owner' and status = 'active'",
        AURORA,
      );
      expect(row!.owners).toBe(1);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    }
  });

  it('unlocks somebody before their time', async () => {
    const wrong = { email: 'agent@aurora.example', password: 'not the password' };
    for (let count = 0; count < 10; count += 1) {
      await refusal(api.visitor().post(LOGIN_PATHS.staff, wrong), 401, 'invalid_credentials');
      await api.rows('delete from rate_limits');
    }
    const right = { ...wrong, password: PASSWORD };
    // As often as anybody may try, which ends with the lock.
    for (let count = 0; count < 10; count += 1)
      await refusal(api.visitor().post(LOGIN_PATHS.staff, right), 403, 'account_locked');
    await refusal(api.visitor().post(LOGIN_PATHS.staff, right), 429, 'rate_limited');
    const { body } = await owner.get(`${STAFF}?status=locked`).expect(200);
    expect(body.data).toEqual([expect.objectContaining({ id: AGENT, lockedUntil: expect.any(String) })]);
    const { body: unlocked } = await owner.post(at(AGENT, 'unlock')).expect(200);
    expect(unlocked.staff).toMatchObject({ status: 'active', lockedUntil: null });
    await api.signIn('staff', 'agent@aurora.example');
  });

  it('finds nobody of another organization', async () => {
    const foreign = idOf('staff:boreal:agent');
    await refusal(owner.get(at(foreign)), 404, 'not_found');
    await refusal(owner.patch(at(foreign), { status: 'suspended' }), 404, 'not_found');
    for (const act of ['unlock', 'resend-invitation', 'cancel-invitation']) {
      await refusal(owner.post(at(idOf('staff:boreal:invited'), act)), 404, 'not_found');
    }
  });
});

describe("one's own profile in the console", () => {
  const PROFILE = '/api/v1/admin/profile';

  it('changes name and language, and nothing else', async () => {
    const { body } = await owner.patch(PROFILE, { name: 'Helena Prado', locale: 'en-US' }).expect(200);
    expect(body.user).toMatchObject({ name: 'Helena Prado', locale: 'en-US', role: 'owner' });
    expect((await owner.get(ME).expect(200)).body.user).toMatchObject({ name: 'Helena Prado', locale: 'en-US' });
    expect((await owner.patch(PROFILE, { locale: null }).expect(200)).body.user.locale).toBeNull();
    for (const extra of [{ role: 'owner' }, { status: 'active' }, { email: 'x@aurora.example' }]) {
      await refusal(admin.patch(PROFILE, { name: 'X', ...extra }), 400, 'validation_failed');
    }
  });

  const change = (who: Visitor, currentPassword: string, newPassword = FRESH) =>
    who.post(`${PROFILE}/password`, { currentPassword, newPassword });

  it('a new password ends the other sessions; this one goes on as a new one', async () => {
    const other = await api.signIn('staff', 'owner@aurora.example');
    const response = await change(owner, PASSWORD).expect(200);
    expect(response.body.user.id).toBe(OWNER);
    for (const old of [owner, other]) await refusal(old.get(ME), 401, 'unauthenticated');
    await admin.get(ME).expect(200);
    const session = /balcao_staff_session=([^;]+)/.exec(String(response.headers['set-cookie']))![1]!;
    await api
      .visitor()
      .with({ credentials: { bearer: decodeURIComponent(session) } })
      .get(ME)
      .expect(200);
    await api.signIn('staff', 'owner@aurora.example', { password: FRESH });
    expect(await api.rows('select template, recipient_email from mails')).toEqual([
      { template: 'password-changed', recipient_email: 'owner@aurora.example' },
    ]);
  });

  it('a new password needs the current one, which cannot be guessed at', async () => {
    const wrong = await refusal(change(owner, 'wrong password'), 403, 'wrong_current_password');
    expect(wrong.body.errors[0].path).toBe('currentPassword');
    await owner.get(ME).expect(200);
    for (let count = 0; count < 9; count += 1) await change(owner, 'wrong password').expect(403);
    await refusal(change(owner, PASSWORD), 429, 'rate_limited');
  });
});
