import pg from 'pg';
import { idOf } from './ids.js';
import type { TestApp } from './test-app.js';

export const AURORA = idOf('organization:aurora');
export const BOREAL = idOf('organization:boreal');
export const PADARIA = idOf('account:padaria');

/** What a connection may be bound to. */
export interface Settings {
  organization_id?: string;
  scope?: string;
  billing_account_id?: string;
}

/** Every kind of binding there is, and those that code may leave behind half-way. */
export const BINDINGS: Record<string, Settings> = {
  'no settings': {},
  'an organization alone': { organization_id: AURORA },
  'a scope alone': { scope: 'organization' },
  'staff of Aurora': { organization_id: AURORA, scope: 'organization' },
  'a customer of Padaria': { organization_id: AURORA, scope: 'account', billing_account_id: PADARIA },
  'a customer of no account': { organization_id: AURORA, scope: 'account' },
  "a visitor of Aurora's portal": { organization_id: AURORA, scope: 'visitor' },
};

/** What the catalogue says of a table with tenants' rows. */
export interface TenantTable {
  name: string;
  /** Whether its rows name a billing account. */
  ofAccounts: boolean;
  /** Columns that a row may be written with: all but generated ones. */
  columns: string[];
  hasId: boolean;
}

/** Every table whose rows name their organization, for tables to come too. */
export async function tenantTables(api: TestApp): Promise<TenantTable[]> {
  return api.rows<TenantTable & Record<string, unknown>>(`
    select c.table_name as name, bool_or(c.column_name = 'billing_account_id') as "ofAccounts",
      array_agg(c.column_name::text) filter (where c.is_generated = 'NEVER') as columns, bool_or(c.column_name = 'id') as "hasId"
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
    group by 1 having bool_or(c.column_name = 'organization_id') order by 1`);
}

/** Rows to write: one of each organization and account of a table, as JSON and with an id that is not taken. */
export async function specimensOf(api: TestApp, table: TenantTable): Promise<string[]> {
  const group = table.ofAccounts ? 'organization_id, billing_account_id' : 'organization_id';
  const rows = await api.rows<{ row: Record<string, unknown> }>(
    `select distinct on (${group}) to_jsonb(t) as row from ${table.name} t order by ${group}, t::text`,
  );
  return rows.map(({ row }) =>
    JSON.stringify(table.hasId ? { ...row, id: idOf(`specimen:${String(row['id'])}`) } : row),
  );
}

/** Copies a row, given as JSON, into its table. */
export function copying({ name, columns }: TenantTable): string {
  const list = columns.map((column) => `"${column}"`).join(', ');
  return `insert into ${name} (${list}) select ${list} from jsonb_populate_record(null::${name}, $1::jsonb)`;
}

/**
 * Statements of the app's role within a transaction of the owner that is always rolled back. Foreign keys are asleep in
 * it, so that row-level security is all that stands in the way.
 */
export class AppRole {
  constructor(private readonly owner: pg.Client) {}

  /** Begins, lets the owner `arrange`, does the work, and takes everything back. */
  async whileArranged<Result>(arrange: () => Promise<unknown>, work: () => Promise<Result>): Promise<Result> {
    await this.owner.query('begin; set local session_replication_role = replica');
    try {
      await arrange();
      return await work();
    } finally {
      await this.owner.query('rollback');
    }
  }

  /**
   * Runs one statement as the app's role.
   * @returns how many rows it reached (for a count, that number); 0 where a policy or a missing grant refused, Infinity
   *   where only something behind the policies did, such as a unique index
   */
  async reach(settings: Settings, statement: string, values: unknown[] = []): Promise<number> {
    return this.attempt(settings, statement, values, async () => {});
  }

  /** As `reach`, and looks as the owner at what it left before that is taken back. */
  async attempt(settings: Settings, statement: string, values: unknown[], look: () => Promise<void>): Promise<number> {
    const bound = (['organization_id', 'scope', 'billing_account_id'] as const).map(
      (name) => `set local app.${name} = ${this.owner.escapeLiteral(settings[name] ?? '')}`,
    );
    await this.owner.query(['savepoint attempt; set local role balcao_app', ...bound].join('; '));
    try {
      const result = await this.owner.query<{ count?: string }>(statement, values);
      await this.owner.query('reset role');
      await look();
      return Number(result.rows[0]?.count ?? result.rowCount);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      return error.code === '42501' ? 0 : Infinity;
    } finally {
      await this.owner.query('rollback to savepoint attempt; reset role');
    }
  }
}
