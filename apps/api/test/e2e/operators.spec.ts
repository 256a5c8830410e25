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
    Array.from({ length: 2 }, () => [
      'awaitsOwner',
      'createdAt',
      'id',
      'isSandbox',
      'name',
      'portals',
      'slug',
      'status',
    ]),
  );
});

it.each([
  ['q=AURÓRA', ['aurora']],
  ['q=bor', ['boreal']],
  ['q=%25', []],
  ['status=suspended', ['boreal']],
  ['status=active&q=e', ['aurora']],
])('operators find organizations by %s', async (query, slugs) => {
  await operator.patch(`/ops/organizations/${idOf('organization:boreal')}`, { status: 'suspended' }).expect(200);
  const { body } = await operator.get(`/ops/organizations?${query}`).expect(200);
  expect(body.data.map(({ slug }: { slug: string }) => slug)).toEqual(slugs);
});

describe('founding an organization', () => {
  const ORGANIZATIONS = '/ops/organizations';
  const NEW = {
    name: 'Cometa Internet',
    slug: 'cometa',
    locale: 'pt-BR',
    ownerEmail: 'Dona@Cometa.example',
    ownerName: 'Dora Cometa',
  };
  const FRESH = 'quatro palavras sem nexo';
  const ownerIn = async (slug: string) =>
    (
      await api.rows<{ id: string; email: string }>(
        "select s.id, s.email from staff_users s join organizations o on o.id = s.organization_id where o.slug = $1 and s.role = 'owner'",
        slug,
      )
    )[0]!;
  const accept = (token: string) =>
    api.visitor().post('/api/v1/admin/auth/accept-invitation', { token, password: FRESH });

  it('makes it usable: portal, roles, and a link for the owner', async () => {
    const { body } = await operator.post(ORGANIZATIONS, NEW).expect(201);
    expect(body.organization).toMatchObject({ slug: 'cometa', status: 'active', awaitsOwner: true });
    expect(await api.rows('select template, recipient_email from mails')).toEqual([
      { template: 'staff-invitation', recipient_email: 'dona@cometa.example' },
    ]);
    const branding = await api.visitor('/o/cometa').get('/api/v1/portal/branding').expect(200);
    expect(branding.body.branding.organizationName).toBe('Cometa Internet');
    const token = await api.linkFor((await ownerIn('cometa')).id, 'invitation');
    const look = await api.visitor().post('/api/v1/admin/auth/invitation', { token }).expect(200);
    expect(look.body.invitation).toMatchObject({ organizationName: 'Cometa Internet', invitedByName: null });
    await accept(token).expect(200);
    const owner = await api.signIn('staff', 'dona@cometa.example', { password: FRESH });
    const roles = await owner.get('/api/v1/admin/roles').expect(200);
    expect(roles.body.data.map(({ name }: { name: string }) => name)).toEqual(['Administração', 'Colaboração']);
    await owner.post('/api/v1/admin/billing-accounts', { name: 'Primeiro cliente' }).expect(201);
    const list = await operator.get(`${ORGANIZATIONS}?q=cometa`).expect(200);
    expect(list.body.data[0].awaitsOwner).toBe(false);
    const audited = await api.rows(
      'select actor_type, action from audit_log where organization_id = $1 order by id',
      body.organization.id,
    );
    expect(audited.slice(0, 2)).toEqual([
      { actor_type: 'operator', action: 'operator.organization.create' },
      { actor_type: 'operator', action: 'operator.organization.owner.invite' },
    ]);
  });

  it('speaks its language and lives in its time zone', async () => {
    await operator
      .post(ORGANIZATIONS, { ...NEW, slug: 'comet', locale: 'en-US', timeZone: 'america/new_york' })
      .expect(201);
    expect(await api.rows("select locale, time_zone from organizations where slug = 'comet'")).toEqual([
      { locale: 'en-US', time_zone: 'America/New_York' },
    ]);
    expect(await api.rows('select locale from mails')).toEqual([{ locale: 'en-US' }]);
    const branding = await api.visitor('/o/comet').get('/api/v1/portal/branding').expect(200);
    expect(branding.body.branding.defaultLocale).toBe('en-US');
    const nowhere = { ...NEW, timeZone: 'America/Nowhere' };
    await refusal(operator.post(ORGANIZATIONS, nowhere), 400, 'validation_failed');
  });

  it('leaves nothing behind where the address is taken, by an organization or by a portal', async () => {
    for (const slug of ['aurora', 'aurora-partners']) {
      await refusal(operator.post(ORGANIZATIONS, { ...NEW, slug }), 409, 'slug_taken');
    }
    expect(await api.rows('select 1 from organizations')).toHaveLength(2);
    expect(await api.rows('select 1 from mails')).toEqual([]);
    const answers = await Promise.all([1, 2].map(() => operator.post(ORGANIZATIONS, NEW)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('reaches another owner where the first never accepted; the links before are dead', async () => {
    const { body } = await operator.post(ORGANIZATIONS, NEW).expect(201);
    const invite = `${ORGANIZATIONS}/${body.organization.id}/owner-invitation`;
    const first = await api.linkFor((await ownerIn('cometa')).id, 'invitation');
    await operator.post(invite, { email: 'dona@cometa.example', name: 'Dora Cometa' }).expect(200);
    await refusal(accept(first), 400, 'token_invalid');
    await operator.post(invite, { email: 'outra@cometa.example', name: 'Outra Dona' }).expect(200);
    const owner = await ownerIn('cometa');
    expect(owner.email).toBe('outra@cometa.example');
    await accept(await api.linkFor(owner.id, 'invitation')).expect(200);
    await refusal(
      operator.post(invite, { email: 'terceira@cometa.example', name: 'Terceira' }),
      409,
      'organization_has_owner',
    );
    expect(await api.rows("select 1 from staff_users where status = 'pending_invitation'")).toHaveLength(2);
  });

  it('is for operators alone', async () => {
    const owner = await api.signIn('staff', 'owner@aurora.example', { via: 'bearer' });
    await refusal(owner.post(ORGANIZATIONS, NEW), 401, 'unauthenticated');
  });
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
    await api.visitor().post('/api/v1/portal/auth/forgot-password', { email: 'ana@padaria.example' }).expect(200);
    await api.visitor().post('/api/v1/admin/auth/forgot-password', { email: 'owner@aurora.example' }).expect(200);
    await api
      .visitor()
      .post('/api/v1/portal/auth/resend-verification', { email: 'pending@padaria.example' })
      .expect(200);
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
