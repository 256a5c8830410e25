import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import type { Secrets } from '@balcao/platform-config';
import { derivedRolePassword, type DatabaseRole } from './connection-urls.js';

/** Where the migrations stand, in the order of their names. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url));
const LOGIN_ROLES: DatabaseRole[] = ['balcao_app', 'balcao_platform', 'balcao_queue'];
/**
 * The advisory lock of whoever changes the form of the database, or rights in it: statements that grant at the same time
 * fail. Any constant will do, as long as every process of every version uses the same.
 */
export const MIGRATION_LOCK = 7_126_011;

/** The database was made by migrations that are not these ones: by an unreleased version, as released ones never change. */
export class ForeignSchemaError extends Error {
  constructor() {
    super(
      'The database was made by an older, unreleased version of Balcão, whose schema this version cannot bring up to date. ' +
        'Nothing was changed. Use the version that made it, or begin with an empty database.',
    );
    this.name = 'ForeignSchemaError';
  }
}

interface MigrateOptions {
  /** Connection of a role that may create roles and owns the database. */
  url: string;
  secrets: Secrets;
  direction?: 'up' | 'down';
  /** How many migrations to take back with `down`; all pending ones with `up`. */
  count?: number;
  log?: (message: string) => void;
}

/**
 * Brings roles and schema up to date under an advisory lock, so that replicas that start together wait for one
 * another. Each migration runs in a transaction of its own; one that fails leaves nothing behind.
 * @returns names of the migrations that ran
 * @throws ForeignSchemaError
 */
export async function migrate({
  url,
  secrets,
  direction = 'up',
  count,
  log = () => {},
}: MigrateOptions): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'balcao-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await ensureRoles(client, secrets);
    await client.query('set role balcao_owner');
    await demandOwnSchema(client);
    const ran = await runner({
      dbClient: client,
      dir: MIGRATIONS_FOLDER,
      direction,
      count: count ?? (direction === 'up' ? Infinity : 1),
      migrationsTable: 'schema_migrations',
      noLock: true,
      checkOrder: true,
      logger: { debug: () => {}, info: log, warn: log, error: log },
    });
    await rememberMigrations(client);
    return ran.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/**
 * Migrations that a database still lacks: none where it is in its newest form.
 * @param url as `migrate` takes it
 * @throws ForeignSchemaError
 */
export async function missingMigrations(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'balcao-migrate' });
  await client.connect();
  try {
    const ran = await demandOwnSchema(client);
    return Object.keys(await digests()).filter((name) => !ran.includes(name));
  } finally {
    await client.end();
  }
}

/** What each migration does, as the database remembers it: in the comment of the table that lists those that ran. */
async function digests(): Promise<Record<string, string>> {
  const files = (await readdir(MIGRATIONS_FOLDER)).sort();
  const entries = files.map(async (file) => {
    // Whether a checkout ends its lines with CR LF says nothing.
    const text = (await readFile(join(MIGRATIONS_FOLDER, file), 'utf8')).replaceAll('\r\n', '\n');
    return [file.replace(/\.sql$/, ''), createHash('sha256').update(text).digest('base64url').slice(0, 12)];
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<string, string>;
}

/** @returns names of the migrations that ran */
async function demandOwnSchema(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ found: boolean; comment: string | null }>(
    `select to_regclass('public.schema_migrations') is not null as found,
       obj_description(to_regclass('public.schema_migrations'), 'pg_class') as comment`,
  );
  if (!rows[0]!.found) return [];
  const ran = await client.query<{ name: string }>('select name from public.schema_migrations');
  const known = await digests();
  const remembered = JSON.parse(rows[0]!.comment ?? '{}') as Record<string, string>;
  const foreign = ran.rows.some(({ name }) => known[name] === undefined || known[name] !== remembered[name]);
  if (foreign) throw new ForeignSchemaError();
  return ran.rows.map(({ name }) => name);
}

async function rememberMigrations(client: pg.Client): Promise<void> {
  const text = client.escapeLiteral(JSON.stringify(await digests()));
  await client.query(`comment on table public.schema_migrations is ${text}`);
}

/** Makes the roles that are missing. Roles belong to the whole server, so other databases may have made them already. */
async function ensureRoles(client: pg.Client, secrets: Secrets): Promise<void> {
  const database = client.escapeIdentifier(
    (await client.query<{ name: string }>('select current_database() as name')).rows[0]!.name,
  );
  const existing = new Set(
    (await client.query<{ rolname: string }>('select rolname from pg_roles')).rows.map((row) => row.rolname),
  );
  if (!existing.has('balcao_owner')) await client.query('create role balcao_owner nologin');
  for (const role of LOGIN_ROLES) {
    const password = client.escapeLiteral(derivedRolePassword(secrets, role));
    await client.query(
      `${existing.has(role) ? 'alter' : 'create'} role ${role} login nosuperuser nocreatedb nocreaterole password ${password}`,
    );
    await client.query(`grant connect on database ${database} to ${role}`);
  }
  await client.query('grant balcao_owner to current_user');
  await client.query(`grant create on database ${database} to balcao_owner`);
  await client.query('grant usage, create on schema public to balcao_owner');
}
