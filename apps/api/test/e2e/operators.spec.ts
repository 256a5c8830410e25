import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { LOGIN_PATHS } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { PASSWORD } from '../support/world.js';
import type { Visitor } from '../support/visitor.js';

const AURORA = `/ops/organizations/${idOf('organization:aurora')}`;

let api: TestApp;
let operator: Visitor;
beforeAll(async () => (api = await startTestApp()));
beforeEach(async () => {
  await api.reset();
  operator = await api.signIn('operator', 'operator@balcao.example');
});
afterAll(() => api.close());

it("operators see organizations and no customer's data", async () => {
  const { body } = await operator.get('/ops/organizations').expect(200);
  expect(body.data.map((row: object) => Object.keys(row).sort())).toEqual(
    Array.from({ length: 2 }, () => ['createdAt', 'id', 'name', 'slug', 'status']),
  );
});

describe('a suspended organization', () => {
  const suspend = () => operator.patch(AURORA, { status: 'suspended' }).expect(200);

  it('answers 403 to everybody, at once, and is back when restored', async () => {
    const [ana, owner, davi] = await Promise.all([
      api.signIn('portal', 'ana@padaria.example', { via: 'bearer' }),
      api.signIn('staff', 'owner@aurora.example', { via: 'bearer' }),
      api.signIn('portal', 'davi@boreal-cliente.example', { via: 'bearer' }),
    ]);
    await suspend();
    expect([401, 403]).toContain((await ana.get('/api/v1/portal/auth/me')).status);
    expect([401, 403]).toContain((await owner.get('/api/v1/admin/auth/me')).status);
    await refusal(api.visitor('/o/aurora').get('/api/v1/portal/branding'), 403, 'organization_suspended');
    await davi.get('/api/v1/portal/auth/me').expect(200);
    await operator.patch(AURORA, { status: 'active' }).expect(200);
    await api.visitor('/o/aurora').get('/api/v1/portal/branding').expect(200);
    await api.signIn('portal', 'ana@padaria.example');
  });

  it('lets nobody sign in', async () => {
    await suspend();
    const ana = { email: 'ana@padaria.example', password: PASSWORD };
    await refusal(api.visitor('/o/aurora').post(LOGIN_PATHS.portal, ana), 403, 'organization_suspended');
    await refusal(api.visitor().post(LOGIN_PATHS.portal, ana), 403, 'organization_suspended');
    const owner = { email: 'owner@aurora.example', password: PASSWORD };
    await refusal(api.visitor().post(LOGIN_PATHS.staff, owner), 403, 'organization_suspended');
  });

  it('mails no links, and takes none', async () => {
    const token = await api.linkFor(idOf('user:invited'), 'invitation');
    await suspend();
    await api.visitor().post('/api/v1/portal/auth/forgot-password', { email: 'ana@padaria.example' }).expect(202);
    await api.visitor().post('/api/v1/admin/auth/forgot-password', { email: 'owner@aurora.example' }).expect(202);
    expect(await api.rows('select 1 from mails')).toEqual([]);
    const body = { token, password: 'quatro palavras sem nexo' };
    await refusal(api.visitor().post('/api/v1/portal/auth/accept-invitation', body), 403, 'organization_suspended');
  });
});

describe('a suspended operator', () => {
  it('is out at once', async () => {
    await api.rows("update operators set status = 'suspended'");
    await refusal(operator.get('/ops/auth/me'), 401, 'unauthenticated');
    const body = { email: 'operator@balcao.example', password: PASSWORD };
    await refusal(api.visitor().post(LOGIN_PATHS.operator, body), 403, 'account_suspended');
  });
});
