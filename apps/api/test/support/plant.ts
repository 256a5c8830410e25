import type pg from 'pg';
import type { Row, Seal } from './rows.js';
import { worldRows } from './world.js';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const DEADLOCK = '40P01';
const MOST_TRIES = 5;

/** Whose triggers would reckon anew what their rows say already. */
const AS_THEY_STAND = [
  'ledger_accounts',
  'invoices',
  'invoice_lines',
  'ledger_entries',
  'allocations',
  'credit_notes',
  'deposits',
];

/** Puts the world into an empty, migrated database; what is sealed in it only where the application's `seal` is at hand. */
export async function plant(owner: pg.Client, passwordHash: string, seal?: Seal): Promise<void> {
  await inTransaction(owner, async () => {
    for (const [table, rows] of worldRows(passwordHash, seal)) {
      const role = AS_THEY_STAND.includes(table) ? 'replica' : 'origin';
      await owner.query(`set local session_replication_role = ${role}`);
      for (const row of rows) await insert(owner, table, row);
    }
  });
}

/**
 * What takes back whatever will be changed in a world just planted. Keys that sign tokens stay, since the app knows
 * them.
 */
export async function replanting(owner: pg.Client): Promise<() => Promise<void>> {
  const statements = await replantingStatements(owner);
  return async () => {
    for (let tries = 1; ; tries += 1) {
      try {
        await owner.query(statements);
        return;
      } catch (error) {
        await owner.query('rollback');
        // An answer is there before the last rows behind it are; whoever writes them takes tables in another order.
        if ((error as pg.DatabaseError).code !== DEADLOCK || tries === MOST_TRIES) throw error;
      }
    }
  };
}

/** To be sent at once. */
async function replantingStatements(owner: pg.Client): Promise<string> {
  const { rows: tables } = await owner.query<{ name: string; columns: string }>(
    `select format('%I', c.table_name) as name, string_agg(format('%I', c.column_name), ', ') as columns
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where t.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
       and t.table_name not in ('schema_migrations', 'signing_keys')
     group by 1`,
  );
  const planting: string[] = [];
  for (const { name, columns } of tables) {
    const { rows } = await owner.query<{ all: string | null }>(`select jsonb_agg(t)::text as all from ${name} t`);
    const [{ all } = { all: null }] = rows;
    if (all === null) continue;
    const values = `jsonb_populate_recordset(null::${name}, ${owner.escapeLiteral(all)})`;
    planting.push(`insert into ${name} (${columns}) overriding system value select ${columns} from ${values}`);
  }
  return [
    'begin',
    // Without triggers, hence in any order.
    'set local session_replication_role = replica',
    ...tables.map(({ name }) => `delete from ${name}`),
    ...planting,
    'commit',
  ].join(';');
}

async function inTransaction(owner: pg.Client, work: () => Promise<void>): Promise<void> {
  await owner.query('begin');
  await work();
  await owner.query('commit');
}

/** Adds one row with the columns that it names. */
export async function insert(owner: pg.Client, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  await owner.query(
    `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(row),
  );
}
