import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MailLinks } from '@balcao/module-auth';
import { systemClock, systemContext } from '@balcao/platform-tenancy';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { cookiesOf, type Visitor } from '../support/visitor.js';
import { PASSWORD } from '../support/world.js';

const PORTALS = '/api/v1/admin/portals';
const LOGIN = '/api/v1/portal/auth/login';
const ME = '/api/v1/portal/auth/me';
const [AURORA, PARTNERS] = [idOf('portal:aurora'), idOf('portal:partners')];
const [FULL, LIMITED] = [idOf('role:aurora:full'), idOf('role:aurora:limited')];
/** Where people are sent, as the refusal names it. */
const DEFAULT = { name: 'Aurora Telecom', address: 'https://portal.aurora.example/portal/' };

let api: TestApp;
let owner: Visitor;
let partners: { name: string; address: string };
beforeAll(async () => {
  api = await startTestApp();
  partners = { name: 'Aurora Telecom', address: `${api.config.publicUrl}/o/aurora-partners/portal/` };
});
beforeEach(async () => {
  await api.reset();
  owner = await api.signIn('staff', 'owner@aurora.example');
});
afterAll(() => api.close());

const versionOf = async (id: string) => (await owner.get(`${PORTALS}/${id}`).expect(200)).body.portal.version as number;
const letIn = async (id: string, ...roleIds: string[]) =>
  owner.patch(`${PORTALS}/${id}/roles`, { version: await versionOf(id), roleIds }).expect(200);
const rename = async (id: string, slug: string) =>
  owner.patch(`${PORTALS}/${id}/slug`, { version: await versionOf(id), slug });
const archive = (id: string) => owner.post(`${PORTALS}/${id}/archive`);
const login = (base: string, email: string, more: object = {}) =>
  api.visitor(base).post(LOGIN, { email, password: PASSWORD, ...more });
const portalsOf = (response: { body: unknown }) => (response.body as { portals?: unknown }).portals;
const portalOfNewest = async () =>
  (
    await api.rows<{ slug: string }>(
      'select p.slug from sessions s join portals p on p.id = s.portal_id order by s.id desc limit 1',
    )
  )[0]?.slug;
const ana = (base: string) => api.signIn('portal', 'ana@padaria.example', { base });
const bruno = (base: string) => api.signIn('portal', 'bruno@padaria.example', { base });

describe('S2.6 whom a portal lets in', () => {
  it('is everybody where it names no role', async () => {
    await letIn(PARTNERS);
    const { body } = await owner.get(`${PORTALS}/${PARTNERS}`).expect(200);
    expect(body.portal.roleIds).toEqual([]);
    for (const email of ['ana@padaria.example', 'bruno@padaria.example'])
      await login('/o/aurora-partners', email).expect(200);
  });

  it('is told to others after the proof, with where they may go, and a wrong password tells nothing', async () => {
    await letIn(PARTNERS, FULL);
    await login('/o/aurora-partners', 'ana@padaria.example').expect(200);
    const refused = await refusal(login('/o/aurora-partners', 'bruno@padaria.example'), 403, 'portal_role_not_allowed');
    expect(portalsOf(refused)).toEqual([DEFAULT]);
    expect(cookiesOf(refused)).toEqual({});
    const wrong = { email: 'bruno@padaria.example', password: 'wrong wrong wrong' };
    await refusal(api.visitor('/o/aurora-partners').post(LOGIN, wrong), 401, 'invalid_credentials');
  });

  it('is nobody whose role no portal names', async () => {
    await letIn(PARTNERS, FULL);
    await letIn(AURORA, FULL);
    const refused = await refusal(login('/o/aurora', 'bruno@padaria.example'), 403, 'portal_role_not_allowed');
    expect(portalsOf(refused)).toEqual([]);
    await refusal(login('', 'bruno@padaria.example'), 403, 'portal_role_not_allowed');
  });

  it.each<[where: string, roles: { aurora: string[]; partners: string[] }, body: object, at: string]>([
    ['the default one where no portal is named', { aurora: [], partners: [] }, {}, 'aurora'],
    ['the first that lets them in', { aurora: [FULL], partners: [] }, {}, 'aurora-partners'],
    [
      'the same by the name of the organization',
      { aurora: [FULL], partners: [] },
      { organizationSlug: 'aurora' },
      'aurora-partners',
    ],
    ['the default one by that name', { aurora: [], partners: [LIMITED] }, { organizationSlug: 'aurora' }, 'aurora'],
  ])('is signed in at %s', async (_where, roles, body, at) => {
    await letIn(AURORA, ...roles.aurora);
    await letIn(PARTNERS, ...roles.partners);
    await login('', 'bruno@padaria.example', body).expect(200);
    expect(await portalOfNewest()).toBe(at);
  });

  it('is asked on each request: the session stays, opens nothing but its end, and opens all once the role is back', async () => {
    const person = await bruno('/o/aurora-partners');
    await person.get(ME).expect(200);
    await letIn(PARTNERS, FULL);
    for (const path of [ME, '/api/v1/portal/profile', '/api/v1/portal/tickets'])
      expect(portalsOf(await refusal(person.get(path), 403, 'portal_role_not_allowed'))).toEqual([DEFAULT]);
    await letIn(PARTNERS, LIMITED);
    await person.get(ME).expect(200);
    await letIn(PARTNERS, FULL);
    await person.post('/api/v1/portal/auth/logout').expect(200);
    await refusal(person.get(ME), 401, 'unauthenticated');
  });

  it('changes with the role of the person', async () => {
    await letIn(PARTNERS, FULL);
    const person = await ana('/o/aurora-partners');
    await owner.patch(`/api/v1/admin/portal-users/${idOf('user:ana')}`, { roleId: LIMITED }).expect(200);
    await refusal(person.get(ME), 403, 'portal_role_not_allowed');
  });

  it('B.1 names roles of the own organization alone', async () => {
    const roleIds = [FULL, idOf('role:boreal:full')];
    const request = owner.patch(`${PORTALS}/${PARTNERS}/roles`, { version: await versionOf(PARTNERS), roleIds });
    expect((await refusal(request, 400, 'validation_failed')).body.errors).toMatchObject([
      { path: 'roleIds', code: 'exists' },
    ]);
    expect(await api.rows('select role_id from portal_roles where portal_id = $1', PARTNERS)).toHaveLength(3);
  });

  it('is counted before it is changed: who would be shut out, those who wait to come in among them', async () => {
    const check = async (...roleIds: string[]) =>
      (await owner.post(`${PORTALS}/${AURORA}/roles/check`, { roleIds }).expect(200)).body;
    expect(await check()).toEqual({ total: 0, people: [] });
    const { total, people } = await check(LIMITED);
    const [counted] = await api.rows<{ count: string }>(
      "select count(*) from portal_users where organization_id = $1 and role_id <> $2 and status <> 'suspended'",
      idOf('organization:aurora'),
      LIMITED,
    );
    expect(total).toBe(Number(counted!.count));
    expect(people).toHaveLength(5);
    expect(people[0]).toMatchObject({ name: 'Person ana', accountName: 'Padaria Estrela', roleName: 'full of aurora' });
  });

  it('is listed to whoever is signed in', async () => {
    const list = async (person: Visitor) => (await person.get('/api/v1/portal/auth/portals').expect(200)).body.data;
    const person = await ana('/o/aurora');
    expect(await list(person)).toEqual([
      { id: AURORA, ...DEFAULT, isThis: true },
      { id: PARTNERS, ...partners, isThis: false },
    ]);
    await letIn(PARTNERS, LIMITED);
    expect(await list(person)).toHaveLength(1);
  });
});

describe('S0.1 mails lead to a portal that lets the person in', () => {
  const NEW = { email: 'nova@padaria.example', name: 'Nova Pessoa', billingAccountId: idOf('account:padaria') };
  const INVITATIONS = '/api/v1/admin/invitations';
  const newest = async () =>
    (
      await api.rows<{ slug: string }>(
        'select p.slug from one_time_tokens t join portals p on p.id = t.portal_id order by t.id desc limit 1',
      )
    )[0]!.slug;

  it.each([
    ['where it was asked for', [], '/o/aurora-partners', 'aurora-partners'],
    ['elsewhere, where that portal is not theirs', [FULL], '/o/aurora-partners', 'aurora'],
    ['the default one, where none was named', [FULL], '', 'aurora'],
  ])('a new password is set %s', async (_where, roles, base, slug) => {
    await letIn(PARTNERS, ...roles);
    const body = { email: 'bruno@padaria.example', organizationSlug: 'aurora' };
    await api.visitor(base).post('/api/v1/portal/auth/forgot-password', body).expect(200);
    expect(await newest()).toBe(slug);
  });

  it('also where that changes before the mail is sent', async () => {
    const links = api.app.get(MailLinks, { strict: false });
    const context = systemContext(idOf('organization:aurora'), { clock: systemClock });
    const at = async () =>
      (await links.portal(context, { portalId: PARTNERS, userId: idOf('user:bruno') }, '', { locale: 'pt-BR' }))
        .portalId;
    expect(await at()).toBe(PARTNERS);
    await letIn(PARTNERS, FULL);
    expect(await at()).toBe(AURORA);
  });

  it.each<[what: string, body: object]>([
    ['with such a role', { portalId: PARTNERS, roleId: LIMITED }],
    ['whose role is the usual one', { portalId: PARTNERS }],
  ])('nobody is invited to a portal that does not let them in, %s', async (_what, body) => {
    await letIn(PARTNERS, FULL);
    const { body: problem } = await refusal(owner.post(INVITATIONS, { ...NEW, ...body }), 400, 'validation_failed');
    expect(problem.errors).toMatchObject([{ path: 'roleId', code: 'role_not_on_portal' }]);
    await owner.post(INVITATIONS, { ...NEW, ...body, portalId: AURORA }).expect(201);
  });

  it('an invitation is sent anew to another portal, where its own has changed, or not at all where none is left', async () => {
    const { body } = await owner.post(INVITATIONS, { ...NEW, portalId: PARTNERS, roleId: LIMITED }).expect(201);
    await letIn(PARTNERS, FULL);
    const resend = () => owner.post(`${INVITATIONS}/${body.invitation.id}/resend`);
    await resend().expect(200);
    expect(await newest()).toBe('aurora');
    await letIn(AURORA, FULL);
    await refusal(resend(), 409, 'role_not_on_portal');
  });

  it('a link is refused at a portal that does not let them in, and is as good as before at another', async () => {
    const { body } = await owner.post(INVITATIONS, { ...NEW, portalId: PARTNERS, roleId: LIMITED }).expect(201);
    const [{ id } = { id: '' }] = await api.rows<{ id: string }>(
      'select portal_user_id as id from invitations where id = $1',
      body.invitation.id,
    );
    const token = await api.linkFor(id, 'invitation');
    await letIn(PARTNERS, FULL);
    const accept = (base: string) =>
      api.visitor(base).post('/api/v1/portal/auth/accept-invitation', { token, password: 'quatro palavras sem nexo' });
    expect(portalsOf(await refusal(accept('/o/aurora-partners'), 403, 'portal_role_not_allowed'))).toEqual([DEFAULT]);
    // Where no portal lets them in, they are told so whatever the address.
    await letIn(AURORA, FULL);
    const LOOK = '/api/v1/portal/auth/invitation';
    for (const base of ['', '/o/aurora'])
      for (const asked of [accept(base), api.visitor(base).post(LOOK, { token })])
        expect(portalsOf(await refusal(asked, 403, 'portal_role_not_allowed'))).toEqual([]);
    await letIn(AURORA);
    await accept('').expect(200);
    expect(await portalOfNewest()).toBe('aurora');
  });
});

describe('S0.1 the portals of an organization', () => {
  const NEW = { name: 'Aurora Empresas', slug: 'aurora-empresas' };

  it('are added, with the look of another and nothing else of it', async () => {
    const settings = { branding: { supportPhone: '0800 765 1000' }, features: { tickets: false } };
    await owner.patch(`${PORTALS}/${AURORA}`, { version: await versionOf(AURORA), settings }).expect(200);
    const { body } = await owner.post(PORTALS, { ...NEW, lookOf: AURORA, roleIds: [FULL] }).expect(201);
    expect(body.portal).toMatchObject({ ...NEW, isDefault: false, status: 'active', roleIds: [FULL], version: 1 });
    expect(body.portal.settings.branding.supportPhone).toBe('0800 765 1000');
    expect(body.portal.settings.features.tickets).toBe(true);
    await api.visitor('/o/aurora-empresas').get('/api/v1/portal/branding').expect(200);
    expect(
      await api.rows("select actor_id, changes from audit_log where action = 'staff.portal.create'"),
    ).toMatchObject([{ actor_id: idOf('staff:aurora:owner') }]);
  });

  it.each([
    ['another of the own organization', 'aurora-partners'],
    ['one of another organization', 'boreal'],
    ['the installation', 'www'],
    ['a name in other letters', 'xn--abc'],
  ])('refuse a slug beside its field that is that of %s', async (_whose, slug) => {
    for (const request of [owner.post(PORTALS, { ...NEW, slug }), rename(AURORA, slug)]) {
      const { body } = await refusal(request as never, 400, 'validation_failed');
      expect(body.errors).toMatchObject([{ path: 'slug', code: 'slug_taken' }]);
    }
    expect((await owner.post(`${PORTALS}/slug/check`, { slug }).expect(200)).body).toEqual({ slug, isFree: false });
    // Whatever a signup page is called leads on from where a portal of that name would stand.
    const called = { version: await versionOf(AURORA), signupSlug: slug };
    const { body } = await refusal(owner.patch(`${PORTALS}/${AURORA}`, called), 400, 'validation_failed');
    expect(body.errors).toMatchObject([{ path: 'signupSlug', code: 'slug_taken' }]);
  });

  it('refuse the slug to the slower of two at once', async () => {
    const boreal = await api.signIn('staff', 'owner@boreal.example');
    const answers = await Promise.all([owner, boreal, owner, boreal].map((who) => who.post(PORTALS, NEW)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400]);
    expect(answers.find(({ status }) => status === 400)!.body.errors).toMatchObject([
      { path: 'slug', code: 'slug_taken' },
    ]);
  });

  it('keep an old slug: its pages lead to the new one, and nobody else can have it for 90 days', async () => {
    expect((await rename(PARTNERS, 'aurora-parceiros')).status).toBe(200);
    const moved = await api.visitor('/o/aurora-partners').get('/portal/reset-password?a=1').expect(301);
    expect(moved.headers['location']).toBe(`${api.config.publicUrl}/o/aurora-parceiros/portal/reset-password?a=1`);
    expect(moved.headers['cache-control']).toBe('no-cache');
    const gone = await refusal(api.visitor('/o/aurora-partners').get('/api/v1/portal/branding'), 404, 'not_found');
    expect(portalsOf(gone)).toEqual([{ ...partners, address: partners.address.replace('partners', 'parceiros') }]);
    const boreal = await api.signIn('staff', 'owner@boreal.example');
    const theirs = { name: 'Boreal', slug: 'aurora-partners' };
    const { body } = await refusal(boreal.post(PORTALS, theirs), 400, 'validation_failed');
    expect(body.errors).toMatchObject([{ path: 'slug', code: 'slug_taken' }]);
    const isFree = async (who: Visitor, portalId?: string) =>
      (await who.post(`${PORTALS}/slug/check`, { slug: 'aurora-partners', portalId }).expect(200)).body.isFree;
    expect(await isFree(owner)).toBe(false);
    expect(await isFree(owner, PARTNERS)).toBe(true);
    await api.rows("update portal_slugs set kept_until = now() - interval '1 minute' where slug = 'aurora-partners'");
    await api.visitor('/o/aurora-partners').get('/portal/').expect(404);
    await boreal.post(PORTALS, theirs).expect(201);
  });

  it('have only so many old slugs at a time, and go back to one of them', async () => {
    for (let time = 1; time <= 5; time += 1) expect((await rename(PARTNERS, `outro-${time}`)).status).toBe(200);
    const { body } = await refusal((await rename(PARTNERS, 'outro-6')) as never, 400, 'validation_failed');
    expect(body.errors).toMatchObject([{ path: 'slug', code: 'tooManyAddresses' }]);
    expect((await rename(PARTNERS, 'aurora-partners')).status).toBe(200);
  });

  it('are 20 at most', async () => {
    await api.rows(
      `insert into portals (organization_id, id, slug, name)
       select $1, gen_random_uuid(), 'p-' || n, 'P' from generate_series(1, 17) n`,
      idOf('organization:aurora'),
    );
    await owner.post(PORTALS, NEW).expect(201);
    await refusal(owner.post(PORTALS, { ...NEW, slug: 'one-more' }), 409, 'too_many_portals');
    await archive(PARTNERS).expect(200);
    await owner.post(PORTALS, { ...NEW, slug: 'one-more' }).expect(201);
    await refusal(owner.post(`${PORTALS}/${PARTNERS}/unarchive`), 409, 'too_many_portals');
  });

  it('have one default, of two at once too', async () => {
    const [a, b] = await Promise.all([
      owner.post(`${PORTALS}/${PARTNERS}/make-default`),
      owner.post(`${PORTALS}/${AURORA}/make-default`),
    ]);
    expect([a.status, b.status]).toEqual([200, 200]);
    await owner.post(`${PORTALS}/${PARTNERS}/make-default`).expect(200);
    const defaults = 'select id from portals where is_default and organization_id = $1';
    expect(await api.rows(defaults, idOf('organization:aurora'))).toEqual([{ id: PARTNERS }]);
    await login('', 'ana@padaria.example').expect(200);
    expect(await portalOfNewest()).toBe('aurora-partners');
  });

  it('are changed by who has read the last change', async () => {
    const version = await versionOf(PARTNERS);
    await letIn(PARTNERS, FULL);
    const late = owner.patch(`${PORTALS}/${PARTNERS}/roles`, { version, roleIds: [] });
    await refusal(late, 409, 'conflict');
    await owner.patch(`${PORTALS}/${PARTNERS}/slug`, { version, slug: 'outro' }).expect(200);
  });
});

describe('S0.1 an archived portal', () => {
  it('is answered like one that there never was, says where its people go, and its sessions end', async () => {
    const person = await ana('/o/aurora-partners');
    const elsewhere = await ana('/o/aurora');
    await archive(PARTNERS).expect(200);
    for (const request of [
      api.visitor('/o/aurora-partners').get('/api/v1/portal/branding'),
      login('/o/aurora-partners', 'ana@padaria.example'),
      person.get(ME),
    ])
      expect(portalsOf(await refusal(request, 404, 'not_found'))).toEqual([DEFAULT]);
    await api.visitor('/o/aurora-partners').get('/portal/').expect(404);
    await elsewhere.get(ME).expect(200);
    expect(await api.rows('select id from sessions where portal_id = $1', PARTNERS)).toEqual([]);
    await owner.post(`${PORTALS}/${PARTNERS}/unarchive`).expect(200);
    await refusal(person.get(ME), 401, 'unauthenticated');
    await login('/o/aurora-partners', 'ana@padaria.example').expect(200);
    const actions =
      "select action from audit_log where action in ('staff.portal.archive', 'staff.portal.unarchive') order by id";
    expect(await api.rows(actions)).toEqual([{ action: 'staff.portal.archive' }, { action: 'staff.portal.unarchive' }]);
  });

  it('is never the default one, nor invited to, nor changed', async () => {
    await refusal(archive(AURORA), 409, 'portal_is_default');
    await archive(PARTNERS).expect(200);
    await refusal(owner.post(`${PORTALS}/${PARTNERS}/make-default`), 409, 'portal_archived');
    await refusal((await rename(PARTNERS, 'outro')) as never, 409, 'portal_archived');
    const invitation = {
      email: 'nova@padaria.example',
      name: 'Nova',
      billingAccountId: idOf('account:padaria'),
      portalId: PARTNERS,
    };
    const { body } = await refusal(owner.post('/api/v1/admin/invitations', invitation), 400, 'validation_failed');
    expect(body.errors).toMatchObject([{ path: 'portalId', code: 'exists' }]);
  });

  it('S0.27 leads who opens a mailed link on to the default portal, which the link is good for as well', async () => {
    const invited = idOf('user:invited');
    const token = await api.linkFor(invited, 'invitation');
    await archive(PARTNERS).expect(200);
    const opened = api.visitor('/o/aurora-partners');
    for (const page of ['accept-invitation', 'reset-password', 'verify-email', 'confirm-signup']) {
      const { headers } = await opened.get(`/portal/${page}?lang=en-US`).expect(302);
      expect(headers['location']).toBe(`${DEFAULT.address}${page}?lang=en-US`);
    }
    for (const page of ['', 'login', 'tickets', 'accept-invitation.x', 'signup/aurora-partners'])
      await opened.get(`/portal/${page}`).expect(404);
    const accept = { token, name: 'Ivo', password: 'quatro palavras sem nexo' };
    await api.visitor('/o/aurora').post('/api/v1/portal/auth/accept-invitation', accept).expect(200);
  });

  it('leaves no session that was being opened at that moment', async () => {
    const tries = Array.from({ length: 6 }, () => login('/o/aurora-partners', 'ana@padaria.example'));
    const [archived, ...answers] = await Promise.all([archive(PARTNERS), ...tries]);
    expect(archived.status).toBe(200);
    for (const { status, body } of answers) {
      expect([200, 401, 403, 404]).toContain(status);
      if (status !== 200) continue;
      const person = api.visitor('').with({ credentials: { bearer: (body as { accessToken: string }).accessToken } });
      await refusal(person.get(ME), 401, 'unauthenticated');
    }
  });

  it('keeps its tickets, whose mails lead to where their reader may go', async () => {
    await api.rows('update tickets set portal_id = $1 where id = $2', PARTNERS, idOf('ticket:ana'));
    await archive(PARTNERS).expect(200);
    const person = await ana('/o/aurora');
    await person.get(`/api/v1/portal/tickets/${idOf('ticket:ana')}`).expect(200);
    expect((await owner.get(`/api/v1/admin/tickets/${idOf('ticket:ana')}`).expect(200)).status).toBe(200);
  });
});

describe('S3.3 S3.24 a session of one portal', () => {
  it.each(['cookie', 'bearer', 'jwt'] as const)('is none at another, as %s, and goes on at its own', async (via) => {
    const person = await api.signIn('portal', 'ana@padaria.example', { base: '/o/aurora', via });
    const answer = await refusal(person.with({ base: '/o/aurora-partners' }).get(ME), 401, 'unauthenticated');
    expect(cookiesOf(answer)).toEqual({});
    await person.get(ME).expect(200);
  });

  it('has cookies of its own path, so that both are kept side by side', async () => {
    for (const base of ['/o/aurora', '/o/aurora-partners']) {
      const { headers } = await login(base, 'ana@padaria.example').expect(200);
      for (const cookie of headers['set-cookie'] as unknown as string[]) expect(cookie).toContain(`Path=${base};`);
    }
  });
});
