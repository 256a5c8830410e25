// @ts-check
import { spawn } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LauncherError } from './errors.mjs';
import { findBinaries, reachableBinaries } from './postgres/binaries.mjs';
import { ensureCluster } from './postgres/cluster.mjs';
import { explainFailure } from './postgres/explain.mjs';
import { findRunningServer, readPostmasterFile, stopServer } from './postgres/postmaster.mjs';
import { reachableDataDir, userForPostgres } from './postgres/run-as.mjs';
import { demandFreePorts, firstFreePort } from './ports.mjs';
import { sizeOfLog } from './processes/log-file.mjs';

/** Crash recovery of a large database may take a while; an ordinary start takes well under a second. */
const START_TIMEOUT_MS = 120_000;

/**
 * Settings for throw-away databases: a crash of the machine may destroy them, in exchange for speed. Nothing is written down to
 * be copied elsewhere, and none of their short lives is spent on tidying up.
 */
export const THROW_AWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_wal_size: '4GB',
  checkpoint_timeout: '1h',
  autovacuum: 'off',
};

/**
 * @typedef {object} PostgresOptions
 * @property {string} dataDir absolute path; made when missing, kept when there
 * @property {number} [port] on 127.0.0.1; 0 or missing: any free one
 * @property {string} [password] of the superuser `postgres`, used when the data folder is made
 * @property {Record<string, string | number>} [settings] server settings (`-c name=value`)
 * @property {string} [logFile] where the server's own log goes (default `postgres.log` beside the data folder)
 */

/**
 * @typedef {object} RunningPostgres
 * @property {number} port
 * @property {number} pid
 * @property {string} dataDir where the data really is (as root it may have to be elsewhere)
 * @property {boolean} created whether the data folder was made just now
 * @property {(database?: string) => string} url the superuser's connection string
 * @property {(database: string) => Promise<boolean>} ensureDatabase creates it unless it exists; true when created
 * @property {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} exited
 * @property {() => string} lastLines the end of the server's log
 * @property {() => Promise<void>} stop fast shutdown: open transactions roll back, nothing is lost
 */

/**
 * Starts the embedded PostgreSQL on 127.0.0.1 and waits until it answers. Makes the data folder when there is
 * none, runs as an unprivileged user when the caller is root, and ends a server that a killed launcher left on
 * the same folder. Errors are {@link LauncherError}s that say what to do.
 * @param {PostgresOptions} options
 * @returns {Promise<RunningPostgres>}
 */
export async function startPostgres(options) {
  const { password = 'postgres', settings = {} } = options;
  const { runAs, dataDir } = placeData(options.dataDir);
  const binaries = await reachableBinaries(await findBinaries(), runAs, dirname(dataDir));
  await stopLeftoverServer(options.dataDir);
  const { created } = await ensureCluster({ dataDir, binaries, runAs, password });

  // Chosen, and looked at again, only now: somebody may have taken one while the rest was made ready.
  const port = options.port || (await firstFreePort(5433));
  await demandFreePorts([{ port, host: '127.0.0.1', variable: 'POSTGRES_PORT', purpose: 'PostgreSQL' }]);
  const logFile = options.logFile ?? join(dirname(options.dataDir), 'postgres.log');
  mkdirSync(dirname(logFile), { recursive: true });
  const before = sizeOfLog(logFile);
  const log = openSync(logFile, 'a');
  const args = ['-D', dataDir];
  const all = { listen_addresses: '127.0.0.1', port, unix_socket_directories: '', ...settings };
  for (const [name, value] of Object.entries(all)) args.push('-c', `${name}=${value}`);
  const child = spawn(binaries.postgres, args, {
    cwd: dataDir,
    // Its own process group: Ctrl-C in the terminal reaches the launcher alone, which stops things in order.
    detached: process.platform !== 'win32',
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', log, log],
    uid: runAs?.uid,
    gid: runAs?.gid,
  });
  closeSync(log);
  /** @type {RunningPostgres['exited']} */
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
  const lastLines = () => readFileSync(logFile).subarray(before).toString('utf8').split('\n').slice(-20).join('\n');
  const pid = child.pid;
  if (pid === undefined) {
    throw new LauncherError(`The program ${binaries.postgres} cannot be run.`, [
      'Delete node_modules and start again.',
    ]);
  }
  await waitUntilReady({ dataDir, port, pid, exited, lastLines });

  /** @type {RunningPostgres['url']} */
  const url = (database = 'postgres') =>
    `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  return {
    port,
    pid,
    dataDir,
    created,
    url,
    ensureDatabase: (database) => ensureDatabase(url(), database),
    exited,
    lastLines,
    stop: async () => {
      await stopServer(pid);
      await exited;
    },
  };
}

/**
 * Ends the server that a killed launcher left running on this data folder, if any.
 * @param {string} wantedDataDir as given to {@link startPostgres}
 */
export async function stopLeftoverServer(wantedDataDir) {
  const leftover = await findRunningServer(placeData(wantedDataDir).dataDir);
  if (leftover !== undefined) await stopServer(leftover.pid);
}

/**
 * Removes a data folder whose server has ended, wherever it really is, with what was made beside it.
 * @param {string} wantedDataDir as given to {@link startPostgres}
 */
export async function removeData(wantedDataDir) {
  const { dataDir } = placeData(wantedDataDir);
  await rm(dataDir === wantedDataDir ? dataDir : dirname(dataDir), { recursive: true, force: true });
}

/** Whose the data is and where it is kept. @param {string} wantedDataDir */
function placeData(wantedDataDir) {
  mkdirSync(dirname(wantedDataDir), { recursive: true });
  const wanted = userForPostgres(wantedDataDir);
  const dataDir = reachableDataDir(wanted, wantedDataDir);
  if (dataDir === wantedDataDir) return { dataDir, runAs: wanted };
  mkdirSync(dirname(dataDir), { recursive: true });
  // A careful umask would close it to the very user it is made for.
  chmodSync(dirname(dataDir), 0o755);
  return { dataDir, runAs: userForPostgres(dataDir) };
}

/**
 * @param {{ dataDir: string, port: number, pid: number, exited: RunningPostgres['exited'], lastLines: () => string }} server
 */
async function waitUntilReady({ dataDir, port, pid, exited, lastLines }) {
  let gone = false;
  void exited.then(() => (gone = true));
  for (let waited = 0; waited < START_TIMEOUT_MS; waited += 20) {
    if (gone) throw explainFailure('PostgreSQL did not start', lastLines(), { dataDir, port });
    const file = await readPostmasterFile(dataDir);
    if (file?.pid === pid && file.ready) return;
    await sleep(20);
  }
  await stopServer(pid);
  throw explainFailure('PostgreSQL took too long to start', lastLines(), { dataDir, port });
}

/** @param {string} url @param {string} database */
async function ensureDatabase(url, database) {
  try {
    return await withClient(url, async (client) => {
      const found = await client.query('select 1 from pg_database where datname = $1', [database]);
      if (found.rowCount !== 0) return false;
      await client.query(`create database ${client.escapeIdentifier(database)} encoding 'UTF8'`);
      return true;
    });
  } catch (error) {
    if (error instanceof Error && /password authentication failed/.test(error.message)) {
      throw new LauncherError('The database does not accept the password in .balcao/secrets.json.', [
        'The data and that file belong together: bring back the file that the data was made with,',
        'or, if the data does not matter, delete the folder .balcao and start again.',
      ]);
    }
    throw error;
  }
}

/**
 * @template T
 * @param {string} url
 * @param {(client: import('pg').Client) => Promise<T>} work
 */
export async function withClient(url, work) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
