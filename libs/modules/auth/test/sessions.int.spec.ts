import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@balcao/platform-database';
import { sql, systemClock, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import { insertOrganization, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { PrincipalReader } from '../src/sessions/principal-reader.js';
import { SessionService, type NewSession, type OpenedSession } from '../src/sessions/session.service.js';
import { sessionTokenHash } from '../src/sessions/session-token.js';
import type { RealmName } from '../src/sign-in/realm.js';

const CLIENT = { ip: '2001:db8::1', userAgent: 'Test/1.0 (ção)' };

let test: TestDatabase;
let sessions: SessionService;
let principals: PrincipalReader;
let context: OrganizationContext;
let portalId: string;
let roleId: string;
let accountId: string;

beforeAll(async () => {
  test = await testDatabase();
  sessions = new SessionService(test.database);
  principals = new PrincipalReader(test.database, sessions);
  const organizationId = await insertOrganization(test.owner);
  context = systemContext(organizationId, { clock: systemClock });
  [portalId, roleId, accountId] = [newId(), newId(), newId()];
  for (const [statement, values] of [
    [
      "insert into portals (organization_id, id, slug, name, is_default) values ($1, $2, 'aurora', 'A', true)",
      [portalId],
    ],
    ["insert into roles (organization_id, id, name) values ($1, $2, 'Todos')", [roleId]],
    ["insert into billing_accounts (organization_id, id, name) values ($1, $2, 'Padaria')", [accountId]],
  ] as const) {
    await test.owner.query(statement, [organizationId, ...values]);
  }
});
afterAll(() => test.close());

async function createUser(status = 'active'): Promise<string> {
  const id = newId();
  await test.owner.query(
    `insert into portal_users (organization_id, billing_account_id, id, email, name, role_id, status)
     values ($1, $2, $3, $4, 'Ana', $5, $6)`,
    [context.organizationId, accountId, id, `${id}@padaria.example`, roleId, status],
  );
  return id;
}

const facts = (userId: string, overrides: Partial<NewSession> = {}): NewSession => ({
  realm: 'portal',
  organizationId: context.organizationId,
  portalId,
  userId,
  credentialVersion: 1,
  methods: ['password'],
  idleMs: 3_600_000,
  absoluteMs: 7_200_000,
  ...overrides,
});

const open = async (session: NewSession) =>
  test.database.transaction(context, (db) => sessions.open(db, session, CLIENT));
const opened = async (session: NewSession) => (await open(session))!;
async function openStaff(organizationId: string, id = newId()): Promise<OpenedSession | undefined> {
  await test.owner.query(
    "insert into staff_users (organization_id, id, email, name, role) values ($1, $2, $3, 'Bia', 'agent')",
    [organizationId, id, `${id}@padaria.example`],
  );
  return test.database.transaction(systemContext(organizationId, { clock: systemClock }), (db) =>
    sessions.open(db, facts(id, { realm: 'staff', organizationId, portalId: null }), CLIENT),
  );
}
const exists = async ({ id }: OpenedSession) =>
  (await test.owner.query('select from sessions where id = $1', [id])).rowCount === 1;
const end = (...[realm, userId, which]: [RealmName, string, string[] | 'all']) =>
  test.database.transaction(context, (db) => sessions.end(db, realm, userId, which));
const principalOf = (token: string) => principals.bySessionToken('portal', sessionTokenHash(token));

/** Makes it as if a session had last been used that long ago, with everything else as old. */
async function age(id: string, seconds: number): Promise<void> {
  await test.owner.query(
    `update sessions set created_at = created_at - s, last_seen_at = last_seen_at - s, expires_at = expires_at - s,
      absolute_expires_at = absolute_expires_at - s from (select make_interval(secs => $2) as s) t where id = $1`,
    [id, seconds],
  );
}

/** What open pages are told while something is done. */
async function heardWhile(work: () => Promise<void>): Promise<unknown[]> {
  const told: unknown[] = [];
  const hear = ({ payload }: { payload?: string }) => void told.push(JSON.parse(payload!));
  test.owner.on('notification', hear);
  await test.owner.query('listen balcao_live');
  await work();
  await test.owner.query('unlisten balcao_live');
  test.owner.off('notification', hear);
  return told;
}

describe('a session', () => {
  it('says who its person is, and how and when they proved it', async () => {
    const userId = await createUser();
    const before = Date.now();
    const { token, id } = await opened(facts(userId, { methods: ['link', 'password'] }));
    const principal = await principalOf(token);
    expect(principal).toMatchObject({ sessionId: id, user: { id: userId }, methods: ['link', 'password'] });
    expect(Math.abs(principal!.authenticatedAt.getTime() - before)).toBeLessThan(5_000);
    expect(await principals.bySessionId(id)).toMatchObject({ sessionId: id });
  });

  it('S3.21 has a token of 48 characters, no two alike, and keeps none of them', async () => {
    const userId = await createUser();
    const tokens = await Promise.all(Array.from({ length: 20 }, async () => (await opened(facts(userId))).token));
    expect(new Set(tokens).size).toBe(20);
    const { rows } = await test.owner.query<{ row: string }>('select row_to_json(s)::text as row from sessions s');
    const held = rows.map(({ row }) => row).join('\n');
    for (const token of tokens) {
      expect(token).toMatch(/^[A-Za-z0-9_-]{48}$/);
      expect(held).not.toContain(token);
      expect(held).not.toContain(Buffer.from(token).toString('hex'));
    }
  });

  it('opens nothing while a step is missing', async () => {
    const { token, id } = await opened(facts(await createUser(), { pending: ['second_factor'] }));
    expect(await principalOf(token)).toBeUndefined();
    expect(await principals.bySessionId(id)).toBeUndefined();
  });

  it.each(['suspended', 'pending_verification', 'pending_invitation'])(
    'is not opened for somebody %s',
    async (status) => {
      expect(await open(facts(await createUser(status)))).toBeUndefined();
    },
  );

  it('is not opened for other credentials than those that were proved', async () => {
    expect(await open(facts(await createUser(), { credentialVersion: 2 }))).toBeUndefined();
    expect(await open(facts(newId()))).toBeUndefined();
    expect(await open(facts(await createUser(), { realm: 'staff', portalId: null }))).toBeUndefined();
  });

  it('never outlives a suspension that comes at the same time', async () => {
    for (let round = 0; round < 10; round += 1) {
      const userId = await createUser();
      const [session] = await Promise.all([
        open(facts(userId)),
        test.owner.query(
          "update portal_users set status = 'suspended', credential_version = credential_version + 1 where id = $1",
          [userId],
        ),
      ]);
      if (session) expect(await principalOf(session.token)).toBeUndefined();
    }
  });

  it('S3.22 slides at most once a minute, and once for many at the same time', async () => {
    const { id } = await opened(facts(await createUser(), { idleMs: 600_000 }));
    const other = await opened(facts(await createUser()));
    await age(other.id, 61);
    expect(await sessions.touch(id, 600_000)).toBeUndefined();
    await age(id, 59);
    expect(await sessions.touch(id, 600_000)).toBeUndefined();
    await age(id, 2);
    const moved = await Promise.all(Array.from({ length: 20 }, () => sessions.touch(id, 600_000)));
    expect(moved.filter(Boolean)).toHaveLength(1);
    expect(Math.abs(moved.find(Boolean)!.getTime() - (Date.now() + 600_000))).toBeLessThan(5_000);
    // What somebody else does is no use of it.
    expect(await sessions.touch(other.id, 600_000)).toBeDefined();
  });

  it('ends after its idle time, and at its absolute limit however busy it was', async () => {
    const idle = await opened(facts(await createUser(), { idleMs: 100_000 }));
    await age(idle.id, 101);
    expect(await principalOf(idle.token)).toBeUndefined();
    expect(await sessions.touch(idle.id, 60_000)).toBeUndefined();
    const busy = await opened(facts(await createUser(), { idleMs: 100_000, absoluteMs: 150_000 }));
    await age(busy.id, 90);
    expect((await sessions.touch(busy.id, 100_000))!.getTime() - Date.now()).toBeLessThan(60_500);
    await age(busy.id, 61);
    expect(await principalOf(busy.token)).toBeUndefined();
  });

  it('is ended by its own person only, and again without complaint', async () => {
    const userId = await createUser();
    const [{ id, token }, other] = [await opened(facts(userId)), await opened(facts(userId))];
    await end('portal', newId(), [id]);
    await end('staff', userId, [id]);
    expect(await principalOf(token)).toBeDefined();
    await end('portal', userId, [id]);
    await end('portal', userId, [id]);
    expect(await principalOf(token)).toBeUndefined();
    expect(await principalOf(other.token)).toBeDefined();
  });

  it('ends where its person opens a hundred more, and whoever listens in it is told', async () => {
    const userId = await createUser();
    const staff = (await openStaff(context.organizationId, userId))!;
    const [oldest, second] = [await opened(facts(userId)), await opened(facts(userId))];
    const other = await opened(facts(await createUser()));
    for (let more = 0; more < 98; more += 1) await opened(facts(userId));
    expect(await principalOf(oldest.token)).toBeDefined();
    let newest!: OpenedSession;
    const told = await heardWhile(async () => void (newest = await opened(facts(userId))));
    expect(told).toEqual([[{ name: 'access.changed', subjectId: userId }]]);
    expect(await principalOf(oldest.token)).toBeUndefined();
    for (const { token } of [second, newest, other]) expect(await principalOf(token)).toBeDefined();
    expect(await exists(staff)).toBe(true);
  });

  it('is forgotten once it has ended, and not before', async () => {
    const [one, two] = [await opened(facts(await createUser())), await opened(facts(await createUser()))];
    await age(one.id, 3_601);
    await test.database.door('sessions_purge', [1_000]);
    expect([await exists(one), await exists(two)]).toEqual([false, true]);
  });

  it('ends with its organization, and no other does', async () => {
    const elsewhere = await insertOrganization(test.owner);
    const [here, there] = [await opened(facts(await createUser())), (await openStaff(elsewhere))!];
    await test.database.asPlatform('test', (db) =>
      db.execute(sql`select sessions_of_organizations_end(${[elsewhere]}::uuid[])`),
    );
    expect([await exists(here), await exists(there)]).toEqual([true, false]);
  });

  it('ends with all the others of its person', async () => {
    const userId = await createUser();
    const [one, two] = [await opened(facts(userId)), await opened(facts(userId))];
    const other = await opened(facts(await createUser()));
    const told = await heardWhile(() => end('portal', userId, 'all'));
    expect(await principalOf(one.token)).toBeUndefined();
    expect(await principalOf(two.token)).toBeUndefined();
    expect(await principalOf(other.token)).toBeDefined();
    expect(told).toEqual([[{ name: 'access.changed', subjectId: userId }]]);
  });

  it('can be written through its functions alone', async () => {
    for (const role of ['balcao_app', 'balcao_platform']) {
      for (const statement of [
        'delete from sessions',
        "update sessions set expires_at = 'infinity'",
        'select * from login_failures',
      ]) {
        await test.owner.query('begin');
        await test.owner.query(`set local role ${role}`);
        await expect(test.owner.query(statement)).rejects.toThrow(/permission denied/);
        await test.owner.query('rollback');
      }
    }
  });
});
