import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf } from '../support/ids.js';
import { refusal } from '../support/problem.js';
import { LOGIN_PATHS } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { PASSWORD } from '../support/world.js';

const LOGIN = LOGIN_PATHS.portal;
const BRANDING = '/api/v1/portal/branding';
const ME = '/api/v1/portal/auth/me';
const ANA = { email: 'ana@padaria.example', password: PASSWORD };

let api: TestApp;
beforeAll(async () => (api = await startTestApp({ config: { portalBaseDomain: 'portals.example' } })));
afterAll(() => api.close());

const WAYS: [way: string, base: string, headers: Record<string, string>][] = [
  ['path', '/o/aurora', {}],
  ['subdomain', '', { host: 'aurora.portals.example' }],
  ['subdomain with a port', '', { host: 'aurora.portals.example:8443' }],
  ['verified domain', '', { host: 'portal.aurora.example' }],
  ['verified domain in capitals', '', { host: 'Portal.Aurora.Example' }],
];

describe.each(WAYS)('by %s', (_way, base, headers) => {
  it('S0.1 S3.33 S3.73 shows the branding of the portal', async () => {
    const { body } = await api.visitor(base, headers).get(BRANDING).expect(200);
    expect(body.branding).toMatchObject({ slug: 'aurora', organizationName: 'Aurora Telecom' });
  });

  it('S3.1 signs in to the portal and opens it there', async () => {
    const visitor = api.visitor(base, headers);
    const { body } = await visitor.post(LOGIN, ANA).expect(200);
    const me = await visitor
      .with({ credentials: { bearer: body.accessToken } })
      .get(ME)
      .expect(200);
    expect(me.body.portal).toMatchObject({ id: idOf('portal:aurora'), slug: 'aurora' });
  });

  it('S3.1 does not know the users of another organization', async () => {
    const davi = { email: 'davi@boreal-cliente.example', password: PASSWORD };
    await refusal(api.visitor(base, headers).post(LOGIN, davi), 401, 'invalid_credentials');
  });

  it.each([
    { organizationSlug: 'boreal' },
    { tenantSlug: 'boreal' },
    { organizationId: idOf('organization:boreal') },
    { orgId: idOf('organization:boreal') },
  ])('a login that names another organization is 400: %p', async (other) => {
    await refusal(api.visitor(base, headers).post(LOGIN, { ...ANA, ...other }), 400, 'tenant_mismatch');
  });

  it('a session of another portal is 401', async () => {
    const davi = await api.signIn('portal', 'davi@boreal-cliente.example', { via: 'bearer' });
    await refusal(davi.with({ base, headers }).get(ME), 401, 'unauthenticated');
  });
});

describe('the address decides which portal', () => {
  it('S3.1 a path stands above the host', async () => {
    const { body } = await api.visitor('/o/boreal', { host: 'portal.aurora.example' }).get(BRANDING).expect(200);
    expect(body.branding.slug).toBe('boreal');
  });

  it('S2.6 an organization may have several portals; a session belongs to one', async () => {
    const partners = await api.signIn('portal', ANA.email, { base: '/o/aurora-partners' });
    expect((await partners.get(ME).expect(200)).body.portal.slug).toBe('aurora-partners');
    await refusal(partners.with({ base: '/o/aurora' }).get(ME), 401, 'unauthenticated');
  });

  it('a bare host takes the tenant from session or token', async () => {
    for (const via of ['cookie', 'bearer', 'jwt'] as const) {
      const ana = await api.signIn('portal', ANA.email, { base: '/o/aurora', via });
      expect((await ana.with({ base: '' }).get(ME).expect(200)).body.organization.slug).toBe('aurora');
    }
    await refusal(api.visitor().get(BRANDING), 404, 'not_found');
  });
});

describe('an address that names no portal', () => {
  it.each([
    ['an unknown path', '/o/nobody', {}],
    ['an unknown subdomain', '', { host: 'nobody.portals.example' }],
    ['a subdomain below one', '', { host: 'x.aurora.portals.example' }],
    ['an unknown host', '', { host: 'evil.example' }],
    ['S3.46 a domain that is claimed but not verified', '', { host: 'portal.boreal.example' }],
  ] as [string, string, Record<string, string>][])('S3.46 %s is 404', async (_what, base, headers) => {
    await refusal(api.visitor(base, headers).get(BRANDING), 404, 'not_found');
    await refusal(api.visitor(base, headers).post(LOGIN, ANA), 404, 'not_found');
  });

  it('S3.46 S3.74 branding is served by a verified domain only', async () => {
    const { body } = await api.visitor().get(`${BRANDING}/Portal.Aurora.example`).expect(200);
    expect(body.branding).toMatchObject({ customDomain: 'portal.aurora.example', domainVerified: true });
    for (const domain of ['portal.boreal.example', 'nobody.example', '%00', "'", 'x'.repeat(254), 'ção.example']) {
      expect((await api.visitor().get(`${BRANDING}/${encodeURIComponent(domain)}`)).status).toBe(404);
    }
  });

  it('S3.46 an unverified claim never shadows the tenant who verified the same domain', async () => {
    await api.rows("update portals set custom_domain = 'portal.aurora.example' where slug = 'boreal'");
    const { body } = await api.visitor('', { host: 'portal.aurora.example' }).get(BRANDING).expect(200);
    expect(body.branding.slug).toBe('aurora');
    const verifyingToo = api.rows("update portals set domain_verified_at = now() where slug = 'boreal'");
    await expect(verifyingToo).rejects.toThrow(/portals_verified_domain/);
  });
});

it('S3.34 S3.35 S3.36 S3.37 S3.38 S3.39 S3.40 S3.41 S3.42 S3.43 S3.44 S3.45 branding has every field', async () => {
  const owner = await api.signIn('staff', 'owner@aurora.example');
  await owner
    .patch(`/api/v1/admin/portals/${idOf('portal:aurora')}`, {
      version: 1,
      branding: {
        logoUrl: 'https://cdn.example/logo.png',
        faviconUrl: 'https://cdn.example/favicon.ico',
        theme: { light: { primary: '#1f4e9f', secondary: 'teal', accent: 'hsl(20 80% 40%)' } },
        welcomeMessage: 'Bem-vindo',
        supportEmail: 'suporte@aurora.example',
        supportPhone: '0800 765 4321',
        footerText: 'Aurora Telecom Ltda.',
      },
    })
    .expect(200);
  const { body } = await api.visitor('/o/aurora').get(BRANDING).expect(200);
  expect(body.branding).toMatchObject({
    logoUrl: 'https://cdn.example/logo.png',
    faviconUrl: 'https://cdn.example/favicon.ico',
    primaryColor: expect.stringMatching(/^#[0-9a-f]{6}$/),
    secondaryColor: expect.stringMatching(/^#[0-9a-f]{6}$/),
    accentColor: expect.stringMatching(/^#[0-9a-f]{6}$/),
    customDomain: 'portal.aurora.example',
    domainVerified: true,
    welcomeMessage: 'Bem-vindo',
    supportEmail: 'suporte@aurora.example',
    supportPhone: '0800 765 4321',
    footerText: 'Aurora Telecom Ltda.',
    customCss: null,
    languages: ['pt-BR', 'en-US'],
    theme: { light: { primary: { h: expect.any(Number), s: expect.any(Number), l: expect.any(Number) } } },
  });
});

describe('X-Forwarded-*', () => {
  let direct: TestApp;
  beforeAll(async () => (direct = await startTestApp({ config: { trustedProxies: undefined } })));
  afterAll(() => direct.close());

  it('counts from a trusted proxy only', async () => {
    const headers = { 'x-forwarded-host': 'portal.aurora.example' };
    expect((await api.visitor('', headers).get(BRANDING).expect(200)).body.branding.slug).toBe('aurora');
    await refusal(direct.visitor('', headers).get(BRANDING), 404, 'not_found');
  });

  it('S3.30 an address that the client made up does not escape the limits', async () => {
    const attempt = () =>
      direct.visitor().post(LOGIN, { email: `${Math.random()}@x.example`, password: 'wrong password' });
    for (let count = 0; count < 10; count += 1) await refusal(attempt(), 401, 'invalid_credentials');
    await refusal(attempt(), 429, 'rate_limited');
  });
});
