import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { connectionUrls } from '@balcao/platform-database';
import { Secrets } from '@balcao/platform-config';
import { idOf } from '../support/ids.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let api: TestApp;
let app: pg.Client;
/** Tables with tenants' rows, all of which have some. */
let tenantTables: string[];

beforeAll(async () => {
  api = await startTestApp();
  const ana = await api.signIn('portal', 'ana@padaria.example');
  const owner = await api.signIn('staff', 'owner@aurora.example');
  await api.signIn('portal', 'carla@oficina.example');
  await api.signIn('portal', 'davi@boreal-cliente.example');
  // Leaves a row in every table that the world leaves empty: mails, outbox, audit, counters, wrong passwords.
  await ana.post('/api/v1/portal/tickets', { subject: 'Sem conexão', description: 'Desde cedo' }).expect(201);
  await owner
    .post('/api/v1/admin/tickets', { portalUserId: idOf('user:carla'), subject: 'Ligou', description: 'Pede visita' })
    .expect(201);
  await api.visitor('/o/aurora').post('/api/v1/portal/auth/login', { email: 'x@padaria.example', password: 'wrong' });
  app = new pg.Client({ connectionString: connectionUrls(api.config, new Secrets(api.config.secretKey)).app });
  await app.connect();
  const tables = await api.rows<{ name: string }>(
    "select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'organization_id' order by 1",
  );
  tenantTables = tables.map(({ name }) => name);
});
afterAll(async () => {
  await app.end();
  await api.close();
});

beforeEach(() => app.query('begin'));
afterEach(() => app.query('rollback'));

interface Settings {
  organization_id?: string;
  scope?: string;
  billing_account_id?: string;
}

async function bind(settings: Settings): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    await app.query('select set_config($1, $2, true)', [`app.${name}`, value]);
  }
}

/** How many rows of a table exist for the app's role; undefined where it may not even ask. */
async function visible(table: string, condition = 'true'): Promise<number | undefined> {
  await app.query('savepoint attempt');
  try {
    const { rows } = await app.query<{ count: string }>(`select count(*) from ${table} where ${condition}`);
    return Number(rows[0]!.count);
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    await app.query('rollback to savepoint attempt');
    return undefined;
  }
}

async function visibleTables(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of [...tenantTables, 'organizations']) {
    const count = await visible(table);
    if (count) counts[table] = count;
  }
  return counts;
}

const AURORA = idOf('organization:aurora');
const PADARIA = idOf('account:padaria');
const ANA = { organization_id: AURORA, scope: 'account', billing_account_id: PADARIA };

it('B.1 every table of a tenant has rows, row-level security, and policies', async () => {
  expect(tenantTables.length).toBeGreaterThan(10);
  for (const table of tenantTables) {
    const [facts] = await api.rows<{ rows: boolean; secured: boolean; policies: string }>(
      `select exists (select 1 from ${table}) as rows, relrowsecurity as secured,
        (select count(*) from pg_policies where tablename = $1) as policies from pg_class where oid = $1::regclass`,
      table,
    );
    expect({ table, rows: facts!.rows, secured: facts!.secured, policies: Number(facts!.policies) > 0 }).toEqual({
      table,
      rows: true,
      secured: true,
      policies: true,
    });
  }
});

it("B.1 every table of a tenant has the organization in its primary key or is the platform's own log", async () => {
  const keyed = await api.rows<{ name: string }>(
    `select tc.table_name as name from information_schema.table_constraints tc
     join information_schema.key_column_usage k using (constraint_schema, constraint_name)
     where tc.constraint_type = 'PRIMARY KEY' and k.column_name = 'organization_id' and tc.table_schema = 'public'`,
  );
  const without = tenantTables.filter((table) => !keyed.some(({ name }) => name === table));
  expect(without).toEqual(['audit_log', 'mails', 'outbox', 'sessions']);
});

describe('as the app', () => {
  it('B.1 without settings no row exists', async () => {
    expect(await visibleTables()).toEqual({});
  });

  it('B.1 with an organization but no scope no row exists', async () => {
    await bind({ organization_id: AURORA });
    expect(await visibleTables()).toEqual({});
  });

  it.each([
    ['a scope but no organization', { scope: 'organization' }],
    ['an account but no organization', { scope: 'account', billing_account_id: PADARIA }],
    ['empty settings', { organization_id: '', scope: '', billing_account_id: '' }],
    ['an unknown scope', { organization_id: AURORA, scope: 'everything', billing_account_id: PADARIA }],
    ['an organization that does not exist', { organization_id: idOf('organization:none'), scope: 'organization' }],
  ])('B.1 with %s no row exists', async (_what, settings: Settings) => {
    await bind(settings);
    expect(await visibleTables()).toEqual({});
  });

  it('B.1 with account scope but no account only what the whole organization shares exists', async () => {
    await bind({ organization_id: AURORA, scope: 'account' });
    expect(Object.keys(await visibleTables()).sort()).toEqual([
      'kb_articles',
      'kb_categories',
      'organizations',
      'portals',
      'roles',
    ]);
  });

  it('B.1 with organization scope only its own rows exist', async () => {
    await bind({ organization_id: AURORA, scope: 'organization' });
    const seen = await visibleTables();
    expect(seen['tickets']).toBeGreaterThan(0);
    expect(seen['organizations']).toBe(1);
    for (const table of tenantTables) {
      expect({ table, foreign: (await visible(table, `organization_id <> '${AURORA}'`)) ?? 0 }).toEqual({
        table,
        foreign: 0,
      });
    }
  });

  it('B.1 with account scope no row of another account or organization exists', async () => {
    await bind(ANA);
    for (const table of tenantTables) {
      const [columns] = await api.rows<{ ofAccounts: boolean }>(
        `select bool_or(column_name = 'billing_account_id') as "ofAccounts" from information_schema.columns where table_name = $1`,
        table,
      );
      const foreign = columns!.ofAccounts
        ? `organization_id <> '${AURORA}' or billing_account_id is distinct from '${PADARIA}'`
        : `organization_id <> '${AURORA}'`;
      expect({ table, foreign: (await visible(table, foreign)) ?? 0 }).toEqual({ table, foreign: 0 });
    }
    expect(await visible('tickets')).toBeGreaterThan(0);
    expect(await visible('billing_accounts')).toBe(1);
  });

  it('B.1 S3.51 S4.8 with account scope internal notes, drafts, mails, jobs and staff do not exist', async () => {
    await bind(ANA);
    expect(await visible('ticket_comments')).toBeGreaterThan(0);
    expect(await visible('ticket_comments', 'not is_public')).toBe(0);
    expect(await visible('kb_articles', "visibility in ('portal', 'public')")).toBe(2);
    expect(await visible('kb_articles', "visibility not in ('portal', 'public')")).toBe(0);
    for (const table of ['mails', 'outbox', 'staff_users', 'one_time_tokens', 'login_failures', 'ticket_counters']) {
      expect({ table, rows: (await visible(table)) ?? 0 }).toEqual({ table, rows: 0 });
    }
  });

  it.each(['operators', 'rate_limits', 'idempotency_keys', 'signing_keys'])(
    'B.1 what belongs to no tenant is out of reach: %s',
    async (table) => {
      await bind({ organization_id: AURORA, scope: 'organization' });
      expect((await visible(table)) ?? 0).toBe(0);
    },
  );

  it.each([
    ['a note to customers by staff', 'author_type', `'staff'`],
    ['an internal note', 'is_public', 'false'],
    ["another account's comment", 'billing_account_id', `'${idOf('account:oficina')}'`],
    ["another organization's comment", 'organization_id', `'${idOf('organization:boreal')}'`],
  ])('B.1 with account scope nobody writes %s', async (_what, column, value) => {
    await bind(ANA);
    const row: Record<string, string> = {
      organization_id: `'${AURORA}'`,
      billing_account_id: `'${PADARIA}'`,
      ticket_id: `'${idOf('ticket:ana')}'`,
      id: `'${idOf('comment:new')}'`,
      author_type: `'portal_user'`,
      author_id: `'${idOf('user:ana')}'`,
      author_name: `'Ana'`,
      body: `'Olá'`,
      is_public: 'true',
    };
    const insert = (values: Record<string, string>) =>
      app.query(
        `insert into ticket_comments (${Object.keys(values).join(', ')}) values (${Object.values(values).join(', ')})`,
      );
    await app.query('savepoint before');
    await insert(row);
    await app.query('rollback to savepoint before');
    await expect(insert({ ...row, [column]: value })).rejects.toThrow(/row-level security/);
  });

  it.each(['portals', 'roles', 'kb_articles', 'kb_categories', 'billing_accounts', 'organizations'])(
    'B.1 with account scope nobody changes %s',
    async (table) => {
      await bind(ANA);
      await app.query('savepoint before');
      const changed = await app.query(`update ${table} set id = id`).then(
        ({ rowCount }) => rowCount,
        (error: { message: string }) => /row-level security|permission denied/.test(error.message) && 0,
      );
      expect(changed).toBe(0);
    },
  );

  it.each(['update audit_log set action = action', 'delete from audit_log', 'truncate audit_log'])(
    'S3.91 the audit log only grows: %s is refused',
    async (statement) => {
      await bind({ organization_id: AURORA, scope: 'organization' });
      await expect(app.query(statement)).rejects.toThrow(/permission denied/);
    },
  );

  it('B.1 the role owns nothing, cannot bypass policies and belongs to no other role', async () => {
    const [role] = await api.rows(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
        (select count(*)::integer from pg_class where relowner = r.oid) as owned,
        (select count(*)::integer from pg_auth_members where member = r.oid) as memberships
       from pg_roles r where rolname = 'balcao_app'`,
    );
    expect(role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      owned: 0,
      memberships: 0,
    });
  });

  it('B.1 the doors before the tenant is known have a fixed search path', async () => {
    const open = await api.rows(
      `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname = 'public' and p.prosecdef
         and not coalesce(array_to_string(p.proconfig, ',') like '%search_path=public, pg_temp%', false)`,
    );
    expect(open).toEqual([]);
  });
});
