// @ts-check
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LauncherError } from '../errors.mjs';

/** @typedef {{ name: string, uid: number, gid: number }} RunAs */

/**
 * PostgreSQL refuses to run as root. For root this is the user it runs as instead: the owner of an existing data
 * folder, else `postgres` or `nobody`. For everybody else it is undefined: PostgreSQL runs as they do.
 * @param {string} dataDir
 * @returns {RunAs | undefined}
 */
export function userForPostgres(dataDir) {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(dataDir, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) {
    return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  }
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name);
    const gid = idOf('-g', name);
    if (uid !== undefined && gid !== undefined) return { name, uid, gid };
  }
  throw new LauncherError('PostgreSQL must not run as root, and this machine has no user “postgres” or “nobody”.', [
    'Start Balcão as an ordinary user, or create one for the database: useradd --system postgres',
  ]);
}

/**
 * Whether that user may pass every folder on the way to `path` and execute (a file) or enter (a folder) it.
 * @param {RunAs} user
 * @param {string} path an existing path
 * @returns {boolean}
 */
export function canReach(user, path) {
  const check = spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { uid: user.uid, gid: user.gid, cwd: '/' });
  return check.status === 0;
}

/**
 * Where the data can be kept so that the user reaches it: `wanted`, or, when a folder above it is closed to that
 * user, a folder of its own below /var/lib named after `wanted`.
 * @param {RunAs | undefined} user
 * @param {string} wanted an absolute path; the folder above it exists
 * @returns {string}
 */
export function reachableDataDir(user, wanted) {
  if (user === undefined || canReach(user, dirname(wanted))) return wanted;
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  return join('/var/lib', `balcao-${name}`, 'postgres');
}

/** @param {'-u' | '-g'} kind @param {string} name */
function idOf(kind, name) {
  const result = spawnSync('id', [kind, name], { encoding: 'utf8' });
  const id = Number.parseInt(result.stdout ?? '', 10);
  return result.status === 0 && id > 0 ? id : undefined;
}
