import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ALL_FEATURES } from '@balcao/contracts';
import { DomainError } from '@balcao/platform-errors';
import { Secrets, type AppConfig } from '@balcao/platform-config';
import type { RateLimiter } from '@balcao/platform-state';
import { testConfig } from '@balcao/platform-testing';
import type {
  AddressedTenant,
  AudienceName,
  OperatorPrincipal,
  PortalPrincipal,
  Principal,
  StaffPrincipal,
} from '@balcao/platform-tenancy';
import type { BalcaoRouteConfig } from './access-rule.js';
import { AccessPipeline } from './access.pipeline.js';
import { Authenticator, TenantResolver, type Credentials } from './authenticator.js';
import { CsrfTokens } from './csrf-tokens.js';
import { DailyWrites } from './daily-writes.js';
import { RequestBudget } from './request-budget.js';

const organization = {
  id: 'aurora-id',
  slug: 'aurora',
  name: 'Aurora',
  status: 'active' as const,
  locale: 'en-US' as const,
  timeZone: 'America/Sao_Paulo',
  currency: 'BRL',
  now: null,
};
const session = {
  sessionId: 'session',
  sessionExpiresAt: new Date('2099-01-01'),
  methods: ['password'],
  authenticatedAt: new Date(),
};
const person = { id: 'ana', email: 'ana@padaria.example', name: 'Ana', locale: null };
const languages = { languages: ['pt-BR', 'en-US'] as const, defaultLocale: 'pt-BR' as const };

const tenantOf = (slug: string, status: 'active' | 'suspended' = 'active'): AddressedTenant => ({
  ...languages,
  defaultLocale: slug === 'foreign' ? 'en-US' : 'pt-BR',
  organization: { ...organization, status },
  portal: { id: `${slug}-portal`, slug, name: slug, customDomain: null },
  features: slug === 'bare' ? { ...ALL_FEATURES, tickets: false } : ALL_FEATURES,
});
const CUSTOMER: PortalPrincipal = {
  ...session,
  audience: 'portal',
  user: { ...person, status: 'active', timeZone: null, receiveNotifications: true },
  organization,
  portal: { id: 'aurora-portal', slug: 'aurora', name: 'Aurora', admits: true, ...languages },
  billingAccount: { id: 'padaria', name: 'Padaria', externalId: null },
  permissions: new Set(['tickets:create' as const]),
  features: ALL_FEATURES,
};
const STAFF: StaffPrincipal = {
  ...session,
  audience: 'staff',
  user: { ...person, role: 'agent' },
  organization,
  permissions: new Set(['tickets:read' as never]),
};
const OPERATOR: OperatorPrincipal = { ...session, audience: 'operator', user: person };
const PRINCIPALS = { portal: CUSTOMER, staff: STAFF, operator: OPERATOR } as const;

/** Who has a session of each audience, under the token of that name. */
let signedIn: Partial<Record<AudienceName, Principal>>;
let asked: { audience: AudienceName; credentials: Credentials; use: boolean }[];
class Sessions extends Authenticator {
  authenticate = async (audience: AudienceName, credentials: Credentials) => this.find(audience, credentials, true);
  look = async (audience: AudienceName, credentials: Credentials) => this.find(audience, credentials, false);

  private find(audience: AudienceName, credentials: Credentials, use: boolean): Principal | undefined {
    asked.push({ audience, credentials, use });
    return credentials.token === audience ? signedIn[audience] : undefined;
  }
}
class Tenants extends TenantResolver {
  bySlug = async (slug: string) =>
    slug === 'nobody' ? undefined : tenantOf(slug, slug === 'closed' ? 'suspended' : 'active');
  byHost = async (host: string) => (host === 'portal.aurora.example' ? tenantOf('aurora') : undefined);
  insteadOf = async ({ slug }: { slug?: string }) => (slug === 'nobody' ? OTHER : undefined);
  roleRefusal = async () => new DomainError('portal_role_not_allowed', { extensions: { portals: [OTHER] } });
}
const OTHER = { name: 'Aurora', address: 'https://portal.aurora.example/portal/' };

const config: AppConfig = testConfig({
  databaseUrl: 'postgres://nowhere/none',
  publicUrl: 'https://balcao.example',
  portalBaseDomain: 'portals.example',
  requestsPerMinute: 5,
  nodeEnv: 'production',
});
const csrf = new CsrfTokens(new Secrets('only-for-tests-0123456789abcdefghij'));
/** What was counted of writing, by the keys and their limits. */
let counted: [limits: Readonly<Record<string, number>>, points: number][];
const counters = {
  consumeEach: async (limits: Readonly<Record<string, number>>, _seconds: number, points: number) => {
    counted.push([limits, points]);
    return { allowed: points < 2_000, retryAfterSeconds: points < 2_000 ? 0 : 60 };
  },
} as unknown as RateLimiter;
const pipelineOf = () =>
  new AccessPipeline(
    config,
    new Sessions(),
    new Tenants(),
    csrf,
    new RequestBudget(config),
    new DailyWrites(config, counters),
  );

beforeEach(() => {
  signedIn = { ...PRINCIPALS };
  asked = [];
  counted = [];
});

interface Sent {
  method?: string;
  url?: string;
  host?: string;
  protocol?: string;
  headers?: Record<string, string>;
  cookies?: Record<string, string>;
  route?: BalcaoRouteConfig;
  rawHeaders?: string[];
  httpVersion?: string;
}

const COOKIES = {
  portal: ['balcao_portal', 'x-balcao-csrf'],
  staff: ['balcao_staff', 'x-balcao-csrf'],
  operator: ['balcao_operator', 'x-balcao-csrf'],
} as const;

/** What a browser of that audience sends of itself. */
const by = (audience: keyof typeof COOKIES) => ({ [`${COOKIES[audience][0]}_session`]: audience });
function withCsrf(audience: keyof typeof COOKIES, sent: Sent = {}): Sent {
  const token = csrf.issue('session');
  const [prefix, header] = COOKIES[audience];
  return {
    method: 'POST',
    ...sent,
    cookies: { ...by(audience), [`${prefix}_csrf_token`]: token },
    headers: { [header]: token, ...sent.headers },
  };
}

function requestOf({ method = 'GET', url = '/', host = 'balcao.example', ...sent }: Sent): FastifyRequest {
  return {
    id: 'test',
    ip: '192.0.2.1',
    method,
    url,
    originalUrl: url,
    host,
    hostname: host.replace(/:\d+$/, ''),
    protocol: sent.protocol ?? 'https',
    headers: { host, ...sent.headers },
    cookies: sent.cookies ?? {},
    raw: { rawHeaders: sent.rawHeaders ?? ['Host', host], httpVersion: sent.httpVersion ?? '1.1' },
    routeOptions: { config: sent.route ?? {} },
  } as unknown as FastifyRequest;
}

/** Headers of the last answer. */
let told: Record<string, unknown>;
const reply = { header: (name: string, value: unknown) => ((told[name] = value), reply) } as unknown as FastifyReply;

async function admit(sent: Sent, pipeline = pipelineOf()) {
  const request = requestOf(sent);
  told = {};
  await pipeline.handle(request, reply);
  return request.balcao;
}
/** Code of the refusal, or 'admitted'. */
const answer = (sent: Sent, pipeline?: AccessPipeline) =>
  admit(sent, pipeline).then(
    () => 'admitted',
    (error: { code?: string }) => error.code ?? String(error),
  );

const route = (audience: AudienceName, rule: object = { kind: 'authenticated' }): BalcaoRouteConfig => ({
  access: { audience, ...rule } as never,
});

describe('the form of a request', () => {
  it.each([
    ['one host', ['Host', 'balcao.example'], '1.1', 'admitted'],
    ['two hosts', ['Host', 'balcao.example', 'host', 'other.example'], '1.1', 'malformed_request'],
    ['a value that reads like its name', ['X', 'host', 'Host', 'balcao.example'], '1.1', 'admitted'],
    ['none', ['Accept', '*/*'], '1.1', 'malformed_request'],
    ['none in HTTP/1.0', ['Accept', '*/*'], '1.0', 'admitted'],
    ['two in HTTP/1.0', ['Host', 'a', 'Host', 'b'], '1.0', 'malformed_request'],
  ])('with %s is %s', async (_what, rawHeaders, httpVersion, outcome) => {
    expect(await answer({ rawHeaders, httpVersion })).toBe(outcome);
  });

  it('has a path of at most 2,000 characters, whatever its query is', async () => {
    const path = `/${'x'.repeat(1_999)}`;
    expect(await answer({ url: path })).toBe('admitted');
    expect(await answer({ url: `${path}?q=${'x'.repeat(100)}` })).toBe('admitted');
    expect(await answer({ url: `${path}x` })).toBe('uri_too_long');
  });

  it('names a host, or it is refused before it is asked whose that is', async () => {
    expect(await answer({ host: 'evil.example:x' })).toBe('malformed_request');
  });

  it('has few parameters', async () => {
    expect(await answer({ url: `/?${'a=1&'.repeat(5_000)}` })).not.toBe('admitted');
  });

  it('costs budget, unless it is a probe', async () => {
    const pipeline = pipelineOf();
    for (let n = 0; n < 5; n += 1) expect(await answer({}, pipeline)).toBe('admitted');
    expect(await answer({}, pipeline)).toBe('rate_limited');
    expect(await answer({ route: { probe: true } }, pipeline)).toBe('admitted');
  });
});

it('what comes of a session costs its person, and what only claims one the address', async () => {
  const pipeline = pipelineOf();
  const as = (audience: 'portal' | 'staff' | 'operator', token?: string) =>
    answer(
      { route: route(audience), cookies: { ...by(audience), ...(token && { balcao_portal_session: token }) } },
      pipeline,
    );
  signedIn.staff = { ...STAFF, user: { ...STAFF.user, id: 'bia' } };
  for (let n = 0; n < 5; n += 1)
    expect([await as('portal'), await as('staff'), await as('portal', `made up ${n}`)]).toEqual([
      'admitted',
      'admitted',
      'unauthenticated',
    ]);
  asked = [];
  for (const [audience, token] of [['portal'], ['staff'], ['portal', 'made up']] as const)
    expect(await as(audience, token)).toBe('rate_limited');
  // Nothing is looked up for whoever is over.
  expect(asked).toEqual([]);
});

it('what comes of a session that has ended costs the address', async () => {
  const pipeline = pipelineOf();
  const ask = () => answer({ route: route('portal'), cookies: by('portal') }, pipeline);
  expect(await ask()).toBe('admitted');
  delete signedIn.portal;
  for (let n = 0; n < 6; n += 1) expect(await ask()).toBe('unauthenticated');
  expect(await answer({}, pipeline)).toBe('rate_limited');
});

it('an answer of the API says on what it depends', async () => {
  await admit({ route: route('portal'), cookies: by('portal') });
  expect(told['vary']).toBe('Authorization, Cookie, Accept-Language, accept-encoding');
  await admit({ route: { guardedBy: 'nobody' } });
  expect(told).not.toHaveProperty('vary');
});

describe('what may be written in a day', () => {
  const PERSON = [{ 'writes|ana': 2_000 }, 20];
  const CUSTOMERS = [PERSON, [{ 'writes|padaria': 10_000 }, 100], [{ 'writes|aurora-id|portal': 100_000 }, 1_000]];
  const STAFFS = [PERSON, [{ 'writes|aurora-id|staff': 100_000 }, 1_000]];

  it.each([
    ['GET', 'portal', {}, []],
    ['POST', 'portal', {}, CUSTOMERS],
    ['PATCH', 'staff', { writes: 5 }, STAFFS],
    ['DELETE', 'portal', {}, []],
    ['POST', 'staff', { storesNothing: true }, []],
    ['POST', 'portal', { writes: 0 }, []],
    ['POST', 'operator', {}, []],
  ] as const)('of a %s of %s with %o is %j', async (method, audience, more, expected) => {
    expect(await answer(withCsrf(audience, { method, route: { ...route(audience), ...more } }))).toBe('admitted');
    expect(counted).toEqual(expected);
  });

  it('is asked for last, and refuses', async () => {
    const sent = withCsrf('portal', { route: { ...route('portal'), writes: 2_000 } });
    expect(await answer({ ...sent, headers: {} })).toBe('csrf_failed');
    expect(counted).toEqual([]);
    expect(await answer(sent)).toBe('daily_limit_reached');
  });
});

describe('hosts', () => {
  const FOREIGN = 'foreign.example';
  const OWN = 'portal.aurora.example';
  const PUBLIC = { kind: 'public' };

  it.each<[string, Sent, string]>([
    ['a page at the installation', { route: {} }, 'admitted'],
    ['a page at a portal’s own domain', { host: OWN }, 'admitted'],
    ['a page at a host that is nobody’s', { host: FOREIGN }, 'misdirected_request'],
    ['a probe at a host that is nobody’s', { host: FOREIGN, route: { probe: true } }, 'admitted'],
    [
      'a probe below a portal’s path',
      { url: '/o/aurora/x', route: { probe: true, ...route('integration', PUBLIC) } },
      'not_found',
    ],
    [
      'a public route at a host that is nobody’s',
      { host: FOREIGN, route: route('portal', PUBLIC) },
      'misdirected_request',
    ],
    [
      'customers without a token there',
      { host: FOREIGN, route: route('portal'), cookies: by('portal') },
      'misdirected_request',
    ],
    [
      'customers with a token there',
      { host: FOREIGN, route: route('portal'), headers: { authorization: 'Bearer portal' } },
      'admitted',
    ],
    [
      'a public route with a token there',
      { host: FOREIGN, route: route('portal', PUBLIC), headers: { authorization: 'Bearer portal' } },
      'misdirected_request',
    ],
    [
      'staff with a token there',
      { host: FOREIGN, route: route('staff'), headers: { authorization: 'Bearer staff' } },
      'misdirected_request',
    ],
    ['staff at the installation', { route: route('staff'), cookies: by('staff') }, 'admitted'],
    ['staff at a portal’s own domain', { host: OWN, route: route('staff'), cookies: by('staff') }, 'not_found'],
    ['staff below a portal’s path', { url: '/o/aurora/x', route: route('staff'), cookies: by('staff') }, 'not_found'],
    [
      'operators at a portal’s subdomain',
      { host: 'aurora.portals.example', route: route('operator'), cookies: by('operator') },
      'not_found',
    ],
    ['a tool of the installation at it', { route: { installation: true } }, 'admitted'],
    ['a tool of the installation at a portal’s domain', { host: OWN, route: { installation: true } }, 'not_found'],
    [
      'a tool of the installation below a portal’s path',
      { url: '/o/aurora/x', route: { installation: true } },
      'not_found',
    ],
    ['a page below a portal’s path', { url: '/o/aurora/x' }, 'admitted'],
    [
      'a customer at their portal’s own domain',
      { host: OWN, route: route('portal'), cookies: by('portal') },
      'admitted',
    ],
  ])('%s', async (_what, sent, outcome) => {
    expect(await answer(sent)).toBe(outcome);
  });
});

describe('tenants of public routes', () => {
  const PUBLIC = route('portal', { kind: 'public' });
  const OWN_TOO = route('portal', { kind: 'public', orOwnPortal: true });

  it('are those of the address', async () => {
    const { tenant, context } = await admit({ url: '/o/boreal/x', route: PUBLIC });
    expect(tenant?.portal.slug).toBe('boreal');
    expect(context).toMatchObject({
      organizationId: 'aurora-id',
      portalId: 'boreal-portal',
      scope: { kind: 'visitor' },
      languages: languages.languages,
    });
    expect((await admit({ host: 'portal.aurora.example', route: PUBLIC })).tenant?.portal.slug).toBe('aurora');
  });

  it('are none at the installation’s own host', async () => {
    const { tenant, context } = await admit({ route: PUBLIC, cookies: by('portal') });
    expect([tenant, context.organizationId, context.scope]).toEqual([undefined, undefined, undefined]);
    expect(asked).toEqual([]);
  });

  it('are that of one’s own session where a route says so, which does not live on by it', async () => {
    const { tenant, principal } = await admit({ route: OWN_TOO, cookies: by('portal') });
    expect([tenant?.portal.slug, principal]).toEqual(['aurora', CUSTOMER]);
    expect(asked.map(({ use }) => use)).toEqual([false]);
    expect((await admit({ route: OWN_TOO })).tenant).toBeUndefined();
    const meant = { 'x-session-user': 'bruno' };
    expect(await answer({ route: OWN_TOO, cookies: by('portal'), headers: meant })).toBe('session_changed');
    expect((await admit({ route: OWN_TOO, url: '/o/boreal/x', cookies: by('portal') })).tenant?.portal.slug).toBe(
      'boreal',
    );
  });

  it('are none for staff’s and operators’ routes', async () => {
    for (const audience of ['staff', 'operator'] as const)
      expect((await admit({ route: route(audience, { kind: 'public' }) })).tenant).toBeUndefined();
  });

  it.each<[string, Sent, string]>([
    ['of a portal that is not there', { url: '/o/nobody/x', route: PUBLIC }, 'not_found'],
    ['of a suspended organization', { url: '/o/closed/x', route: PUBLIC }, 'organization_suspended'],
    [
      'that needs what is switched on',
      { url: '/o/a/x', route: route('portal', { kind: 'public', features: ['tickets'] }) },
      'admitted',
    ],
    [
      'that needs what is switched off',
      { url: '/o/bare/x', route: route('portal', { kind: 'public', features: ['tickets'] }) },
      'PORTAL_TICKETS_DISABLED',
    ],
    [
      'that changes something, from elsewhere',
      { method: 'POST', route: PUBLIC, headers: { origin: 'https://evil.example' } },
      'cross_site_request',
    ],
    [
      'that reads something, from elsewhere',
      { route: PUBLIC, headers: { origin: 'https://evil.example' } },
      'admitted',
    ],
  ])('%s', async (_what, sent, outcome) => {
    expect(await answer(sent)).toBe(outcome);
  });
});

describe('whose session it is', () => {
  const PORTAL = route('portal');

  it.each<[string, Sent, string]>([
    ['nobody', { route: PORTAL }, 'unauthenticated'],
    ['a customer by cookie', { route: PORTAL, cookies: by('portal') }, 'admitted'],
    ['a customer by token', { route: PORTAL, headers: { authorization: 'bearer portal' } }, 'admitted'],
    ['a cookie that is worth nothing', { route: PORTAL, cookies: { balcao_portal_session: 'x' } }, 'unauthenticated'],
    ['an empty cookie', { route: PORTAL, cookies: { balcao_portal_session: '' } }, 'unauthenticated'],
    [
      'another scheme beside a good cookie',
      { route: PORTAL, cookies: by('portal'), headers: { authorization: 'Basic portal' } },
      'unauthenticated',
    ],
    [
      'a bad token beside a good cookie',
      { route: PORTAL, cookies: by('portal'), headers: { authorization: 'Bearer x' } },
      'unauthenticated',
    ],
    ['something before the token', { route: PORTAL, headers: { authorization: 'x Bearer portal' } }, 'unauthenticated'],
    ['something behind the token', { route: PORTAL, headers: { authorization: 'Bearer portal x' } }, 'unauthenticated'],
    ['a customer where staff belong', { route: route('staff'), cookies: by('portal') }, 'unauthenticated'],
    ['staff where operators belong', { route: route('operator'), cookies: by('staff') }, 'unauthenticated'],
    ['staff', { route: route('staff'), cookies: by('staff') }, 'admitted'],
    ['operators', { route: route('operator'), cookies: by('operator') }, 'admitted'],
    ['a customer below their portal’s path', { url: '/o/aurora/x', route: PORTAL, cookies: by('portal') }, 'admitted'],
    [
      'a customer below another portal’s path',
      { url: '/o/boreal/x', route: PORTAL, cookies: by('portal') },
      'unauthenticated',
    ],
    [
      'a customer below a path that is nobody’s',
      { url: '/o/nobody/x', route: PORTAL, cookies: by('portal') },
      'not_found',
    ],
    [
      'a customer below a suspended one’s path',
      { url: '/o/closed/x', route: PORTAL, cookies: by('portal') },
      'organization_suspended',
    ],
    ['nobody below a path', { url: '/o/aurora/x', route: PORTAL }, 'unauthenticated'],
    ...[
      ['who is meant', 'ana', 'admitted'],
      ['who does not say who is meant', '', 'admitted'],
      ['who is not meant', 'bruno', 'session_changed'],
    ].map(([what, meant, outcome]): [string, Sent, string] => [
      `a customer ${what}`,
      { route: PORTAL, cookies: by('portal'), headers: { 'x-session-user': meant! } },
      outcome!,
    ]),
  ])('%s', async (_what, sent, outcome) => {
    expect(await answer(sent)).toBe(outcome);
  });

  it('is no other portal’s at a portal’s own domain', async () => {
    signedIn.portal = { ...CUSTOMER, portal: { ...CUSTOMER.portal, id: 'boreal-portal', slug: 'boreal' } };
    expect(await answer({ host: 'portal.aurora.example', route: PORTAL, cookies: by('portal') })).toBe(
      'unauthenticated',
    );
  });

  it.each(['portal', 'staff'] as const)('is worth nothing to %s of a suspended organization', async (audience) => {
    const suspended = { ...organization, status: 'suspended' as const };
    signedIn[audience] = { ...PRINCIPALS[audience], organization: suspended } as Principal;
    expect(await answer({ route: route(audience), cookies: by(audience) })).toBe('organization_suspended');
  });

  it('has a token of at most 200 characters in a cookie, and of 4,096 as a bearer', async () => {
    await answer({ route: PORTAL, cookies: { balcao_portal_session: 'x'.repeat(200) } });
    await answer({ route: PORTAL, headers: { authorization: `Bearer ${'x'.repeat(4_096)}` } });
    expect(asked).toHaveLength(2);
    await answer({ route: PORTAL, cookies: { balcao_portal_session: 'x'.repeat(201) } });
    await answer({ route: PORTAL, headers: { authorization: `Bearer ${'x'.repeat(4_097)}` } });
    expect(asked).toHaveLength(2);
  });

  it('is used by its request, and becomes its context', async () => {
    const portal = await admit({ route: PORTAL, cookies: by('portal') });
    expect(portal.principal).toBe(CUSTOMER);
    expect(portal.context).toMatchObject({
      actor: { type: 'user', id: 'ana' },
      organizationId: 'aurora-id',
      portalId: 'aurora-portal',
      scope: { kind: 'account', billingAccountId: 'padaria' },
    });
    const staff = await admit({ route: route('staff'), cookies: by('staff') });
    expect(staff.context).toMatchObject({ actor: { type: 'staff' }, scope: { kind: 'organization' }, locale: 'en-US' });
    const operator = await admit({ route: route('operator'), cookies: by('operator') });
    expect(operator.context).toMatchObject({ actor: { type: 'operator' }, locale: 'pt-BR' });
    expect(operator.context.organizationId).toBeUndefined();
    expect(asked.map(({ use }) => use)).toEqual([true, true, true]);
  });
});

describe('cross-site requests', () => {
  it.each<[string, keyof typeof COOKIES, Sent, string]>([
    ['with the header', 'portal', {}, 'admitted'],
    ['of staff with the header', 'staff', {}, 'admitted'],
    ['of operators with the header', 'operator', {}, 'admitted'],
    ['without the header', 'portal', { headers: { 'x-balcao-csrf': '' } }, 'csrf_failed'],
    ['with another session’s header', 'portal', { headers: { 'x-balcao-csrf': csrf.issue('other') } }, 'csrf_failed'],
    ['from another site', 'portal', { headers: { 'sec-fetch-site': 'cross-site' } }, 'cross_site_request'],
    ['from a neighbouring site', 'portal', { headers: { 'sec-fetch-site': 'same-site' } }, 'admitted'],
    ['from another origin', 'portal', { headers: { origin: 'https://evil.example' } }, 'cross_site_request'],
    ['from no origin that can be read', 'portal', { headers: { origin: 'null' } }, 'cross_site_request'],
    ['from the installation', 'staff', { headers: { origin: 'https://balcao.example' } }, 'admitted'],
    [
      'from the installation, by a proxy that does not say how it was asked',
      'staff',
      { protocol: 'http', headers: { origin: 'https://balcao.example' } },
      'admitted',
    ],
    [
      'from another port where it answers too',
      'staff',
      { host: 'balcao.example:8443', headers: { origin: 'https://balcao.example:8443' } },
      'admitted',
    ],
    [
      'from the installation by another scheme',
      'staff',
      { headers: { origin: 'http://balcao.example' } },
      'cross_site_request',
    ],
    [
      'of a customer from the same host by another scheme',
      'portal',
      { headers: { origin: 'http://balcao.example' } },
      'admitted',
    ],
    [
      'from the portal’s own domain',
      'portal',
      { host: 'portal.aurora.example', headers: { origin: 'https://portal.aurora.example' } },
      'admitted',
    ],
    [
      'from another port of the same host',
      'portal',
      { headers: { origin: 'https://balcao.example:8443' } },
      'cross_site_request',
    ],
  ])('%s (%s)', async (_what, audience, sent, outcome) => {
    expect(await answer(withCsrf(audience, { ...sent, route: route(audience) }))).toBe(outcome);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s needs the header', async (method) => {
    expect(await answer({ method, route: route('portal'), cookies: by('portal') })).toBe('csrf_failed');
  });

  it.each(['GET', 'HEAD', 'OPTIONS'])('%s does not', async (method) => {
    expect(await answer({ method, route: route('portal'), cookies: by('portal') })).toBe('admitted');
  });

  it('a token that no browser sends by itself needs none', async () => {
    const headers = { authorization: 'Bearer portal' };
    expect(await answer({ method: 'POST', route: route('portal'), headers })).toBe('admitted');
  });
});

describe('permissions and features', () => {
  const permission = (...anyOf: string[]) => ({ kind: 'permission', anyOf });

  it.each<[string, keyof typeof COOKIES, object, string]>([
    ['one of several that are held', 'portal', permission('x', 'tickets:create'), 'admitted'],
    ['none that is held', 'portal', permission('x'), 'permission_denied'],
    ['none at all', 'portal', permission(), 'permission_denied'],
    ['one that staff hold', 'staff', permission('tickets:read'), 'admitted'],
    ['one that staff do not hold', 'staff', permission('tickets:create'), 'permission_denied'],
    ['any, of operators', 'operator', permission('tickets:read'), 'permission_denied'],
  ])('%s (%s)', async (_what, audience, rule, outcome) => {
    expect(await answer({ route: route(audience, rule), cookies: by(audience) })).toBe(outcome);
  });

  it('that are switched off say so, to visitors and to customers', async () => {
    signedIn.portal = { ...CUSTOMER, features: { ...ALL_FEATURES, tickets: false } };
    const rule = { kind: 'authenticated', features: ['knowledgeBase', 'tickets'] };
    expect(await answer({ route: route('portal', rule), cookies: by('portal') })).toBe('PORTAL_TICKETS_DISABLED');
    const other = { kind: 'authenticated', features: ['knowledgeBase'] };
    expect(await answer({ route: route('portal', other), cookies: by('portal') })).toBe('admitted');
    // Staff have work with what no customer sees.
    expect(await answer({ route: route('staff', rule), cookies: by('staff') })).toBe('admitted');
  });
});

describe('tools of operators', () => {
  const TOOL: BalcaoRouteConfig = { guardedBy: 'operator' };

  it.each<[string, Sent, string]>([
    ['nobody', {}, 'unauthenticated'],
    ['an operator who reads', { cookies: by('operator') }, 'admitted'],
    ['staff', { cookies: by('staff') }, 'unauthenticated'],
    [
      'an operator who changes something from nowhere',
      { method: 'POST', cookies: by('operator') },
      'cross_site_request',
    ],
    [
      'from the same origin',
      { method: 'POST', cookies: by('operator'), headers: { 'sec-fetch-site': 'same-origin' } },
      'admitted',
    ],
    [
      'from a neighbouring site',
      { method: 'POST', cookies: by('operator'), headers: { 'sec-fetch-site': 'same-site' } },
      'cross_site_request',
    ],
    [
      'from the installation’s origin',
      { method: 'POST', cookies: by('operator'), headers: { origin: 'https://balcao.example' } },
      'admitted',
    ],
    [
      'from another origin',
      { method: 'POST', cookies: by('operator'), headers: { origin: 'https://evil.example' } },
      'cross_site_request',
    ],
  ])('%s', async (_what, sent, outcome) => {
    expect(await answer({ ...sent, route: TOOL })).toBe(outcome);
  });

  it('know who uses them', async () => {
    const { principal, context } = await admit({ route: TOOL, cookies: by('operator') });
    expect([principal, context.actor.type]).toEqual([OPERATOR, 'operator']);
  });
});

describe('an open stream', () => {
  const listening = async (audience: keyof typeof COOKIES) => {
    const pipeline = pipelineOf();
    const request = requestOf({ route: route(audience), cookies: by(audience) });
    await pipeline.handle(request, reply);
    return () => pipeline.stillAdmits(request);
  };

  it.each(['portal', 'staff', 'operator'] as const)('of %s goes on while nothing changes', async (audience) => {
    const still = await listening(audience);
    expect(await still()).toBe(true);
    // Nothing of it keeps a session alive.
    expect(asked.at(-1)!.use).toBe(false);
    delete signedIn[audience];
    expect(await still()).toBe(false);
  });

  it.each<[string, Partial<PortalPrincipal>]>([
    ['another session', { sessionId: 'other' }],
    ['other permissions', { permissions: new Set() }],
    ['more permissions', { permissions: new Set(['tickets:create', 'kb:read'] as const) }],
    ['another account', { billingAccount: { ...CUSTOMER.billingAccount, id: 'oficina' } }],
    ['other features', { features: { ...ALL_FEATURES, tickets: false } }],
    ['another organization', { organization: { ...organization, id: 'boreal-id' } }],
    ['a suspended organization', { organization: { ...organization, status: 'suspended' } }],
  ])('ends with %s', async (_what, change) => {
    const still = await listening('portal');
    signedIn.portal = { ...CUSTOMER, ...change };
    expect(await still()).toBe(false);
  });

  it('goes on with the same permissions in another order', async () => {
    signedIn.portal = { ...CUSTOMER, permissions: new Set(['kb:read', 'tickets:create'] as const) };
    const still = await listening('portal');
    signedIn.portal = { ...CUSTOMER, permissions: new Set(['tickets:create', 'kb:read'] as const) };
    expect(await still()).toBe(true);
  });

  it('of an operator ends with another session', async () => {
    const still = await listening('operator');
    signedIn.operator = { ...OPERATOR, sessionId: 'other' };
    expect(await still()).toBe(false);
  });
});

describe('the language', () => {
  it.each([
    ['what is asked for', 'en-US', null, 'en-US'],
    ['one’s own where nothing is asked for', undefined, 'en-US', 'en-US'],
    ['the portal’s where nobody says anything', undefined, null, 'pt-BR'],
  ] as const)('is %s', async (_what, header, own, locale) => {
    signedIn.portal = { ...CUSTOMER, user: { ...CUSTOMER.user, locale: own } };
    const headers: Record<string, string> = header ? { 'accept-language': header } : {};
    const { context } = await admit({ route: route('portal'), cookies: by('portal'), headers });
    expect(context.locale).toBe(locale);
  });

  it('is the portal’s for visitors too', async () => {
    const { context } = await admit({ url: '/o/foreign/x', route: route('portal', { kind: 'public' }) });
    expect(context.locale).toBe('en-US');
  });

  it('is none that the portal does not offer', async () => {
    signedIn.portal = {
      ...CUSTOMER,
      user: { ...CUSTOMER.user, locale: 'en-US' },
      portal: { ...CUSTOMER.portal, languages: ['pt-BR'] },
    };
    const { context } = await admit({ route: route('portal'), cookies: by('portal') });
    expect(context).toMatchObject({ locale: 'pt-BR', languages: ['pt-BR'] });
  });
});

it('a client is known by its address and the beginning of its browser’s name', async () => {
  const { context, base } = await admit({ url: '/o/aurora/x', headers: { 'user-agent': 'B'.repeat(600) } });
  expect(context.client).toEqual({ ip: '192.0.2.1', userAgent: 'B'.repeat(256) });
  expect(base).toBe('/o/aurora');
});
