import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Storage } from '@balcao/platform-storage';
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
  ['verified domain with the dot of the root', '', { host: 'portal.aurora.example.:443' }],
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
  it('S3.1 a path stands above the host, among the portals of one organization', async () => {
    const { body } = await api
      .visitor('/o/aurora-partners', { host: 'portal.aurora.example' })
      .get(BRANDING)
      .expect(200);
    expect(body.branding.slug).toBe('aurora-partners');
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

  it('S0.1 S3.33 S3.74 a verified domain of other letters is known by its ASCII, and by what people type', async () => {
    const verify = (domain: string | null) =>
      api.rows(
        `update portals set custom_domain = $1::text, domain_verified_at = case when $1::text is not null then now() end
         where slug = 'aurora-partners'`,
        domain,
      );
    await verify('portal.xn--po-sia.example');
    try {
      for (const host of ['portal.xn--po-sia.example', 'PORTAL.XN--PO-SIA.Example.:443']) {
        const { body } = await api.visitor('', { host }).get(BRANDING).expect(200);
        expect(body.branding).toMatchObject({ slug: 'aurora-partners', customDomain: 'portal.xn--po-sia.example' });
      }
      // No browser sends a host in other letters.
      await refusal(api.visitor('', { host: 'portal.pão.example' }).get(BRANDING), 400, 'malformed_request');
      for (const domain of ['portal.xn--po-sia.example', 'portal.pão.example', 'PORTAL.PA\u0303O.example']) {
        const { body } = await api
          .visitor()
          .get(`${BRANDING}/${encodeURIComponent(domain)}`)
          .expect(200);
        expect(body.branding.slug).toBe('aurora-partners');
      }
    } finally {
      await verify(null);
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

it('S3.34–45 S3.73 S3.74 S3.86 branding has every field, by its path, its host and its domain alike', async () => {
  const owner = await api.signIn('staff', 'owner@aurora.example');
  const kept = `/pictures/${idOf('organization:aurora')}/${'f'.repeat(32)}.png`;
  await api.app.get(Storage).put(kept.slice(1), Readable.from([Buffer.from('x')]), 1);
  await owner
    .patch(`/api/v1/admin/portals/${idOf('portal:aurora')}`, {
      version: 1,
      settings: {
        branding: {
          logoUrl: kept,
          faviconUrl: kept,
          theme: { light: { primary: '#1f4e9f', secondary: 'teal', accent: 'hsl(20 80% 40%)' } },
          welcomeMessage: { 'pt-BR': 'Bem-vindo', 'en-US': 'Welcome' },
          supportEmail: 'suporte@aurora.example',
          supportPhone: '0800 765 4321',
          supportHours: { 'pt-BR': 'Das 8h às 20h' },
          footerText: { 'pt-BR': 'Aurora Telecom Ltda.' },
        },
        style: { customCss: '.ticket { color: #123456 }' },
      },
    })
    .expect(200);
  const host = 'portal.aurora.example';
  const { body } = await api.visitor('', { host }).get(BRANDING).expect(200);
  for (const [base, path] of [
    ['/o/aurora', BRANDING],
    ['', `${BRANDING}/${host}`],
    ['/o/boreal', `${BRANDING}/${host}`],
  ] as const) {
    const same = await api.visitor(base).get(path).expect(200);
    expect(same.body).toEqual(body);
    expect(same.headers['cache-control']).toBe('public, max-age=300, stale-while-revalidate=86400');
  }
  expect(body.branding).toMatchObject({
    logoUrl: kept,
    faviconUrl: kept,
    primaryColor: expect.stringMatching(/^#[0-9a-f]{6}$/),
    secondaryColor: expect.stringMatching(/^#[0-9a-f]{6}$/),
    accentColor: expect.stringMatching(/^#[0-9a-f]{6}$/),
    customDomain: 'portal.aurora.example',
    domainVerified: true,
    welcomeMessage: 'Bem-vindo',
    supportEmail: 'suporte@aurora.example',
    supportPhone: '0800 765 4321',
    footerText: 'Aurora Telecom Ltda.',
    texts: {
      welcomeMessage: { 'pt-BR': 'Bem-vindo', 'en-US': 'Welcome' },
      supportHours: { 'pt-BR': 'Das 8h às 20h', 'en-US': null },
      footerText: { 'pt-BR': 'Aurora Telecom Ltda.', 'en-US': null },
    },
    customCss: expect.stringContaining('#123456'),
    id: idOf('portal:aurora'),
    orgId: idOf('organization:aurora'),
    enableTickets: true,
    enableAssetCheckout: false,
    enableSelfService: false,
    enablePasswordReset: true,
    languages: ['pt-BR', 'en-US'],
    theme: { light: { primary: { h: expect.any(Number), s: expect.any(Number), l: expect.any(Number) } } },
  });
});

it.each(['cookie', 'bearer', 'jwt'] as const)(
  'S3.33 where no address names a portal, the session by %s does',
  async (via) => {
    await refusal(api.visitor().get(BRANDING), 404, 'not_found');
    await refusal(api.visitor('', { authorization: 'Bearer nonsense' }).get(BRANDING), 404, 'not_found');
    const ana = await api.signIn('portal', ANA.email, { via });
    const { body, headers } = await ana.with({ base: '' }).get(BRANDING).expect(200);
    expect(body.branding.slug).toBe('aurora');
    expect(headers['cache-control']).toBe('private, no-cache');
    // An address that names one decides alone.
    const there = await ana.with({ base: '/o/boreal' }).get(BRANDING).expect(200);
    expect([there.body.branding.slug, there.headers['cache-control']]).toEqual([
      'boreal',
      expect.stringMatching(/^public/),
    ]);
    await api.rows("update organizations set status = 'suspended' where slug = 'aurora'");
    await refusal(ana.with({ base: '' }).get(BRANDING), 403, 'organization_suspended');
    await api.reset();
  },
);

describe('X-Forwarded-*', () => {
  let direct: TestApp;
  beforeAll(async () => (direct = await startTestApp({ config: { trustedProxies: undefined } })));
  afterAll(() => direct.close());

  it('name no host, whoever sends them', async () => {
    const headers = { 'x-forwarded-host': 'portal.aurora.example' };
    for (const app of [api, direct]) {
      await refusal(app.visitor('', headers).get(BRANDING), 404, 'not_found');
      expect((await app.visitor('', headers).get('/').expect(302)).headers['location']).toBe('/console');
      const { body } = await app.visitor('/o/boreal', headers).get(BRANDING).expect(200);
      expect(body.branding.slug).toBe('boreal');
    }
  });

  it.each(['198.51.100.7:', '[2001:db8:1:2::7]:'])('S3.30 a port of %s is no other address', async (address) => {
    const attempt = (port: number) =>
      api
        .visitor('', { 'x-forwarded-for': `${address}${port}` })
        .post(LOGIN, { email: `${Math.random()}@x.example`, password: 'wrong password' });
    for (let count = 0; count < 10; count += 1) await refusal(attempt(1000 + count), 401, 'invalid_credentials');
    await refusal(attempt(2000), 429, 'rate_limited');
  });

  it.each(['"><script>alert(1)</script>', 'unknown', '999.1.1.1', '203.0.113.9, _hidden', '', ','])(
    'what is no address stands nowhere: %s',
    async (header) => {
      const owner = await api.signIn('staff', 'owner@aurora.example');
      await owner
        .with({ headers: { 'x-forwarded-for': header } })
        .post('/api/v1/admin/auth/logout')
        .expect(204);
      const [row] = await api.rows<{ ip: string }>(
        "select ip from audit_log where action = 'staff.logout' order by at desc limit 1",
      );
      expect(row!.ip).toMatch(/^(::ffff:)?127\.0\.0\.1$/);
    },
  );

  it('S3.30 an address that the client made up does not escape the limits', async () => {
    const attempt = () =>
      direct.visitor().post(LOGIN, { email: `${Math.random()}@x.example`, password: 'wrong password' });
    for (let count = 0; count < 10; count += 1) await refusal(attempt(), 401, 'invalid_credentials');
    await refusal(attempt(), 429, 'rate_limited');
  });
});

describe('the host of a request', () => {
  const STRANGE = [
    'evil.example',
    'konsole.attacker.example',
    'portal.boreal.example',
    '203.0.113.9',
    '[2001:db8::1]',
    'portals.example',
  ];
  const OF_STAFF = [
    '/console',
    '/console/login',
    '/console/assets/x.js',
    '/ops',
    '/ops/login',
    '/api/docs',
    '/api/openapi.json',
    '/ops/queues',
    '/api/v1/admin/auth/me',
    '/ops/auth/me',
  ];
  const OF_PORTALS = [
    '/',
    '/portal',
    '/portal/login',
    '/portal/branding.css',
    '/portal/manifest.webmanifest',
    '/portal/help',
    '/robots.txt',
    '/portal/sitemap.xml',
    '/favicon.ico',
    '/apple-touch-icon.png',
    BRANDING,
    ME,
    '/nothing',
  ];

  it.each(STRANGE)("%s, which is nobody's, opens nothing that depends on it", async (host) => {
    const visitor = api.visitor('', { host });
    for (const path of [...OF_STAFF, ...OF_PORTALS]) await refusal(visitor.get(path), 421, 'misdirected_request');
    const staff = { email: 'owner@aurora.example', password: PASSWORD };
    const operator = { email: 'operator@balcao.example', password: PASSWORD };
    await refusal(visitor.post(LOGIN_PATHS.staff, staff), 421, 'misdirected_request');
    await refusal(
      visitor.with({ headers: { origin: `http://${host}` } }).post(LOGIN_PATHS.operator, operator),
      421,
      'misdirected_request',
    );
    await refusal(visitor.post(LOGIN, ANA), 421, 'misdirected_request');
    await refusal(visitor.with({ credentials: { bearer: 'x' } }).post(LOGIN, ANA), 421, 'misdirected_request');
  });

  it.each(STRANGE)('%s opens paths that name a portal, the API to who brings a token, and health', async (host) => {
    const at = { headers: { host } };
    expect((await api.visitor('/o/aurora', { host }).get(BRANDING).expect(200)).body.branding.slug).toBe('aurora');
    await api.visitor('/o/aurora', { host }).get('/portal/login').expect(200);
    await api.visitor('', { host }).get('/health/live').expect(200);
    for (const via of ['bearer', 'jwt'] as const) {
      const ana = await api.signIn('portal', ANA.email, { via });
      expect((await ana.with(at).get(ME).expect(200)).body.organization.slug).toBe('aurora');
    }
    const owner = await api.signIn('staff', 'owner@aurora.example', { via: 'bearer' });
    await refusal(owner.with(at).get('/api/v1/admin/auth/me'), 421, 'misdirected_request');
  });

  it.each([
    ['/o/aurora', {}],
    ['', { host: 'portal.aurora.example' }],
    ['', { host: 'portal.aurora.example.' }],
    ['', { host: 'aurora.portals.example' }],
  ] as [string, Record<string, string>][])("shows nothing of staff's and operators' at %s%j", async (base, headers) => {
    const visitor = api.visitor(base, headers);
    for (const path of OF_STAFF) await refusal(visitor.get(path), 404, 'not_found');
    await refusal(
      visitor.post(LOGIN_PATHS.staff, { email: 'owner@aurora.example', password: PASSWORD }),
      404,
      'not_found',
    );
  });

  it.each(['portal.aurora.example', 'Aurora.portals.example.'])(
    'S3.46 %s, which is a company’s, shows no other company’s portal, whatever the path says',
    async (host) => {
      const other = api.visitor('/o/boreal', { host });
      for (const path of OF_PORTALS) await refusal(other.get(path), 404, 'not_found');
      const { headers } = await refusal(
        other.post(LOGIN, { email: 'x@boreal.example', password: PASSWORD }),
        404,
        'not_found',
      );
      expect(headers).not.toHaveProperty('set-cookie');
      for (const base of ['/o/aurora', '/o/aurora-partners'])
        await api.visitor(base, { host }).get('/portal/login').expect(200);
      await api.visitor('/o/boreal').get('/portal/login').expect(200);
    },
  );

  it.each(['localhost:4610@evil.example', 'localhost:1:2', 'localhost/evil', 'a b', '.', `${'a'.repeat(64)}.example`])(
    'is refused everywhere where it is none: %s',
    async (host) => {
      const paths = [...OF_STAFF, ...OF_PORTALS, '/health/live', '/health/ready', `/pictures/${'0'.repeat(36)}/x.png`];
      for (const path of ['', '/o/aurora'].flatMap((base) => paths.map((each) => base + each))) {
        const { headers } = await refusal(api.visitor('', { host }).get(path), 400, 'malformed_request');
        expect(headers).not.toHaveProperty('location');
        expect(headers).not.toHaveProperty('set-cookie');
      }
      await refusal(api.visitor('/o/aurora', { host }).post(LOGIN, ANA), 400, 'malformed_request');
    },
  );

  it.each(STRANGE)('%s stands in nothing that is answered to it', async (host) => {
    const paths = [...OF_STAFF, ...OF_PORTALS, '/portal/help/nothing', '/portal/pictures/favicon'];
    for (const path of ['', '/o/aurora'].flatMap((base) => paths.map((each) => base + each))) {
      const { headers, text } = await api.visitor('', { host }).get(path);
      expect([path, JSON.stringify(headers) + (text ?? '')]).toEqual([path, expect.not.stringContaining(host)]);
    }
  });

  it('in production is the one of PUBLIC_URL alone, even on the machine itself', async () => {
    const live = await startTestApp({ config: { nodeEnv: 'production', publicUrl: 'https://service.example' } });
    try {
      for (const host of ['localhost', '127.0.0.1', '[::1]'])
        for (const path of ['/console', '/ops/login', '/api/docs'])
          await refusal(live.visitor('', { host }).get(path), 421, 'misdirected_request');
      for (const host of ['service.example', 'Service.Example:443', 'service.example.'])
        for (const path of ['/console', '/ops/login', '/api/docs/'])
          await live.visitor('', { host }).get(path).expect(200);
    } finally {
      await live.close();
    }
  });

  it("says at a host that is nobody's what to set", async () => {
    const { text, headers } = await api
      .visitor('', { host: 'evil.example', accept: 'text/html' })
      .get('/console')
      .expect(421);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toContain('PUBLIC_URL');
    expect(text).not.toContain('evil.example');
  });
});
