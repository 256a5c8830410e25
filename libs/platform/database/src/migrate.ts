import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import type { Secrets } from '@balcao/platform-config';
import { derivedRolePassword, type DatabaseRole } from './connection-urls.js';

/** Where the migrations stand, in the order of their names. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url));
const LOGIN_ROLES: DatabaseRole[] = ['balcao_app', 'balcao_platform', 'balcao_queue'];
/** Any constant will do, as long as every process of every version uses the same. */
const LOCK = 7_126_011;

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
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await ensureRoles(client, secrets);
    await client.query('set role balcao_owner');
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
    return ran.map((migration) => migration.name);
  } finally {
    await client.end();
  }
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
  await client.query(`grant create on database ${database} to balcao_owner, balcao_queue`);
  await client.query('grant usage, create on schema public to balcao_owner');
}
