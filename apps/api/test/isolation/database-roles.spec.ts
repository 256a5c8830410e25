import { createHash } from 'node:crypto';
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
  tenantTables,
  type Settings,
  type TenantTable,
} from '../support/app-role.js';
import { fillEveryTable } from '../support/fill-every-table.js';
import { idOf } from '../support/ids.js';
import { reachedRows } from '../support/reached-rows.js';
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
  it.each([
    ['an account but no organization', { scope: 'account', billing_account_id: PADARIA }],
    ['empty settings', { organization_id: '', scope: '', billing_account_id: '' }],
    ['an unknown scope', { organization_id: AURORA, scope: 'everything', billing_account_id: PADARIA }],
    ['an organization that does not exist', { organization_id: idOf('organization:none'), scope: 'organization' }],
  ])('B.1 with %s no row exists', async (_what, settings: Settings) => {
    await bind(settings);
    expect(await visibleTables()).toEqual({});
  });

  it('B.1 S4.17 as a visitor nothing exists but public articles and their categories', async () => {
    for (const account of ['', PADARIA]) {
      await bind({ organization_id: AURORA, scope: 'visitor', billing_account_id: account });
      expect(await visibleTables()).toEqual({ kb_articles: 1, kb_categories: 1, kb_old_slugs: 1 });
    }
    expect(await visible('kb_articles', `visibility = 'public' and organization_id = '${AURORA}'`)).toBe(1);
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
    await bind({ scope: 'organization' });
    for (const [invitation, template] of [
      ['invited', 'invitation'],
      ['invited', 'password-reset'],
      ['invited-oficina', 'invitation'],
    ] as const) {
      await app.query(
        `insert into mails (organization_id, id, business_key, template, locale, recipient_email, subject_ids)
         select organization_id, case when $2 = 'invitation' then id else gen_random_uuid() end, id || $2, $2, 'pt-BR', email,
           jsonb_build_object('invitationId', id) from invitations where id = $1`,
        [idOf(`invitation:${invitation}`), template],
      );
    }
    await bind({ scope: 'account' });
    expect((await app.query('select id from mails')).rows).toEqual([{ id: idOf('invitation:invited') }]);
  });

  it.each(['operators', 'rate_limits', 'idempotency_keys', 'signing_keys', 'registry_answers'])(
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

describe('row by row', () => {
  const ALL = 'read OA, add OA, remove OA, change OA, hand over OA';
  const OWN = 'read O, add O, remove O, change O';
  const STAFF = { 'staff of Aurora': OWN };
  const ACCOUNT = { 'staff of Aurora': ALL, 'a customer of Padaria': OWN };
  const shown = (rows: string) => ({ 'a customer of Padaria': rows, 'a customer of no account': rows });
  const LOST = 'a visitor with an account';
  const visited = (rows: string) => ({ "a visitor of Aurora's portal": rows, [LOST]: rows });
  // Staff write it, and customers read what is their account's.
  const WRITTEN = { 'staff of Aurora': 'read OA, add OA', 'a customer of Padaria': 'read O' };
  // What a customer does leaves rows of its organization that no customer can read.
  const APPENDED = shown('add O');

  /** Who reaches which rows of each table (support/reached-rows.ts says how it is written); nobody else reaches any. */
  const REACHED: Record<string, Record<string, string>> = {
    account_versions: { 'staff of Aurora': 'read OA', 'a customer of Padaria': 'read O' },
    audit_log: {
      'staff of Aurora': 'read OA, add OA',
      'a customer of Padaria': 'read O, add OA',
      'a customer of no account': 'add OA',
    },
    billing_accounts: { ...STAFF, 'a customer of Padaria': 'read o' },
    consents: STAFF,
    data_import_rows: STAFF,
    data_imports: STAFF,
    domain_claims: STAFF,
    invitation_import_rows: STAFF,
    // Of an account, and seen by staff only.
    invitation_imports: { 'staff of Aurora': `${OWN}, hand over O` },
    invitations: ACCOUNT,
    kb_articles: { ...STAFF, ...shown('read o'), ...visited('read o') },
    kb_categories: { ...STAFF, ...shown('read O'), ...visited('read O') },
    kb_old_slugs: { ...STAFF, ...shown('read O'), ...visited('read O') },
    kb_vocabulary: STAFF,
    mails: { 'staff of Aurora': 'read O, add O, change O', ...APPENDED },
    one_time_tokens: { ...STAFF, 'a customer of Padaria': 'read o, add o, change o' },
    organization_clocks: { 'staff of Aurora': 'read O, change O' },
    organization_versions: { 'staff of Aurora': 'read O, add O' },
    organizations: { 'staff of Aurora': 'read O, change O', ...shown('read O') },
    payment_links: { 'staff of Aurora': ALL },
    outbox: { 'staff of Aurora': 'read O, add O, finish O', ...APPENDED },
    portal_pictures: STAFF,
    portal_roles: { ...STAFF, ...shown('read O') },
    portal_slugs: { 'staff of Aurora': 'read O' },
    portal_users: ACCOUNT,
    portal_versions: { 'staff of Aurora': 'read O, add O' },
    portals: { ...STAFF, ...shown('read O') },
    postponed_steps: STAFF,
    role_grants: { ...STAFF, ...shown('read O') },
    roles: { ...STAFF, ...shown('read O') },
    sessions: { 'staff of Aurora': 'read OA', 'a customer of Padaria': 'read O' },
    signup_counters: STAFF,
    signups: STAFF,
    staff_invitations: STAFF,
    staff_users: STAFF,
    ticket_comments: { 'staff of Aurora': 'read OA, add OA, edit OA', 'a customer of Padaria': 'read o, add o' },
    ticket_counters: STAFF,
    ticket_events: { 'staff of Aurora': 'read OA, add OA', 'a customer of Padaria': 'read O, add o' },
    ticket_search: {},
    tickets: ACCOUNT,
    allocations: WRITTEN,
    billing_counters: { 'staff of Aurora': 'read O' },
    billing_settings: { ...STAFF, ...shown('read O') },
    disputes: { 'staff of Aurora': 'read OA, add OA, change OA, hand over OA', 'a customer of Padaria': 'read O' },
    gateway_accounts: { 'staff of Aurora': 'read O, add O, change O' },
    gateway_events: { 'staff of Aurora': 'read O, add O' },
    gateway_routes: { ...STAFF, ...shown('read O') },
    late_charges: WRITTEN,
    payment_receipts: WRITTEN,
    payment_targets: { 'staff of Aurora': 'read OA, add OA', 'a customer of Padaria': 'read O, add o' },
    payments: WRITTEN,
    // Who chooses among their cards, and which words of them, says a trigger.
    payment_methods: { 'staff of Aurora': 'read OA, add OA', 'a customer of Padaria': 'read O' },
    payment_method_secrets: STAFF,
    // Both add one that nobody has asked the service for yet.
    method_setups: { 'staff of Aurora': 'read OA, add oa', 'a customer of Padaria': 'read O, add o' },
    // Of whom it is nobody changes.
    automatic_payments: { 'staff of Aurora': 'read OA, add OA', 'a customer of Padaria': 'read O, add O' },
    collections: { 'staff of Aurora': 'read OA, add OA, change OA, hand over OA', 'a customer of Padaria': 'read O' },
    collection_attempts: WRITTEN,
    plans: { 'staff of Aurora': 'read O, add O, change O', ...shown('read O') },
    plan_prices: { 'staff of Aurora': 'read O, add O', ...shown('read O') },
    subscription_settings: { ...STAFF, ...shown('read O') },
    subscriptions: { 'staff of Aurora': 'read OA, add OA, change OA, hand over OA', 'a customer of Padaria': 'read O' },
    subscription_items: { 'staff of Aurora': ALL, 'a customer of Padaria': 'read O' },
    billing_periods: WRITTEN,
    subscription_changes: {
      'staff of Aurora': 'read OA, add OA, change OA, hand over OA',
      'a customer of Padaria': 'read O',
    },
    subscription_pauses: {
      'staff of Aurora': 'read OA, add OA, change OA, hand over OA',
      'a customer of Padaria': 'read O',
    },
    usage_records: WRITTEN,
    subscription_events: WRITTEN,
    subscription_movements: WRITTEN,
    refunds: { 'staff of Aurora': 'read OA', 'a customer of Padaria': 'read O' },
    stray_payments: { 'staff of Aurora': 'read O, add O, change O' },
    sandbox_cards: STAFF,
    sandbox_events: STAFF,
    sandbox_gateways: STAFF,
    sandbox_keys: STAFF,
    sandbox_payments: STAFF,
    sandbox_setups: STAFF,
    credit_notes: WRITTEN,
    deposits: WRITTEN,
    fiscal_notes: { 'staff of Aurora': ALL, 'a customer of Padaria': 'read O' },
    // Which time somebody wants to see is asked for by both.
    account_statements: { 'staff of Aurora': 'read OA, add OA', 'a customer of Padaria': 'read O, add O' },
    billing_documents: WRITTEN,
    invoice_events: WRITTEN,
    // Of a draft and its lines a customer sees nothing.
    invoice_lines: { 'staff of Aurora': ALL, 'a customer of Padaria': 'read o' },
    // What the ledger keeps of them nobody else writes.
    invoices: { 'staff of Aurora': 'read OA, remove OA, hand over OA', 'a customer of Padaria': 'read o' },
    // Whose it is, and of what, nobody changes; a trigger keeps what was sent.
    payment_proofs: {
      'staff of Aurora': 'read OA, add OA, remove OA',
      'a customer of Padaria': 'read O, add O, remove O',
    },
    // Whose a draft is may be changed; how one ends, and what was sent, triggers and the decision keep.
    proposals: { 'staff of Aurora': 'read OA, remove OA, hand over OA', 'a customer of Padaria': 'read O' },
    proposal_versions: { 'staff of Aurora': 'read OA, add OA, remove OA', 'a customer of Padaria': 'read o' },
    proposal_files: { 'staff of Aurora': 'read OA, add OA, remove OA', 'a customer of Padaria': 'read O' },
    proposal_links: { 'staff of Aurora': ALL },
    proposal_decisions: WRITTEN,
    proposal_events: { 'staff of Aurora': 'read OA, add OA' },
    ledger_accounts: { 'staff of Aurora': 'read OA', 'a customer of Padaria': 'read O' },
    ledger_entries: { 'staff of Aurora': 'read OA', 'a customer of Padaria': 'read O' },
  };

  it.each(Object.entries(REACHED))('B.1 %s are reached by whom they are for', async (name, expected) => {
    const role = new AppRole(api.owner);
    const table = tables.find((each) => each.name === name) ?? {
      ...tables[0]!,
      name,
      ofAccounts: false,
      columns: ['id'],
    };
    const reached = await role.whileArranged(
      // Two users with one address cannot both be in one account.
      () => api.owner.query('delete from portal_users where id = $1', [idOf('user:twice-oficina')]),
      async () => {
        const found: Record<string, string> = {};
        for (const [who, settings] of Object.entries({ ...BINDINGS, [LOST]: { ...ANA, scope: 'visitor' } })) {
          const rows = await reachedRows(api, role, settings, table);
          if (rows) found[who] = rows;
        }
        return found;
      },
    );
    expect(reached).toEqual(expected);
  });

  it('B.1 no table is left out', () => {
    const known = [...tables.map(({ name }) => name), 'organizations'];
    const missing = known.filter((name) => !(name in REACHED));
    const todo =
      'nobody told the isolation suite who reaches its rows. Add them to REACHED in test/isolation/database-roles.spec.ts';
    expect(missing.map((name) => `${name}: ${todo}`)).toEqual([]);
    expect(Object.keys(REACHED).filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('the doors, beside an organization whose rows have the same ids', () => {
  const TWIN = idOf('organization:twin');
  const [ANA_ID, OWNER_ID, OPERATOR_ID] = [idOf('user:ana'), idOf('staff:aurora:owner'), idOf('operator')];
  const hashOf = (session: string) =>
    createHash('sha256')
      .update(idOf(`session:${session}`))
      .digest();
  const [ANAS_HASH, OWNERS_HASH] = [hashOf('ana'), hashOf('aurora:owner')];
  const ANA_FOUND = 'aurora, Padaria Estrela, ana@padaria.example';
  const OWNER_FOUND = 'aurora, owner@aurora.example';

  beforeAll(async () => {
    await api.owner.query('begin; set local session_replication_role = replica');
    await api.owner.query("update portal_users set username = 'ana' where id = $1", [ANA_ID]);
    await api.owner.query(`
      insert into portal_slugs (organization_id, slug, portal_id)
      select organization_id, 'cadastro-aurora', id from portals where slug = 'aurora'`);
    const used = idOf('user:twice-oficina');
    await api.owner.query('update portal_users set last_login_at = now() where id = $1', [used]);
    await api.owner.query("insert into organizations (id, slug, name) values ($1, 'twin', 'Twin')", [TWIN]);
    for (const name of ['portals', 'roles', 'billing_accounts', 'portal_users', 'staff_users']) {
      const table = tables.find((each) => each.name === name)!;
      for (const { row } of await api.rows<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from ${name} t where organization_id = $1`,
        AURORA,
      )) {
        const own =
          name === 'portals' ? { slug: `twin-of-${String(row['slug'])}`, custom_domain: null, signup_slug: null } : {};
        await api.owner.query(copying(table), [JSON.stringify({ ...row, organization_id: TWIN, ...own })]);
      }
    }
    // A customer's session whose person's id is also one of staff, or of an operator, and an operator's.
    for (const [key, subject, own] of [
      ['staff', OWNER_ID, {}],
      ['operator', OPERATOR_ID, {}],
      ['own', OPERATOR_ID, { realm: 'operator', organization_id: null, portal_id: null, billing_account_id: null }],
    ] as const) {
      const [row] = await api.rows<{ row: object }>(
        'select to_jsonb(s) as row from sessions s where id = $1',
        idOf('session:ana'),
      );
      const values = { ...row!.row, id: idOf(`session:${key}`), subject_id: subject, ...own };
      const token_hash = `\\x${hashOf(key).toString('hex')}`;
      const sessions = tables.find(({ name }) => name === 'sessions')!;
      await api.owner.query(copying(sessions), [JSON.stringify({ ...values, token_hash })]);
    }
  });
  afterAll(() => api.owner.query('rollback'));

  /** What tells the rows of a door apart. */
  const KEYS: Record<string, string> = {
    portal_by_slug: 'organization_slug, portal_slug',
    portal_by_host: 'organization_slug, portal_slug',
    portal_by_signup_slug: 'organization_slug, portal_slug',
    portal_instead: 'portal_slug, is_same',
    portal_slug: '"portalId"',
    portal_of_organization: 'organization_slug, portal_slug',
    portal_login: '"organizationSlug", "billingAccountName", email',
    staff_login: '"organizationSlug", email',
    portal_sessions: '"organizationSlug", "portalSlug", "billingAccountName", email, permissions[1]',
    staff_sessions: '"organizationSlug", email',
    operator_login: 'email',
    operator_session: 'email',
    one_time_token: '"subjectId"',
    signup: '"organizationId", email',
  };

  it.each<[whom: string, door: string, given: unknown[], found: string[]]>([
    ['a portal by its slug', 'portal_by_slug', ['aurora-partners'], ['aurora, aurora-partners']],
    ['no portal by another slug', 'portal_by_slug', ['nobody'], []],
    ['a portal by its verified host', 'portal_by_host', ['verified.boreal.example'], ['boreal, boreal-verified']],
    ['no portal by a host that is not verified', 'portal_by_host', ['portal.boreal.example'], []],
    [
      "an organization's default portal by the organization's id",
      'portal_of_organization',
      [AURORA, null],
      ['aurora, aurora'],
    ],
    [
      "an organization's default portal by the organization's slug",
      'portal_of_organization',
      [null, 'boreal'],
      ['boreal, boreal'],
    ],
    ['no portal of nobody', 'portal_of_organization', [null, null], []],
    ['whose a slug is', 'portal_slug', ['aurora-partners'], [idOf('portal:partners')]],
    ['nobody by a slug that is free', 'portal_slug', ['nobody'], []],
    [
      'itself by the slug of a portal that answers',
      'portal_instead',
      ['aurora-partners', null],
      ['aurora-partners, t'],
    ],
    ['nothing by the slug of nobody', 'portal_instead', ['nobody', null], []],
    ['nothing by a host that is not verified', 'portal_instead', [null, 'portal.boreal.example'], []],
    ['a customer by e-mail', 'portal_login', ['ana@padaria.example', AURORA, null, null, null], [ANA_FOUND]],
    ['a customer by user name', 'portal_login', ['ana', AURORA, null, null, null], [ANA_FOUND]],
    ['no customer of another organization by user name', 'portal_login', ['ana', BOREAL, null, null, null], []],
    ['no customer by user name alone', 'portal_login', ['ana', null, null, null, null], []],
    [
      'a customer by id, whatever the name says',
      'portal_login',
      ['carla@oficina.example', AURORA, null, ANA_ID, null],
      [ANA_FOUND],
    ],
    ['no customer of another organization by id', 'portal_login', [null, BOREAL, null, ANA_ID, null], []],
    [
      'a customer in each account',
      'portal_login',
      ['twice@example.com', AURORA, null, null, null],
      ['aurora, Oficina Central, twice@example.com', 'aurora, Padaria Estrela, twice@example.com'],
    ],
    [
      'a customer in one account',
      'portal_login',
      ['twice@example.com', AURORA, idOf('account:oficina'), null, null],
      ['aurora, Oficina Central, twice@example.com'],
    ],
    [
      'a customer in one account, of any organization',
      'portal_login',
      ['twice@example.com', null, PADARIA, null, null],
      ['aurora, Padaria Estrela, twice@example.com', 'twin, Padaria Estrela, twice@example.com'],
    ],
    [
      'one customer of each organization, who signed in last',
      'portal_login',
      ['twice@example.com', null, null, null, null],
      ['aurora, Oficina Central, twice@example.com', 'twin, Oficina Central, twice@example.com'],
    ],
    [
      'one customer of each organization',
      'portal_login',
      ['multi@example.com', null, null, null, null],
      [
        'aurora, Padaria Estrela, multi@example.com',
        'boreal, Mercado Três Irmãos, multi@example.com',
        'twin, Padaria Estrela, multi@example.com',
      ],
    ],
    [
      'staff in each organization',
      'staff_login',
      ['owner@aurora.example', null, null],
      [OWNER_FOUND, 'twin, owner@aurora.example'],
    ],
    ['staff in one organization', 'staff_login', ['owner@aurora.example', 'aurora', null], [OWNER_FOUND]],
    ['no staff of another organization', 'staff_login', ['owner@aurora.example', 'boreal', null], []],
    ['staff by id', 'staff_login', [null, 'aurora', OWNER_ID], [OWNER_FOUND]],
    [
      'a customer by the token of a session',
      'portal_sessions',
      [[ANAS_HASH], []],
      [`aurora, aurora, ${ANA_FOUND.slice(8)}, tickets:create`],
    ],
    [
      'a customer by the id of a session',
      'portal_sessions',
      [[], [idOf('session:ana')]],
      [`aurora, aurora, ${ANA_FOUND.slice(8)}, tickets:create`],
    ],
    ['no customer by the session of staff', 'portal_sessions', [[OWNERS_HASH], [idOf('session:aurora:owner')]], []],
    ['staff by the token of a session', 'staff_sessions', [[OWNERS_HASH]], [OWNER_FOUND]],
    ['no staff by the session of a customer', 'staff_sessions', [[ANAS_HASH]], []],
    ['no staff by the session of a customer with the same id', 'staff_sessions', [[hashOf('staff')]], []],
    ['an operator by e-mail', 'operator_login', ['operator@balcao.example'], ['operator@balcao.example']],
    ['no operator by another e-mail', 'operator_login', ['owner@aurora.example'], []],
    ['an operator by the token of a session', 'operator_session', [hashOf('own')], ['operator@balcao.example']],
    ['no operator by the session of a customer with the same id', 'operator_session', [hashOf('operator')], []],
    ['a portal by the slug of its signup page', 'portal_by_signup_slug', ['cadastro-aurora'], ['aurora, aurora']],
    ['a portal by its own slug', 'portal_by_signup_slug', ['aurora-partners'], ['aurora, aurora-partners']],
    [
      'a portal by its own slug, also where its signup page has another',
      'portal_by_signup_slug',
      ['aurora'],
      ['aurora, aurora'],
    ],
    ['whose a signup is', 'signup', [idOf('signup:aurora')], [`${AURORA}, carolina@aurora-alvorada.example`]],
    ['whom a link is for', 'one_time_token', [idOf('token:invited')], [idOf('user:invited')]],
  ])('B.1 lead to %s', async (_whom, door, given, found) => {
    const parameters = given.map((_, index) => `$${index + 1}`).join(', ');
    const { rows } = await api.owner.query<{ found: string }>(
      `select concat_ws(', ', ${KEYS[door]!}) as found from door_${door}(${parameters})`,
      given,
    );
    expect(rows.map((row) => row.found).sort()).toEqual(found);
  });

  it.each([
    ['the own', 'portal', AURORA, ANA_ID, 1],
    ['another', 'portal', BOREAL, ANA_ID, 0],
    ['the own', 'staff', AURORA, OWNER_ID, 1],
    ['another', 'staff', BOREAL, OWNER_ID, 0],
  ])(
    'B.1 open in %s organization a session of the realm %s or not',
    async (_whose, realm, organizationId, who, times) => {
      const portal = realm === 'portal' ? idOf('portal:aurora') : null;
      const { rowCount } = await api.owner.query(
        `select * from session_open(gen_random_uuid(), sha256($1), $2, $3, $4, $5, 1, '{password}', '{}', '192.0.2.1', 'Test',
        '1 hour', '1 hour')`,
        [Buffer.from(realm + organizationId), realm, organizationId, portal, who],
      );
      expect(rowCount).toBe(times);
    },
  );
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
