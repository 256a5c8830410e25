import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { connectionUrls } from '@balcao/platform-database';
import { Secrets } from '@balcao/platform-config';
import {
  AppRole,
  AURORA,
  BINDINGS,
  BOREAL,
  PADARIA,
  copying,
  specimensOf,
  tenantTables,
  type Settings,
  type TenantTable,
} from '../support/app-role.js';
import { fillEveryTable } from '../support/fill-every-table.js';
import { idOf } from '../support/ids.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let api: TestApp;
let app: pg.Client;
/** Tables with tenants' rows, all of which have some. */
let tables: TenantTable[];

beforeAll(async () => {
  api = await startTestApp();
  await fillEveryTable(api);
  app = new pg.Client({ connectionString: connectionUrls(api.config, new Secrets(api.config.secretKey)).app });
  await app.connect();
  tables = await tenantTables(api);
});
afterAll(async () => {
  await app.end();
  await api.close();
});

beforeEach(() => app.query('begin'));
afterEach(() => app.query('rollback'));

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
  for (const table of [...tables.map(({ name }) => name), 'organizations']) {
    const count = await visible(table);
    if (count) counts[table] = count;
  }
  return counts;
}

const ANA = { organization_id: AURORA, scope: 'account', billing_account_id: PADARIA };

it('B.1 every table of a tenant has rows, row-level security, and policies', async () => {
  expect(tables.length).toBeGreaterThan(10);
  for (const { name: table } of tables) {
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
  const without = tables.map((table) => table.name).filter((table) => !keyed.some(({ name }) => name === table));
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
      'kb_old_slugs',
      'organizations',
      'portals',
      'role_grants',
      'roles',
    ]);
  });

  it('B.1 S4.17 as a visitor nothing exists but public articles and their categories', async () => {
    for (const account of ['', PADARIA]) {
      await bind({ organization_id: AURORA, scope: 'visitor', billing_account_id: account });
      expect(await visibleTables()).toEqual({ kb_articles: 1, kb_categories: 1, kb_old_slugs: 1 });
    }
    expect(await visible('kb_articles', `visibility = 'public' and organization_id = '${AURORA}'`)).toBe(1);
  });

  it('B.1 with organization scope only its own rows exist', async () => {
    await bind({ organization_id: AURORA, scope: 'organization' });
    const seen = await visibleTables();
    expect(seen['tickets']).toBeGreaterThan(0);
    expect(seen['organizations']).toBe(1);
    for (const { name: table } of tables) {
      expect({ table, foreign: (await visible(table, `organization_id <> '${AURORA}'`)) ?? 0 }).toEqual({
        table,
        foreign: 0,
      });
    }
  });

  it('B.1 with account scope no row of another account or organization exists', async () => {
    await bind(ANA);
    for (const { name: table, ofAccounts } of tables) {
      const foreign = ofAccounts
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
    for (const table of ['outbox', 'staff_users', 'login_failures', 'ticket_counters']) {
      expect({ table, rows: (await visible(table)) ?? 0 }).toEqual({ table, rows: 0 });
    }
    expect(await visible('mails', "template <> 'invitation'")).toBe(0);
    expect(await visible('one_time_tokens', "purpose <> 'invitation'")).toBe(0);
  });

  it("B.1 with account scope the links and mails of the own account's invitations exist, and no others", async () => {
    await bind(ANA);
    const ownTokens = await app.query('select subject_id from one_time_tokens');
    expect(ownTokens.rows).toEqual([{ subject_id: idOf('user:invited') }]);
    const mailOf = (invitation: string) => `
      insert into mails (organization_id, id, business_key, template, locale, recipient_email, subject_ids)
      select organization_id, id, id::text, 'invitation', 'pt-BR', email, jsonb_build_object('invitationId', id)
      from invitations where id = '${idOf(`invitation:${invitation}`)}'`;
    for (const account of ['padaria', 'oficina']) {
      await bind({ scope: 'organization' });
      await app.query(mailOf(account === 'padaria' ? 'invited' : 'invited-oficina'));
      await bind({ scope: 'account' });
      expect({ account, mails: await visible('mails') }).toEqual({ account, mails: 1 });
    }
    expect((await app.query('select id from mails')).rows).toEqual([{ id: idOf('invitation:invited') }]);
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
      author_type: `'portal'`,
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

  it('B.1 whoever is not named calls nothing but what binds a connection and cuts words', async () => {
    const open = await api.rows(
      `select distinct p.proname as name from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
       where p.pronamespace = 'public'::regnamespace and a.grantee = 0
         and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
         and p.proname !~ '^(app|search|protect)_' and p.proname not in ('fold', 'reserve_functions', 'touch_updated_at')`,
    );
    expect(open).toEqual([]);
  });
});

describe('writing across the walls', () => {
  /** Rows of a table that are not the customer's, as the owner sees them. */
  const outside = ({ ofAccounts }: TenantTable, who: string) =>
    `organization_id is distinct from '${AURORA}'` +
    (who.startsWith('a customer')
      ? ofAccounts
        ? ` or billing_account_id is distinct from '${PADARIA}'`
        : ' or true'
      : '') +
    (who.startsWith('staff') || who.startsWith('a customer') ? '' : ' or true');

  /** Digest of what must not change. */
  async function contents(table: TenantTable, who: string): Promise<string> {
    const [row] = await api.rows<{ digest: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from ${table.name} t where ${outside(table, who)}`,
    );
    return row!.digest;
  }

  it.each(Object.entries(BINDINGS))(
    'B.1 %s neither changes, moves nor removes a row of others',
    async (who, settings) => {
      const role = new AppRole(api.owner);
      await role.whileArranged(
        async () => {},
        async () => {
          for (const table of tables) {
            const before = await contents(table, who);
            const statements = [
              `delete from ${table.name}`,
              `update ${table.name} set organization_id = organization_id`,
              `update ${table.name} set organization_id = '${AURORA}'`,
              `update ${table.name} set organization_id = '${BOREAL}'`,
              ...(table.ofAccounts
                ? [`update ${table.name} set billing_account_id = '${idOf('account:oficina')}'`]
                : []),
            ];
            for (const statement of statements) {
              await role.attempt(settings, statement, [], async () => {
                expect({ statement, outside: await contents(table, who) }).toEqual({ statement, outside: before });
              });
            }
          }
        },
      );
    },
  );

  it.each(Object.entries(BINDINGS))('B.1 %s adds no row for others', async (who, settings) => {
    const role = new AppRole(api.owner);
    const added = new Set<string>();
    await role.whileArranged(
      async () => {},
      async () => {
        for (const table of tables) {
          for (const specimen of await specimensOf(api, table)) {
            const row = JSON.parse(specimen) as Record<string, unknown>;
            const own =
              row['organization_id'] === AURORA &&
              (who !== 'a customer of Padaria' || row['billing_account_id'] === PADARIA);
            if (own && /^(staff|a customer of Padaria)/.test(who)) continue;
            if ((await role.reach(settings, copying(table), [specimen])) > 0) added.add(table.name);
          }
        }
      },
    );
    // What a customer does leaves rows of its organization that no customer can read.
    expect([...added].sort()).toEqual(who.startsWith('a customer') ? ['audit_log', 'mails', 'outbox'] : []);
  });
});

describe('foreign keys', () => {
  interface ForeignKey {
    name: string;
    from: string;
    to: string;
    /** Columns that it ties together. */
    pairs: [from: string, to: string][];
  }
  let keys: ForeignKey[];
  beforeAll(async () => {
    keys = await api.rows<ForeignKey & Record<string, unknown>>(`
      select conname as name, conrelid::regclass::text as from, confrelid::regclass::text as to,
        (select json_agg(json_build_array(a.attname, b.attname)) from unnest(conkey, confkey) as k(f, t)
          join pg_attribute a on a.attrelid = conrelid and a.attnum = k.f
          join pg_attribute b on b.attrelid = confrelid and b.attnum = k.t) as pairs
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`);
  });
  const find = (name: string) => tables.find((table) => table.name === name);
  const ties = ({ pairs }: ForeignKey, column: string) => pairs.some(([from, to]) => from === column && to === column);

  it('B.1 between tables of tenants contain the organization, so that none leads to another', () => {
    const between = keys.filter(({ from, to }) => find(from) && find(to));
    expect(between.length).toBeGreaterThan(10);
    expect(between.filter((key) => !ties(key, 'organization_id')).map(({ from, name }) => `${from}.${name}`)).toEqual(
      [],
    );
  });

  it('B.1 between tables of accounts contain the account, so that none leads to another', () => {
    const between = keys.filter(({ from, to }) => find(from)?.ofAccounts && find(to)?.ofAccounts);
    expect(between.length).toBeGreaterThan(2);
    expect(
      between.filter((key) => !ties(key, 'billing_account_id')).map(({ from, name }) => `${from}.${name}`),
    ).toEqual([]);
  });

  it('B.1 compare whole keys, so that an empty account is no way around them', async () => {
    const partial = await api.rows<{ name: string }>(`
      select conname as name from pg_constraint c where contype = 'f' and array_length(conkey, 1) > 1 and confmatchtype <> 'f'
        and exists (select from pg_attribute a where a.attrelid = conrelid and a.attnum = any(conkey) and not a.attnotnull
          and a.attname in ('organization_id', 'billing_account_id'))`);
    expect(partial.map(({ name }) => name)).toEqual(['sessions_organization_id_portal_id_fkey']);
  });
});
