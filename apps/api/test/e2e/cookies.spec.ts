import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusal } from '../support/problem.js';
import { LOGIN_PATHS, type Audience } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { cookiesOf } from '../support/visitor.js';
import { PASSWORD } from '../support/world.js';

const EMAILS = { portal: 'ana@padaria.example', staff: 'owner@aurora.example', operator: 'operator@balcao.example' };
const LOGOUT = {
  portal: '/api/v1/portal/auth/logout',
  staff: '/api/v1/admin/auth/logout',
  operator: '/ops/auth/logout',
};
const ME = { portal: '/api/v1/portal/auth/me', staff: '/api/v1/admin/auth/me', operator: '/ops/auth/me' };
const PREFIX = { portal: 'balcao_portal', staff: 'balcao_staff', operator: 'balcao_operator' };
const AUDIENCES = ['portal', 'staff', 'operator'] as const;

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
afterAll(() => api.close());

const login = (audience: Audience, base = '', visitor = api.visitor(base)) =>
  visitor.post(LOGIN_PATHS[audience], { email: EMAILS[audience], password: PASSWORD }).expect(200);

describe.each(AUDIENCES)('cookies of %s', (audience) => {
  it('S3.24 the session is http-only, host-only and same-site', async () => {
    const { value, attributes } = cookiesOf(await login(audience))[`${PREFIX[audience]}_session`]!;
    expect(value).toMatch(/^[\w-]{48}$/);
    expect(attributes).toMatchObject({ path: '/', httponly: true, samesite: 'Lax' });
    expect(attributes).not.toHaveProperty('domain');
    expect(attributes).not.toHaveProperty('secure');
  });

  it('S0.22 the device is the same at its next sign-in', async () => {
    const name = `${PREFIX[audience]}_device`;
    const { value, attributes } = cookiesOf(await login(audience))[name]!;
    expect(attributes).toMatchObject({ path: '/', httponly: true, samesite: 'Lax' });
    const known = api.visitor().with({ credentials: { cookies: { [name]: value } } });
    expect(cookiesOf(await login(audience, '', known))[name]!.value).toBe(value);
  });

  it('S3.25 the CSRF token can be read by the page', async () => {
    const { value, attributes } = cookiesOf(await login(audience))[`${PREFIX[audience]}_csrf_token`]!;
    expect(value).toMatch(/^[\w-]{22}\.[\w-]{43}$/);
    expect(attributes).not.toHaveProperty('httponly');
    expect(attributes).not.toHaveProperty('domain');
  });

  it('sign-in and sign-out clear the cache, sign-out the cookies and the session too', async () => {
    expect((await login(audience)).headers['clear-site-data']).toBe('"cache"');
    const somebody = await api.signIn(audience, EMAILS[audience]);
    const response = await somebody.post(LOGOUT[audience]).expect(audience === 'portal' ? 200 : 204);
    expect(response.headers['clear-site-data']).toBe('"cache"');
    const cleared = cookiesOf(response);
    for (const name of ['session', 'csrf_token']) {
      const { value, attributes } = cleared[`${PREFIX[audience]}_${name}`]!;
      expect([value, Date.parse(attributes['expires'] as string)]).toEqual(['', 0]);
    }
    await refusal(somebody.get(ME[audience]), 401, 'unauthenticated');
    const audited = await api.rows('select 1 from audit_log where action = $1', `${audience}.logout`);
    expect(audited).toHaveLength(1);
  });
});

it('S3.24 a portal reached by path keeps its cookies there', async () => {
  for (const { attributes } of Object.values(cookiesOf(await login('portal', '/o/aurora')))) {
    expect(attributes['path']).toBe('/o/aurora');
  }
});

it('S3.24 over https cookies are Secure, and HSTS is sent', async () => {
  const secure = await startTestApp({ config: { publicUrl: 'https://portals.example' } });
  try {
    const response = await secure.visitor().post(LOGIN_PATHS.portal, { email: EMAILS.portal, password: PASSWORD });
    for (const { attributes } of Object.values(cookiesOf(response))) expect(attributes).toHaveProperty('secure');
    expect(response.headers['strict-transport-security']).toMatch(/^max-age=31536000/);
  } finally {
    await secure.close();
  }
});

describe('S3.25 PORTAL_COOKIE_PREFIX', () => {
  let breeze: TestApp;
  beforeAll(async () => (breeze = await startTestApp({ config: { portalCookiePrefix: 'breeze' } })));
  afterAll(() => breeze.close());

  it("S3.24 S3.25 S3.100 names the portal's cookies and header", async () => {
    const ana = await breeze.signIn('portal', EMAILS.portal);
    expect(Object.keys(ana.credentials.cookies!).sort()).toEqual([
      'breeze_portal_csrf_token',
      'breeze_portal_device',
      'breeze_portal_session',
    ]);
    await refusal(ana.patch('/api/v1/portal/profile', {}), 403, 'csrf_failed');
    const csrf = { header: 'x-breeze-csrf', token: ana.credentials.csrf!.token };
    await ana
      .with({ credentials: { ...ana.credentials, csrf } })
      .patch('/api/v1/portal/profile', {})
      .expect(200);
  });

  it("leaves the staff's names alone", async () => {
    const owner = await breeze.signIn('staff', EMAILS.staff);
    expect(Object.keys(owner.credentials.cookies!)).toContain('balcao_staff_session');
    await owner.post('/api/v1/admin/auth/logout').expect(204);
  });
});

describe('Origin', () => {
  it.each([
    ['the installation', { origin: 'http://localhost:3000' }],
    ['the host itself', { host: 'portal.aurora.example', origin: 'http://portal.aurora.example' }],
    [
      'the host behind a proxy that ends https',
      { host: 'portal.aurora.example', origin: 'https://portal.aurora.example' },
    ],
    ['nobody, as programs send it', {}],
  ] as [string, Record<string, string>][])('S3.100 of %s is fine', async (_what, headers) => {
    await api.visitor('', headers).post(LOGIN_PATHS.portal, { email: EMAILS.portal, password: PASSWORD }).expect(200);
  });

  it.each([
    'https://evil.example',
    'null',
    'http://portal.aurora.example.evil.example',
    'http://localhost:3001',
    'nonsense',
  ])('S3.100 %s is another site', async (origin) => {
    const headers = { host: 'portal.aurora.example', origin };
    const body = { email: EMAILS.portal, password: PASSWORD };
    await refusal(api.visitor('', headers).post(LOGIN_PATHS.portal, body), 403, 'cross_site_request');
  });

  it('S3.100 reading needs no token', async () => {
    const ana = await api.signIn('portal', EMAILS.portal);
    const { cookies } = ana.credentials;
    await ana.with({ credentials: { cookies } }).get('/api/v1/portal/profile').expect(200);
  });
});
