import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { MIGRATIONS_FOLDER, migrate } from '@balcao/platform-database';
import { prepareQueues } from '@balcao/platform-queue';
import { testConfig, testSecrets } from './test-config.js';

/** Any constant will do, as long as every test process uses the same. */
const LOCK = 7_126_012;
const TEMPLATE_PREFIX = 'balcao_template_';
const CLONE_PREFIX = 'balcao_test_';
/** Clones of runs that were killed are swept away after this long. */
const LEFTOVER_MS = 2 * 60 * 60_000;

/** URL of another database on the same server. */
function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.toString();
}

/** A migrated database of its own, copied from a template that is made once for each state of the migrations. */
export async function cloneTemplate(serverUrl: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = new pg.Client({ connectionString: serverUrl, application_name: 'balcao-test' });
  await server.connect();
  try {
    const template = TEMPLATE_PREFIX + (await migrationsDigest());
    // Roles belong to the whole server, so two processes must not make them at once. The lock covers the copy as
    // well: nobody may be connected to a template while it is copied.
    await server.query('select pg_advisory_lock($1)', [LOCK]);
    await ensureTemplate(server, serverUrl, template);
    const clone = `${CLONE_PREFIX}${Date.now()}_${randomBytes(4).toString('hex')}`;
    await server.query(`create database ${clone} template ${template}`);
    // A test's rows need not survive a power cut.
    await server.query(`alter database ${clone} set synchronous_commit = off`);
    return { url: databaseUrl(serverUrl, clone), drop: () => dropDatabase(serverUrl, clone) };
  } finally {
    await server.end();
  }
}

/** Makes a database unreachable for as long as `work` takes, except for the connection whose process id is `spare`. */
export async function duringOutage(
  serverUrl: string,
  url: string,
  spare: number,
  work: () => Promise<void>,
): Promise<void> {
  const server = new pg.Client({ connectionString: serverUrl, application_name: 'balcao-test' });
  await server.connect();
  const name = new URL(url).pathname.slice(1);
  try {
    await server.query(`alter database ${name} allow_connections false`);
    await server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> $2', [
      name,
      spare,
    ]);
    await work();
  } finally {
    await server.query(`alter database ${name} allow_connections true`);
    await server.end();
  }
}

async function migrationsDigest(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await readdir(MIGRATIONS_FOLDER)).sort())
    hash.update(file).update(await readFile(join(MIGRATIONS_FOLDER, file)));
  return hash.digest('hex').slice(0, 16);
}

async function ensureTemplate(server: pg.Client, serverUrl: string, template: string): Promise<void> {
  const existing = await server.query('select 1 from pg_database where datname = $1', [template]);
  if (existing.rowCount) return;
  await sweep(server);
  const unfinished = `${template}_unfinished`;
  await server.query(`drop database if exists ${unfinished} with (force)`);
  await server.query(`create database ${unfinished}`);
  const url = databaseUrl(serverUrl, unfinished);
  await migrate({ url, secrets: testSecrets() });
  await prepareQueues(testConfig({ databaseUrl: url }), testSecrets());
  await server.query(`alter database ${unfinished} rename to ${template}`);
}

/** Removes what earlier runs left: other templates, and clones whose process must be gone. */
async function sweep(server: pg.Client): Promise<void> {
  const { rows } = await server.query<{ datname: string }>(
    'select datname from pg_database where datname like $1 or datname like $2',
    [`${TEMPLATE_PREFIX.replaceAll('_', '\\_')}%`, `${CLONE_PREFIX.replaceAll('_', '\\_')}%`],
  );
  for (const { datname } of rows) {
    const madeAt = Number(datname.slice(CLONE_PREFIX.length).split('_')[0]);
    if (datname.startsWith(CLONE_PREFIX) && !(Date.now() - madeAt > LEFTOVER_MS)) continue;
    await server.query(`drop database if exists ${server.escapeIdentifier(datname)}`).catch(() => {});
  }
}

async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  const server = new pg.Client({ connectionString: serverUrl, application_name: 'balcao-test' });
  await server.connect();
  try {
    await server.query(`drop database if exists ${name} with (force)`);
  } finally {
    await server.end();
  }
}
