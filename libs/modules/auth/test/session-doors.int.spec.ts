import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { importJWK, SignJWT, exportJWK, generateKeyPair, type CryptoKey, type JWTPayload } from 'jose';
import { Secrets } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';
import { systemClock, systemContext, type OrganizationContext, type PortalPrincipal } from '@balcao/platform-tenancy';
import { insertOrganization, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { CredentialAuthenticator } from '../src/http/credential-authenticator.js';
import { JwtStrategy } from '../src/http/strategies/jwt.strategy.js';
import { SessionStrategy } from '../src/http/strategies/session.strategy.js';
import { AccessTokens } from '../src/sessions/access-tokens.js';
import { PrincipalReader } from '../src/sessions/principal-reader.js';
import { SessionService, type NewSession } from '../src/sessions/session.service.js';
import { sessionTokenHash } from '../src/sessions/session-token.js';
import { SigningKeys } from '../src/sessions/signing-keys.js';
import { StrategyNames } from '../src/sign-in/strategy-names.js';

const REALMS = ['portal', 'staff', 'operator'] as const;
type RealmName = (typeof REALMS)[number];
const TABLES = { portal: 'portal_users', staff: 'staff_users', operator: 'operators' } as const;
const CLIENT = { ip: '192.0.2.1', userAgent: 'Test/1.0' };

let test: TestDatabase;
let sessions: SessionService;
let principals: PrincipalReader;
let context: OrganizationContext;
let portalId: string;
let people: Record<RealmName, string>;

beforeAll(async () => {
  test = await testDatabase();
  sessions = new SessionService(test.database);
  principals = new PrincipalReader(test.database, sessions);
});
afterAll(() => test.close());
beforeEach(async () => {
  const organizationId = await insertOrganization(test.owner);
  context = systemContext(organizationId, { clock: systemClock });
  const [roleId, accountId] = [newId(), newId()];
  portalId = newId();
  people = { portal: newId(), staff: newId(), operator: newId() };
  const email = (id: string) => `${id}@padaria.example`;
  for (const [statement, values] of [
    [
      `insert into portals (organization_id, id, slug, name, is_default) values ($1, $2, gen_random_uuid()::text, 'A', true)`,
      [portalId],
    ],
    ["insert into roles (organization_id, id, name) values ($1, $2, 'Todos')", [roleId]],
    ["insert into billing_accounts (organization_id, id, name) values ($1, $2, 'Padaria')", [accountId]],
    [
      `insert into portal_users (organization_id, billing_account_id, id, email, name, role_id)
       values ($1, $2, $3, $4, 'Ana', $5)`,
      [accountId, people.portal, email(people.portal), roleId],
    ],
    [
      "insert into staff_users (organization_id, id, email, name, role) values ($1, $2, $3, 'Bia', 'agent')",
      [people.staff, email(people.staff)],
    ],
  ] as const)
    await test.owner.query(statement, [organizationId, ...values]);
  await test.owner.query("insert into operators (id, email, name, password_hash) values ($1, $2, 'Otto', 'x')", [
    people.operator,
    email(people.operator),
  ]);
});

function facts(realm: RealmName, overrides: Partial<NewSession> = {}): NewSession {
  return {
    realm,
    organizationId: realm === 'operator' ? null : context.organizationId,
    portalId: realm === 'portal' ? portalId : null,
    userId: people[realm],
    credentialVersion: 1,
    methods: ['password'],
    idleMs: 3_600_000,
    absoluteMs: 7_200_000,
    ...overrides,
  };
}
const open = (session: NewSession) =>
  session.realm === 'operator'
    ? test.database.asPlatform('test', (db) => sessions.open(db, session, CLIENT))
    : test.database.transaction(context, (db) => sessions.open(db, session, CLIENT));
const opened = async (realm: RealmName, overrides?: Partial<NewSession>) => (await open(facts(realm, overrides)))!;
const principalOf = (realm: RealmName, token: string) => principals.bySessionToken(realm, sessionTokenHash(token));
const change = (realm: RealmName, assignment: string) =>
  test.owner.query(`update ${TABLES[realm]} set ${assignment} where id = $1`, [people[realm]]);

const keysOf = (secrets = test.secrets) => new SigningKeys(test.database, secrets);
function authenticatorOf(keys: SigningKeys): CredentialAuthenticator {
  const names = new StrategyNames();
  const jwts = new JwtStrategy(names, keys, principals, test.config);
  return new CredentialAuthenticator(names, new SessionStrategy(names, principals), jwts);
}

describe.each(REALMS)('a session of the realm %s', (realm) => {
  const others = REALMS.filter((each) => each !== realm);

  it('is its person’s, and nothing in another realm', async () => {
    const { token, id } = await opened(realm);
    expect(await principalOf(realm, token)).toMatchObject({
      audience: realm,
      sessionId: id,
      user: { id: people[realm] },
      methods: ['password'],
    });
    for (const other of others) expect(await principalOf(other, token)).toBeUndefined();
    expect(await principals.bySessionToken('integration', sessionTokenHash(token))).toBeUndefined();
    expect(await principalOf(realm, `${token}x`)).toBeUndefined();
    expect((await principals.bySessionId(id))?.sessionId).toBe(realm === 'portal' ? id : undefined);
  });

  it('opens nothing while a step is missing', async () => {
    const { token } = await opened(realm, { pending: ['second_factor'] });
    expect(await principalOf(realm, token)).toBeUndefined();
    await test.owner.query("update sessions set pending = '{}' where token_hash = $1", [sessionTokenHash(token)]);
    expect(await principalOf(realm, token)).toBeDefined();
  });

  it('ends with its time, with another password and with a suspension', async () => {
    const { token, id } = await opened(realm);
    for (const [spoil, mend] of [
      ['credential_version = 2', 'credential_version = 1'],
      ["status = 'suspended'", "status = 'active'"],
    ] as const) {
      await change(realm, spoil);
      expect(await principalOf(realm, token)).toBeUndefined();
      await change(realm, mend);
      expect(await principalOf(realm, token)).toBeDefined();
    }
    await test.owner.query('update sessions set expires_at = now() where id = $1', [id]);
    expect(await principalOf(realm, token)).toBeUndefined();
  });

  it('is looked up with all that are asked for at the same moment, and each gets its own', async () => {
    if (realm === 'operator') return;
    const all = await Promise.all(Array.from({ length: 50 }, () => opened(realm)));
    const door = jest.spyOn(test.database, 'door');
    try {
      const found = await Promise.all([...all, { token: 'x' }, ...all].map(({ token }) => principalOf(realm, token)));
      const ids = all.map(({ id }) => id);
      expect(found.map((principal) => principal?.sessionId)).toEqual([...ids, undefined, ...ids]);
      expect(door).toHaveBeenCalledTimes(1);
    } finally {
      door.mockRestore();
    }
  });

  it('is looked up with all that are asked for while another look-up is under way, which holds them up for a moment alone', async () => {
    if (realm === 'operator') return;
    const all = await Promise.all(Array.from({ length: 6 }, () => opened(realm)));
    const ask = test.database.door.bind(test.database);
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    const door = jest.spyOn(test.database, 'door').mockImplementationOnce(async (...asked) => {
      await held;
      return ask(...asked);
    });
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    try {
      const found: ReturnType<typeof principalOf>[] = [];
      for (const { token } of all) {
        found.push(principalOf(realm, token));
        await turn();
      }
      expect(door).toHaveBeenCalledTimes(1);
      const later = await Promise.all(found.slice(1));
      expect(later.map((principal) => principal?.sessionId)).toEqual(all.slice(1).map(({ id }) => id));
      expect(door).toHaveBeenCalledTimes(2);
      answer();
      expect((await found[0])?.sessionId).toBe(all[0]!.id);
    } finally {
      door.mockRestore();
    }
  });

  it('is not touched by a lock that comes later', async () => {
    const { token } = await opened(realm);
    if (realm === 'operator') return void expect(await principalOf(realm, token)).toBeDefined();
    await change(realm, "status = 'locked'");
    expect(await principalOf(realm, token)).toBeDefined();
    expect(await open(facts(realm))).toBeDefined();
  });

  it('is opened for nobody else', async () => {
    const elsewhere = await insertOrganization(test.owner);
    const refused: Partial<NewSession>[] = [
      { credentialVersion: 2 },
      { userId: newId() },
      { userId: people[others[0]!] },
      ...(realm === 'staff' ? [{ organizationId: elsewhere }] : []),
    ];
    for (const wrong of refused) expect(await open(facts(realm, wrong))).toBeUndefined();
    await change(realm, "status = 'suspended'");
    expect(await open(facts(realm))).toBeUndefined();
    if (realm === 'operator') return;
    await change(realm, "status = 'pending_invitation'");
    expect(await open(facts(realm))).toBeUndefined();
  });

  it('lasts for its idle time, and never longer than its absolute one', async () => {
    for (const [idleMs, absoluteMs] of [
      [600_000, 1_200_000],
      [1_200_000, 600_000],
    ]) {
      const { expiresAt, lifetimeSeconds } = await opened(realm, { idleMs, absoluteMs });
      expect([Math.round((expiresAt.getTime() - Date.now()) / 60_000), lifetimeSeconds]).toEqual([10, 600]);
    }
  });

  it('lives on by being used, but not by being looked at', async () => {
    const { token, id } = await opened(realm, { absoluteMs: 3_600_000_000 });
    const [keys, principal] = [keysOf(), await principals.bySessionId(id)];
    const authenticator = authenticatorOf(keys);
    const end = async () =>
      (await test.owner.query<{ end: Date }>('select expires_at as end from sessions where id = $1', [id])).rows[0]!
        .end;
    for (const text of [token, ...(principal ? [await new AccessTokens(keys, test.config).issue(principal)] : [])]) {
      await test.owner.query(
        "update sessions set last_seen_at = now() - interval '2 minutes', expires_at = now() + interval '1 minute' where id = $1",
        [id],
      );
      const before = await end();
      const credentials = { via: 'bearer' as const, token: text };
      expect(await authenticator.look(realm, credentials)).toMatchObject({ sessionId: id });
      expect(await principalOf(realm, token)).toMatchObject({ sessionId: id });
      expect(await end()).toEqual(before);
      const { sessionExpiresAt } = (await authenticator.authenticate(realm, credentials)) as PortalPrincipal;
      expect(sessionExpiresAt).toEqual(await end());
      expect(Math.abs(sessionExpiresAt.getTime() - Date.now() - 86_400_000)).toBeLessThan(10_000);
    }
  });
});

it('a customer’s session ends where they move to another account', async () => {
  const { token } = await opened('portal');
  const accountId = newId();
  await test.owner.query("insert into billing_accounts (organization_id, id, name) values ($1, $2, 'Oficina')", [
    context.organizationId,
    accountId,
  ]);
  await change('portal', `billing_account_id = '${accountId}'`);
  expect(await principalOf('portal', token)).toBeUndefined();
  expect(await principalOf('portal', (await opened('portal')).token)).toMatchObject({
    billingAccount: { id: accountId },
  });
});

describe('a JWT', () => {
  let keys: SigningKeys;
  let authenticator: CredentialAuthenticator;
  let principal: PortalPrincipal;

  beforeEach(async () => {
    keys = keysOf();
    authenticator = authenticatorOf(keys);
    principal = (await principals.bySessionId((await opened('portal')).id))!;
  });

  const validate = (token: string) => authenticator.authenticate('portal', { via: 'bearer', token });
  const right = (): JWTPayload => ({
    portal: true,
    tenantId: context.organizationId,
    aud: context.organizationId,
    sid: principal.sessionId,
    sub: people.portal,
    iss: test.config.publicUrl,
    iat: Math.floor(Date.now() / 1_000),
    exp: Math.floor(Date.now() / 1_000) + 60,
  });
  async function signed(claims: JWTPayload, header: { alg?: string; kid?: string } = {}, key?: CryptoKey) {
    const { kid, privateKey } = await keys.current();
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid, ...header }).sign(key ?? privateKey);
  }

  it('names its session', async () => {
    expect(await validate(await new AccessTokens(keys, test.config).issue(principal))).toMatchObject({
      sessionId: principal.sessionId,
    });
    expect(await validate(await signed(right()))).toMatchObject({ sessionId: principal.sessionId });
  });

  it.each<[string, () => JWTPayload]>([
    ['is not for portals', () => ({ portal: false })],
    ['is for another organization', () => ({ aud: newId() })],
    ['names another organization', () => ({ tenantId: newId() })],
    [
      'is of and for another organization',
      () => {
        const id = newId();
        return { tenantId: id, aud: id };
      },
    ],
    ['is of another person', () => ({ sub: newId() })],
    ['names no session', () => ({ sid: undefined })],
    ['names a session by something else', () => ({ sid: 7 })],
    ['names sessions', () => ({ sid: [principal.sessionId] })],
    ['is for nobody', () => ({ aud: undefined })],
    ['is for and of nobody', () => ({ aud: undefined, tenantId: undefined })],
    ['names another session', () => ({ sid: newId() })],
    ['names what is no id', () => ({ sid: 'session' })],
    ['is of another installation', () => ({ iss: 'https://other.example' })],
    ['has ended', () => ({ exp: Math.floor(Date.now() / 1_000) - 1 })],
    ['never ends', () => ({ exp: undefined })],
    ['does not say since when', () => ({ iat: undefined })],
  ])('that %s is worth nothing', async (_what, change) => {
    expect(await validate(await signed({ ...right(), ...change() }))).toBeUndefined();
  });

  it('that somebody else signed is worth nothing', async () => {
    const foreign = (await generateKeyPair('ES256')).privateKey;
    expect(await validate(await signed(right(), {}, foreign))).toBeUndefined();
    for (const kid of [undefined, 'unknown', 'x'.repeat(200)])
      expect(await validate(await signed(right(), { kid } as never))).toBeUndefined();
    const { kid } = await keys.current();
    const published = (await keys.jwks()).keys[0]!;
    const secret = await importJWK({ kty: 'oct', k: published.x! }, 'HS256');
    expect(
      await validate(await signed(right(), { alg: 'HS256', kid }, secret as unknown as CryptoKey)),
    ).toBeUndefined();
    for (const text of ['', 'a.b.c', 'a.b']) expect(await validate(text)).toBeUndefined();
  });

  it('is not worth nothing only because the database is away', async () => {
    const token = await signed(right());
    const away = test.connect();
    await away.close();
    authenticator = authenticatorOf(new SigningKeys(away, test.secrets));
    await expect(validate(token)).rejects.toMatchObject({ code: 'service_unavailable' });
  });

  it('opens nothing but a portal, and is worth nothing as a cookie', async () => {
    const token = await signed(right());
    expect(await authenticator.authenticate('staff', { via: 'bearer', token })).toBeUndefined();
    expect(await authenticator.authenticate('portal', { via: 'cookie', token })).toBeUndefined();
    expect(await validate(token)).toBeDefined();
  });

  it('dies with its session', async () => {
    const token = await signed(right());
    await test.database.transaction(context, (db) => sessions.end(db, 'portal', people.portal, [principal.sessionId]));
    expect(await validate(token)).toBeUndefined();
  });

  it('is issued for no longer than its session, nor than a day', async () => {
    const lifeOf = async (seconds: number) => {
      const until = new Date(Date.now() + seconds * 1_000);
      const token = await new AccessTokens(keys, test.config).issue({ ...principal, sessionExpiresAt: until });
      const { exp, iat } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as JWTPayload;
      return Math.round((exp! - iat!) / 60);
    };
    expect([await lifeOf(600), await lifeOf(40 * 86_400)]).toEqual([10, 24 * 60]);
  });
});

describe('the keys that sign JWTs', () => {
  const published = async (keys = keysOf()) => (await keys.jwks()).keys.map(({ kid }) => kid);
  const age = (days: number) =>
    test.owner.query(
      'update signing_keys set created_at = created_at - make_interval(days => $1), retires_at = retires_at - make_interval(days => $1)',
      [days],
    );
  beforeEach(() => test.owner.query('delete from signing_keys'));

  it('are made once, by however many at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => keysOf().current()));
    expect(new Set(all.map(({ kid }) => kid)).size).toBe(1);
    expect(await published()).toEqual([all[0]!.kid]);
  });

  it('sign for ninety days, are published for two more, and are gone then', async () => {
    const { kid: first } = await keysOf().current();
    await age(89);
    expect((await keysOf().current()).kid).toBe(first);
    await age(1);
    const { kid: second } = await keysOf().current();
    expect(second).not.toBe(first);
    expect(await published()).toEqual([second, first]);
    expect(await keysOf().publicKey(first)).toBeDefined();
    await test.owner.query('update signing_keys set retires_at = now() where kid = $1', [first]);
    expect(await published()).toEqual([second]);
    expect(await keysOf().publicKey(first)).toBeUndefined();
  });

  it('are gone from the database once nobody publishes them', async () => {
    await keysOf().current();
    await age(93);
    const { kid } = await keysOf().current();
    expect((await test.owner.query('select kid from signing_keys')).rows).toEqual([{ kid }]);
  });

  describe('in the copy of a process', () => {
    const start = Date.now();
    let keys: SigningKeys;
    let kid: string;
    beforeEach(async () => {
      jest.spyOn(Date, 'now').mockReturnValue(start);
      keys = keysOf();
      ({ kid } = await keys.current());
    });
    afterEach(() => void jest.restoreAllMocks());

    /** How often they are looked up so long after the start. */
    async function lookUps(milliseconds: number, work: () => Promise<unknown>): Promise<number> {
      jest.restoreAllMocks();
      jest.spyOn(Date, 'now').mockReturnValue(start + milliseconds);
      const door = jest.spyOn(test.database, 'door');
      await work();
      return door.mock.calls.length;
    }

    it('are trusted for a minute, and for five seconds where one is not known, by all at the same time', async () => {
      const all = (work: () => Promise<unknown>) => () => Promise.all(Array.from({ length: 5 }, work));
      const [sign, known, unknown] = [
        () => keys.current(),
        () => keys.publicKey(kid),
        () => keys.publicKey('unknown'),
      ].map(all);
      expect(await lookUps(59_999, sign!)).toBe(0);
      expect(await lookUps(59_999, known!)).toBe(0);
      expect(await lookUps(60_000, known!)).toBe(1);
      expect(await lookUps(64_999, unknown!)).toBe(0);
      expect(await lookUps(65_000, known!)).toBe(0);
      expect(await lookUps(65_000, unknown!)).toBe(1);
      expect(await lookUps(124_999, sign!)).toBe(0);
      expect(await lookUps(125_000, sign!)).toBe(1);
    });

    it('are joined by one that another process made, as soon as it is asked for', async () => {
      await age(91);
      const { kid: made } = await keysOf().current();
      expect(await lookUps(4_999, () => keys.publicKey(made))).toBe(0);
      expect(await lookUps(5_000, () => keys.publicKey(made))).toBe(1);
      expect(await keys.publicKey(made)).toBeDefined();
    });

    it('are no reason for another where only the clock of the process is ahead', async () => {
      await lookUps(91 * 86_400_000, () => keys.current());
      expect((await test.owner.query('select kid from signing_keys')).rows).toEqual([{ kid }]);
    });
  });

  it('publish nothing that is secret', async () => {
    const [key] = (await keysOf().jwks()).keys;
    expect(Object.keys(key!).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    const { rows } = await test.owner.query<{ row: string }>('select row_to_json(k)::text as row from signing_keys k');
    expect(rows[0]!.row).not.toContain('PRIVATE KEY');
    const pair = await generateKeyPair('ES256', { extractable: true });
    expect(await exportJWK(pair.privateKey)).toHaveProperty('d');
  });

  it('that were sealed with a secret that nobody knows neither sign nor verify', async () => {
    const { kid: first } = await keysOf().current();
    const other = keysOf(new Secrets('another-secret-0123456789abcdefghij'));
    const { kid: second } = await other.current();
    expect(second).not.toBe(first);
    expect(await published(other)).toEqual([second]);
    expect(await other.publicKey(first)).toBeUndefined();
  });
});
