import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { LOGIN_PATHS } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { PASSWORD } from '../support/world.js';

const LOGIN = LOGIN_PATHS.portal;
let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
afterAll(() => api.close());

const logIn = (email: string, password = PASSWORD) => api.visitor().post(LOGIN, { email, password });

describe('S3.19 S0.14 only an active user signs in', () => {
  it('S0.15 active: signs in', () => logIn('ana@padaria.example').expect(200));

  it('S0.16 pending_verification: waits for the e-mail to be verified', () =>
    refusal(logIn('pending@padaria.example'), 403, 'account_not_active'));

  it('S0.17 pending_invitation: has no password yet, so any is wrong', () =>
    refusal(logIn('invited@padaria.example'), 401, 'invalid_credentials'));

  it('S0.17 pending_invitation: waits for acceptance', async () => {
    await api.rows(
      'update portal_users set password_hash = (select password_hash from portal_users where id = $1) where id = $2',
      idOf('user:ana'),
      idOf('user:invited'),
    );
    await refusal(logIn('invited@padaria.example'), 403, 'account_not_active');
  });

  it('S0.18 suspended: is refused', () => refusal(logIn('suspended@padaria.example'), 403, 'account_suspended'));

  it('S0.19 locked: is refused', () => refusal(logIn('locked@padaria.example'), 403, 'account_locked'));

  it('S0.13 S0.66 SSO only: is sent to SSO', () => refusal(logIn('sso@padaria.example'), 403, 'sso_required'));
});

// A lock is told, since it is told of names that nobody has as well: lockout.spec.ts.
it.each(['pending', 'suspended', 'sso'])('S3.19 a wrong password tells nothing about a user who is %s', async (who) => {
  const known = await refusal(logIn(`${who}@padaria.example`, 'wrong password'), 401, 'invalid_credentials');
  const unknown = await refusal(logIn('nobody@padaria.example', 'wrong password'), 401, 'invalid_credentials');
  const { requestId: _known, ...one } = known.body;
  const { requestId: _unknown, ...other } = unknown.body;
  expect(one).toEqual(other);
});

it('S0.19 a lock that is over lets in and makes the user active again', async () => {
  await api.rows(
    "update portal_users set locked_until = now() - interval '1 second' where id = $1",
    idOf('user:locked'),
  );
  await api.rows("update login_failures set locked_until = now() - interval '1 second'");
  await logIn('locked@padaria.example').expect(200);
  const [row] = await api.rows('select status, locked_until from portal_users where id = $1', idOf('user:locked'));
  expect(row).toEqual({ status: 'active', locked_until: null });
});

it('S0.11 S0.12 an e-mail exists once in an account, and in as many accounts as need be', async () => {
  const owner = await api.signIn('staff', 'owner@aurora.example');
  const person = { email: 'Ana@Padaria.example', name: 'Outra Ana', password: 'quatro palavras sem nexo' };
  const path = '/api/v1/admin/portal-users';
  await refusal(owner.post(path, { ...person, billingAccountId: idOf('account:padaria') }), 409, 'email_taken');
  const { body } = await owner.post(path, { ...person, billingAccountId: idOf('account:oficina') }).expect(201);
  expect(body.user).toMatchObject({
    email: 'ana@padaria.example',
    billingAccount: { id: idOf('account:oficina') },
    status: 'active',
  });
});
