// @ts-check
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, statfs, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { LauncherError } from '../errors.mjs';
import { MAJOR_VERSION } from './binaries.mjs';
import { explainFailure, otherVersionAdvice } from './explain.mjs';

/** A new data folder takes about 40 MB, and its first write-ahead log files 32 MB more. */
const NEEDED_BYTES = 150 * 1024 * 1024;

/**
 * Makes sure that `dataDir` is a complete database cluster of our version. A new one is written beside it and
 * renamed when it is complete, so that an interruption never leaves half of one.
 * @param {{ dataDir: string, binaries: import('./binaries.mjs').Binaries,
 *           runAs: import('./run-as.mjs').RunAs | undefined, password: string }} options
 * @returns {Promise<{ created: boolean }>}
 */
export async function ensureCluster(options) {
  const { dataDir } = options;
  await removeInterrupted(dataDir);
  const names = existsSync(dataDir) ? await readdir(dataDir) : [];
  if (names.includes('PG_VERSION') && names.includes('global')) {
    const version = (await readFile(join(dataDir, 'PG_VERSION'), 'utf8')).trim();
    if (version === MAJOR_VERSION) return { created: false };
    throw new LauncherError(
      `The database in ${dataDir} was written by PostgreSQL ${version}; Balcão brings version ${MAJOR_VERSION}.`,
      otherVersionAdvice(dataDir),
    );
  }
  if (names.length > 0) {
    throw new LauncherError(
      `The folder ${dataDir} is not a complete PostgreSQL database: PG_VERSION or global is missing.`,
      [`If nothing in it matters, move it away (mv "${dataDir}" "${dataDir}.old") and start again.`],
    );
  }
  await createCluster(options);
  return { created: true };
}

/** @param {Parameters<typeof ensureCluster>[0]} options */
async function createCluster({ dataDir, binaries, runAs, password }) {
  const parent = dirname(dataDir);
  await mkdir(parent, { recursive: true });
  await demandSpace(parent);
  const work = await mkdtemp(join(parent, `${basename(dataDir)}.new-`));
  try {
    const target = join(work, 'data');
    const passwordFile = join(work, 'password');
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (runAs !== undefined) {
      await chown(work, runAs.uid, runAs.gid);
      await chown(passwordFile, runAs.uid, runAs.gid);
    }
    const { code, output } = await run(
      binaries.initdb,
      [
        `--pgdata=${target}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      runAs,
    );
    if (code !== 0) throw explainFailure('The database could not be created', output, { dataDir });
    await rmdir(dataDir).catch(() => undefined);
    await rename(target, dataDir);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Removes what an interrupted creation left behind. @param {string} dataDir */
async function removeInterrupted(dataDir) {
  const parent = dirname(dataDir);
  const names = await readdir(parent).catch(() => []);
  const leftovers = names.filter((name) => name.startsWith(`${basename(dataDir)}.new-`));
  await Promise.all(leftovers.map((name) => rm(join(parent, name), { recursive: true, force: true })));
}

/** @param {string} folder */
async function demandSpace(folder) {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= NEEDED_BYTES) return;
  const free = Math.floor((bavail * bsize) / 1024 / 1024);
  throw new LauncherError(`There is too little room on the disk that holds ${folder}: ${free} MB are free.`, [
    `A new database needs ${NEEDED_BYTES / 1024 / 1024} MB. Make room (df -h shows what is full), then start again.`,
  ]);
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {import('./run-as.mjs').RunAs | undefined} runAs
 */
async function run(program, args, runAs) {
  const options = { cwd: dirname(program), env: { ...process.env, LC_ALL: 'C' }, uid: runAs?.uid, gid: runAs?.gid };
  /** @type {{ code?: unknown, stdout: string, stderr: string, message?: string }} */
  const {
    code = 0,
    stdout,
    stderr,
    message = '',
  } = await promisify(execFile)(program, args, options).catch((error) => error);
  return { code, output: `${stdout}${stderr}` || message };
}
