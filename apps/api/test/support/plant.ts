import type pg from 'pg';
import { worldRows, type Row } from './world.js';

/** Puts the world into an empty, migrated database. */
export async function plant(owner: pg.Client, passwordHash: string): Promise<void> {
  await inTransaction(owner, async () => {
    for (const [table, rows] of worldRows(passwordHash)) for (const row of rows) await insert(owner, table, row);
  });
}

/** Takes back whatever was changed since the world was planted. Keys that sign tokens stay, since the app knows them. */
export async function replant(owner: pg.Client, passwordHash: string): Promise<void> {
  const { rows } = await owner.query<{ table: string }>(
    `select format('%I', tablename) as table from pg_tables
     where schemaname = 'public' and tablename not in ('schema_migrations', 'signing_keys')`,
  );
  await inTransaction(owner, async () => {
    // Without triggers, hence in any order.
    await owner.query('set local session_replication_role = replica');
    await owner.query(rows.map(({ table }) => `delete from ${table}`).join(';'));
    await owner.query('set local session_replication_role = origin');
    for (const [table, worldly] of worldRows(passwordHash)) for (const row of worldly) await insert(owner, table, row);
  });
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
