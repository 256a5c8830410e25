import type pg from 'pg';
import { worldRows, type Row } from './world.js';

/** Puts the world into an empty, migrated database. */
export async function plant(owner: pg.Client, passwordHash: string): Promise<void> {
  for (const [table, rows] of worldRows(passwordHash)) for (const row of rows) await insert(owner, table, row);
}

/** Empties every table and plants the world again, so that what one test changed is no other test's business. */
export async function replant(owner: pg.Client, passwordHash: string): Promise<void> {
  const { rows } = await owner.query<{ tables: string }>(
    `select string_agg(format('%I', tablename), ', ') as tables from pg_tables
     where schemaname = 'public' and tablename not in ('schema_migrations', 'signing_keys')`,
  );
  await owner.query(`truncate ${rows[0]!.tables} cascade`);
  await plant(owner, passwordHash);
}

/** Adds one row with the columns that it names. */
export async function insert(owner: pg.Client, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  await owner.query(
    `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(row),
  );
}
