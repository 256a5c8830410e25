import { afterAll, describe, expect, it } from '@jest/globals';
import { STAFF_ROLES, STAFF_ROLE_PERMISSIONS } from '@balcao/contracts';
import { actorOf, signInActors } from '../support/actors.js';
import { openApiOf } from '../support/open-api.js';
import { hasPathParameters, isUnsafe, operationsOf, pathOf, type Operation } from '../support/operations.js';
import type { Audience } from '../support/sign-in.js';
import { changedTables, tableContents } from '../support/table-contents.js';
import { startTestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const api = await startTestApp();
afterAll(() => api.close());
const document = await openApiOf(api.visitor());
const actors = await signInActors(api);
/** One customer with each kind of proof there is. */
const customers = [
  actors.portal,
  await api.signIn('portal', 'ana@padaria.example', { via: 'bearer' }),
  await api.signIn('portal', 'ana@padaria.example', { via: 'jwt' }),
];
const operations = operationsOf(api.routes, document);
const guarded = operations.filter(({ access }) => access.kind !== 'public');
const each = (list: Operation[]) => list.map((operation) => [operation.name, operation] as const);

/** What the route answers to somebody, who must not have changed anything by asking. */
async function asked(operation: Operation, visitor: Visitor): Promise<{ status: number; code?: string }> {
  const before = await tableContents(api.owner);
  const response = await visitor.request(operation.method, pathOf(operation), isUnsafe(operation) ? {} : undefined);
  expect(changedTables(before, await tableContents(api.owner))).toEqual([]);
  const { code } = response.body as { code?: string };
  return { status: response.status, ...(operation.method === 'head' ? {} : { code }) };
}

const refusal = (operation: Operation, status: number, code: string) =>
  operation.method === 'head' ? { status } : { status, code };

describe('without a session', () => {
  it.each(each(guarded))('S3.68 %s answers 401', async (_name, operation) => {
    expect(await asked(operation, api.visitor())).toEqual(refusal(operation, 401, 'unauthenticated'));
  });
});

describe("with another audience's session", () => {
  const sessionOf = (visitor: Visitor) =>
    Object.entries(visitor.credentials.cookies!).find(([name]) => name.endsWith('_session'))![1];
  const cookieOf = {
    portal: 'balcao_portal_session',
    staff: 'balcao_staff_session',
    operator: 'balcao_operator_session',
  };

  it.each(each(guarded))('S3.2 S3.4 S4.2 S4.3 %s answers 401', async (_name, operation) => {
    const own = operation.access.audience as Audience;
    for (const other of (['portal', 'staff', 'operator'] as const).filter((audience) => audience !== own)) {
      const token = sessionOf(actors[other]);
      const unauthenticated = refusal(operation, 401, 'unauthenticated');
      expect(await asked(operation, actors[other])).toEqual(unauthenticated);
      const borrowed = { cookies: { [cookieOf[own]]: token } };
      expect(await asked(operation, api.visitor().with({ credentials: borrowed }))).toEqual(unauthenticated);
      expect(await asked(operation, api.visitor().with({ credentials: { bearer: token } }))).toEqual(unauthenticated);
    }
  });
});

const HERE = 'apps/api/test/isolation/guards.spec.ts';

/** Fails, saying what there is to do, where a route does not ask for what it is about. */
function demand({ name, access }: Operation, wanted: readonly string[], otherwise: string): void {
  const asks = access.anyOf!.join(', ');
  const fits = wanted.join(', ');
  if (asks !== fits) throw new Error(`${name} asks for ${asks}; what it is about: ${fits || 'unknown'}. ${otherwise}`);
}

describe('without the permission', () => {
  const permitted = guarded.filter(({ access }) => access.kind === 'permission');
  const ofCustomers = permitted.filter(({ access }) => access.audience === 'portal');
  const ofStaff = permitted.filter(({ access }) => access.audience === 'staff');

  it('leaves no route with permissions out', () => {
    expect(ofCustomers.length + ofStaff.length).toBe(permitted.length);
  });

  // What a route asks for is held against what it is, since every other test here believes its declaration.
  it('asks for one wherever somebody meets more than themselves, their session and what is public', () => {
    const without = operations.filter(({ access }) => access.kind !== 'permission').map(({ name }) => name);
    const own =
      /\/(?:auth|profile)(?:\/|$)|\/live$|\/portal\/(?:branding|public|signups?|payment-link|proposal-link|proposal-check|bill-check|second-copy|sandbox-bank|sandbox-cards)(?:\/|$)|\/hooks\/gateways\/|^[A-Z]+ \/(?:ops|health|internal|\.well-known)\//;
    const todo = `asks for no permission: its route names one, or \`own\` in ${HERE} says that it meets nobody else`;
    expect(without.filter((name) => !own.test(name)).map((name) => `${name} ${todo}`)).toEqual([]);
  });

  it('that allows to read allows no more', () => {
    const changing = permitted
      .filter(isUnsafe)
      .flatMap(({ name, access }) => access.anyOf!.map((one) => `${name} by ${one}`));
    // Who may read invoices and books may have them drawn as documents, which changes nothing of them.
    const isDrawing =
      /\/(?:payments\/:id|fiscal-notes\/:fiscalNoteId|invoices\/:id(?:\/credit-notes\/:creditNoteId)?|statement)\/document by invoices:read$|\/payments\/:id\/boleto by invoices:read$|\/proposals\/:id\/document by proposals:read$/;
    expect(changing.filter((one) => /:read(?:_own|_account)?$/.test(one) && !isDrawing.test(one))).toEqual([]);
    expect(changing.length).toBeGreaterThan(20);
  });

  // By hand: from the declarations alone nobody sees that one names the wrong thing.
  it.each(each(ofStaff))('%s asks for the permission of what it is about', (_name, operation) => {
    const { method, url } = operation;
    const reads = method === 'get' || method === 'head';
    const [, noun = ''] = /^\/api\/v1\/admin\/([\w-]+)/.exec(url) ?? [];
    const about =
      {
        'account-imports': 'customers',
        'billing-accounts': 'customers',
        'portal-users': 'users',
        'getting-started': 'portals',
        'invitation-imports': 'invitations',
        'fiscal-notes': 'invoices',
        'invoice-imports': 'invoices',
        'mail-sender': 'portals',
        organization: 'portals',
        // Who may read invoices may read what they are made of; what is paid and the terms are others' to change.
        ledger: reads ? 'invoices' : 'payments',
        'payment-proofs': reads ? 'invoices' : 'payments',
        payments: reads ? 'invoices' : 'payments',
        'billing-settings': reads ? 'invoices' : 'billing_settings',
        // What is sold, and how it is gone about, is seen with what is sold of it.
        plans: reads ? 'subscriptions' : 'plans',
        'subscription-settings': reads ? 'subscriptions' : 'plans',
        reports: url.includes('/recurring-revenue') ? 'subscriptions' : 'invoices',
      }[noun] ?? noun;
    const isOfBooks =
      /\/(?:credit-notes|credit|write-off(?:\/take-back)?|payment-methods|collections(?:\/stop)?|transactions(?:\/export)?|statement(?:\/document)?|balances)$|\/billing-accounts\/:id\/fiscal-notes\b/.test(
        url,
      );
    // What has no half that can only be looked at: who sees it decides about it.
    const whole = {
      'gateway-accounts': 'gateways:write',
      'gateway-events': 'payments:write',
      'stray-payments': 'payments:write',
    }[noun];
    if (whole) return demand(operation, [whole], 'Who sees it decides about it.');
    // The tickets beside an invoice.
    if (url.endsWith('/disputes')) return demand(operation, ['tickets:read'], 'It reads tickets.');
    // Whoever copies a link gives away what it opens.
    const changes = (!reads && !url.endsWith('/document')) || url.endsWith('/address');
    const wanted = `${isOfBooks ? (changes ? 'payments' : 'invoices') : about}:${changes ? 'write' : 'read'}`;
    demand(operation, [wanted], `A path that is not called as its permission stands in \`about\` of ${HERE}.`);
  });

  it.each(each(ofCustomers))('%s asks customers for the permission of what it is about', (_name, operation) => {
    const { method, url } = operation;
    const reads = method === 'get' || method === 'head';
    const [, noun = ''] = /^\/api\/v1\/portal\/([\w-]+)/.exec(url) ?? [];
    const wanted: Record<string, string[]> = {
      tickets: reads ? ['tickets:read_own', 'tickets:read_account'] : ['tickets:create'],
      invitations: ['users:invite'],
      'fiscal-notes': ['invoices:read'],
      transactions: ['invoices:read'],
      collections: ['invoices:read'],
      // Whoever looks after cards sees them; others see what they pay, beside its invoice.
      'payment-methods': ['payment_methods:manage'],
      'payment-method-setups': ['payment_methods:manage'],
      statement: ['invoices:read'],
      // Who looks after them sees what something would cost; their invoices are seen with all others.
      subscriptions: /\/invoices$/.test(url)
        ? ['invoices:read']
        : reads && /\/subscriptions(?:\/:id(?:\/usage)?)?$/.test(url)
          ? ['subscriptions:read']
          : ['subscriptions:manage'],
      // How a payment stands says whoever may pay, and whoever reads what it pays.
      payments: url.endsWith('/document')
        ? ['invoices:read']
        : /\/payments(?:\/offer)?$/.test(url)
          ? ['payments:create']
          : ['payments:create', 'invoices:read'],
      team: !reads ? ['users:manage'] : [url.endsWith('/roles') ? 'users:invite' : 'users:read', 'users:manage'],
    };
    // Who decides about a proposal signs for the company.
    if (noun === 'proposals' && !reads && !url.endsWith('/document'))
      return demand(operation, ['proposals:accept'], 'It is a deed of its own.');
    // What customers do about an invoice: they show that it is paid, or open a ticket about it.
    const deed = /\/invoices\/:id\/(proofs|disputes)(?:\/|$)/.exec(url)?.[1];
    if (deed && !reads)
      return demand(operation, [deed === 'proofs' ? 'payments:create' : 'tickets:create'], 'It is a deed of its own.');
    demand(
      operation,
      wanted[noun] ?? (reads || url.endsWith('/document') ? [`${noun}:read`] : []),
      `What is asked for beside \`${noun}:read\` is added to \`wanted\` of ${HERE}.`,
    );
  });

  /** One session for all: how often a person signs in is counted. */
  let nina: Promise<Visitor> | undefined;
  it.each(each(ofCustomers))('S2.31 %s answers 403', async (_name, operation) => {
    nina ??= api.signIn('portal', 'nina@padaria.example');
    expect(await asked(operation, await nina)).toEqual(refusal(operation, 403, 'permission_denied'));
  });

  /** The same of each role. */
  const ofRole = new Map<string, Promise<Visitor>>();
  it.each(each(ofStaff))('%s answers 403 to the roles that lack it', async (_name, operation) => {
    for (const role of STAFF_ROLES) {
      const allowed = operation.access.anyOf!.some((permission) =>
        STAFF_ROLE_PERMISSIONS[role].includes(permission as never),
      );
      if (allowed) continue;
      if (!ofRole.has(role)) ofRole.set(role, api.signIn('staff', `${role}@aurora.example`));
      expect(await asked(operation, (await ofRole.get(role))!)).toEqual(refusal(operation, 403, 'permission_denied'));
    }
  });
});

describe('from another site', () => {
  const changing = guarded.filter(isUnsafe);
  /** Other sessions of the same people. */
  const others = new Map<string, Promise<Visitor>>();

  it.each(each(changing))('S3.100 %s answers 403 without the token of this very session', async (_name, operation) => {
    const actor = actorOf(actors, operation);
    const { cookies, csrf } = actor.credentials;
    const audience = operation.access.audience as Audience;
    if (!others.has(audience)) others.set(audience, api.signIn(audience, EMAILS[audience]));
    const stranger = (await others.get(audience)!).credentials.csrf!;
    const cookieName = Object.keys(cookies!).find((name) => name.endsWith('_csrf_token'))!;
    const wrong = [
      { cookies },
      { cookies, csrf: { ...csrf!, token: '' } },
      { cookies, csrf: { ...csrf!, token: `${csrf!.token}x` } },
      { cookies, csrf: stranger },
      { cookies: { ...cookies, [cookieName]: stranger.token }, csrf: stranger },
      { cookies: { ...cookies, [cookieName]: 'a.b' }, csrf: { ...csrf!, token: 'a.b' } },
    ];
    for (const credentials of wrong) {
      expect(await asked(operation, actor.with({ credentials }))).toEqual({ status: 403, code: 'csrf_failed' });
    }
  });

  it.each(each(changing))('S3.100 %s answers 403 although the token is right', async (_name, operation) => {
    const actor = actorOf(actors, operation);
    for (const headers of CROSS_SITE) {
      expect(await asked(operation, actor.with({ headers }))).toEqual({ status: 403, code: 'cross_site_request' });
    }
  });

  it.each(each(operations.filter((operation) => operation.access.kind === 'public' && isUnsafe(operation))))(
    'S3.100 %s answers 403, though anybody may call it',
    async (_name, operation) => {
      for (const headers of CROSS_SITE) {
        const stranger = api.visitor('', headers);
        expect(await asked(operation, stranger)).toEqual({ status: 403, code: 'cross_site_request' });
      }
    },
  );
});

describe("at another portal's address", () => {
  const ofCustomers = guarded.filter(({ access }) => access.audience === 'portal');
  const ofOthers = operations.filter(({ access }) => access.audience !== 'portal');

  it.each(each(ofCustomers))(
    'B.1 S3.3 %s answers 401 to a session of this one, by cookie, token and JWT',
    async (_name, operation) => {
      for (const visitor of customers) {
        for (const base of ['/o/boreal', '/o/aurora-partners']) {
          expect(await asked(operation, visitor.with({ base }))).toEqual(refusal(operation, 401, 'unauthenticated'));
        }
        const ofBoreal = visitor.with({ headers: { host: 'verified.boreal.example' } });
        expect(await asked(operation, ofBoreal)).toEqual(refusal(operation, 401, 'unauthenticated'));
        // At a host that is nobody's a cookie is worth nothing, and a token opens what is its own.
        if (!visitor.credentials.cookies) continue;
        const unverified = visitor.with({ headers: { host: 'portal.boreal.example' } });
        expect(await asked(operation, unverified)).toEqual(refusal(operation, 421, 'misdirected_request'));
      }
    },
  );

  it.each(each(ofOthers))('%s answers 404 below the address of a portal', async (_name, operation) => {
    const actor = operation.access.kind === 'public' ? api.visitor() : actorOf(actors, operation);
    expect(await asked(operation, actor.with({ base: '/o/aurora' }))).toEqual(refusal(operation, 404, 'not_found'));
    // Probes ask at any host, and never the database for whose it is.
    if (operation.name.includes('/health/')) return;
    const verified = actor.with({ headers: { host: 'portal.aurora.example' } });
    expect(await asked(operation, verified)).toEqual(refusal(operation, 404, 'not_found'));
  });
});

it('looks at every route with an id', () => {
  expect(operations.filter(hasPathParameters).length).toBeGreaterThan(10);
});

/** Of people of the same audience, for sessions of the same kind that are not the actor's. */
const EMAILS: Record<Audience, string> = {
  portal: 'bruno@padaria.example',
  staff: 'agent@aurora.example',
  operator: 'operator@balcao.example',
};

const CROSS_SITE: Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
];
