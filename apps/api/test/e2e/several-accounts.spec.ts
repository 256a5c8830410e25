import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { LOGIN_PATHS } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { PASSWORD } from '../support/world.js';

const LOGIN = LOGIN_PATHS.portal;
const MULTI = { email: 'multi@example.com', password: PASSWORD };
const TWICE = { email: 'twice@example.com', password: PASSWORD };

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
afterAll(() => api.close());

it('S3.98 one e-mail in several organizations answers a list to choose from', async () => {
  const response = await refusal(
    api.visitor('', { 'accept-language': 'en-US' }).post(LOGIN, MULTI),
    400,
    'multiple_accounts',
  );
  expect(response.body.detail).toBe('Multiple portal accounts found');
  expect(response.body.error).toBe('Multiple portal accounts found');
  const byName = (a: { organizationName: string }, b: { organizationName: string }) =>
    a.organizationName.localeCompare(b.organizationName);
  expect(response.body.accounts.sort(byName)).toEqual([
    {
      organizationId: idOf('organization:aurora'),
      organizationSlug: 'aurora',
      organizationName: 'Aurora Telecom',
      billingAccountId: idOf('account:padaria'),
      billingAccountName: 'Padaria Estrela',
    },
    {
      organizationId: idOf('organization:boreal'),
      organizationSlug: 'boreal',
      organizationName: 'Boreal Energia',
      billingAccountId: idOf('account:mercado'),
      billingAccountName: 'Mercado Três Irmãos',
    },
  ]);
  expect(response.headers['set-cookie']).toBeUndefined();
});

it('S3.99 the choice signs in', async () => {
  for (const choice of [
    { orgId: idOf('organization:boreal') },
    { organizationSlug: 'boreal' },
    { billingAccountId: idOf('account:mercado') },
  ]) {
    const { body } = await api
      .visitor()
      .post(LOGIN, { ...MULTI, ...choice })
      .expect(200);
    expect(body.user.organizationSlug).toBe('boreal');
  }
});

it("S3.99 the portal's address chooses", async () => {
  const { body } = await api.visitor('/o/aurora').post(LOGIN, MULTI).expect(200);
  expect(body.user.organizationSlug).toBe('aurora');
});

it('S3.98 the list is for those who know the password only', async () => {
  await refusal(api.visitor().post(LOGIN, { ...MULTI, password: 'wrong password' }), 401, 'invalid_credentials');
});

it('S3.98 only the accounts whose password matches are listed', async () => {
  const hash = await api.rows<{ password_hash: string }>(
    'select password_hash from portal_users where id = $1',
    idOf('user:ana'),
  );
  await api.rows('update portal_users set password_hash = null where id = $1', idOf('user:multi-boreal'));
  const { body } = await api.visitor().post(LOGIN, MULTI).expect(200);
  expect(body.user.organizationSlug).toBe('aurora');
  await api.rows(
    'update portal_users set password_hash = $2 where id = $1',
    idOf('user:multi-boreal'),
    hash[0]!.password_hash,
  );
});

it('S0.11 several accounts of one organization are chosen by billing account', async () => {
  const response = await refusal(api.visitor('/o/aurora').post(LOGIN, TWICE), 400, 'multiple_accounts');
  const names = response.body.accounts.map((account: { billingAccountName: string }) => account.billingAccountName);
  expect(names.sort()).toEqual(['Oficina Central', 'Padaria Estrela']);
  const choice = { ...TWICE, billingAccountId: idOf('account:oficina') };
  const { body } = await api.visitor('/o/aurora').post(LOGIN, choice).expect(200);
  expect(body.user.id).toBe(idOf('user:twice-oficina'));
});
