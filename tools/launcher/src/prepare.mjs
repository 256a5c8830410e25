// @ts-check
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LauncherError } from './errors.mjs';
import { lockHolder, takeLock } from './lock.mjs';
import { bringPnpm, NETWORK_ADVICE, OUT_OF_REACH } from './pnpm.mjs';
import { runToEnd } from './processes/run.mjs';
import { step } from './progress.mjs';
import { installHash, isStamped, sourceHash, stamp } from './stamp.mjs';

/** Lines that are shown of an installation that failed. */
const SHOWN_LINES = 12;
const LOOK_AGAIN_MS = 200;
/** Without network each of a thousand packages waits before it is tried again: with pnpm's own waits, for many minutes. */
const SHORT_WAITS = { pnpm_config_fetch_retry_mintimeout: '1000', pnpm_config_fetch_retry_maxtimeout: '3000' };

/**
 * Makes the repository ready to run: packages installed and everything built, each only when something changed.
 * @param {import('./paths.mjs').Places} places
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<NodeJS.ProcessEnv>} the environment with pnpm on its PATH
 */
export async function prepare(places, environment) {
  const prepared = await bringPnpm(places, environment);
  await install(places, prepared);
  await build(places, prepared);
  return prepared;
}

/** @param {import('./paths.mjs').Places} places @param {NodeJS.ProcessEnv} environment */
export async function install(places, environment) {
  const hash = installHash(places.root);
  if (isStamped(places.installStamp, hash)) return;
  await step('Installing packages', async () => {
    // NODE_ENV=production would leave out what the build needs; CI keeps pnpm from asking questions.
    const env = { ...SHORT_WAITS, ...environment, NODE_ENV: 'development', CI: 'true' };
    const logFile = join(places.logs, 'install.log');
    const { code, output } = await runToEnd('pnpm', ['install', '--frozen-lockfile'], {
      cwd: places.root,
      env,
      logFile,
    });
    if (code !== 0) throw installFailure(output, logFile);
    stamp(places.installStamp, hash);
    rmSync(places.buildStamp, { force: true });
  });
}

/** @param {import('./paths.mjs').Places} places @param {NodeJS.ProcessEnv} environment */
export async function build(places, environment) {
  for (;;) {
    await endOfOthersBuild(places);
    const hash = sourceHash(places.root);
    const complete = Object.values(places.programs).every((program) => existsSync(program));
    if (complete && isStamped(places.buildStamp, hash)) return;
    const lock = takeLock(places.buildLock, 'a build');
    // Another has begun meanwhile.
    if ('holder' in lock) continue;
    try {
      await buildNow(places, environment);
      return stamp(places.buildStamp, hash);
    } finally {
      lock.release();
    }
  }
}

/**
 * Waits while another command of the launcher builds in this folder: meanwhile files that a program loads are gone for moments.
 * @param {import('./paths.mjs').Places} places
 */
export async function endOfOthersBuild({ buildLock }) {
  const holder = lockHolder(buildLock);
  if (holder === undefined) return;
  await step(`Waiting for the build of another command (process ${holder.pid})`, async () => {
    while (lockHolder(buildLock) !== undefined) await pause(LOOK_AGAIN_MS);
  });
}

/** @param {import('./paths.mjs').Places} places @param {NodeJS.ProcessEnv} environment */
function buildNow(places, environment) {
  return step('Building', async () => {
    // Without CI=true Nx may draw on a terminal that it does not have.
    const env = { ...environment, NODE_ENV: 'production', CI: 'true', NX_DAEMON: 'false' };
    const logFile = join(places.logs, 'build.log');
    const args = ['exec', 'nx', 'run-many', '-t', 'build', '--output-style=stream'];
    const { code, output } = await runToEnd('pnpm', args, { cwd: places.root, env, logFile });
    if (code === 0) return;
    throw new LauncherError('The build failed; what it said stands above.', [`It is kept in ${logFile}.`], { output });
  });
}

/** What pnpm says of an installation that failed, what it means, and what to do about it. @type {[RegExp, string, string][]} */
const INSTALL_FAILURES = [
  [
    /ENOSPC|No space left/i,
    'The packages could not be installed: the disk is full.',
    'About 1 GB is needed. Make room, then start again.',
  ],
  [
    /EACCES|EPERM|permission denied/i,
    'The packages could not be installed: this user may not write here.',
    'Perhaps another user installed them before: start as that user, or delete the folder node_modules.',
  ],
  [OUT_OF_REACH, 'The packages could not be installed: the package registry is out of reach.', NETWORK_ADVICE],
  [
    /OUTDATED_LOCKFILE|FROZEN_LOCKFILE/i,
    'A package.json was changed without pnpm-lock.yaml.',
    'Bring them together with: pnpm install',
  ],
];

/**
 * @param {string} all what pnpm said: without network some thousand lines, of which the last ones say why
 * @param {string} logFile
 */
export function installFailure(all, logFile) {
  const output = `${all.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n')}\n\nAll of it is in ${logFile}.`;
  const [, message = 'The packages could not be installed; what pnpm said stands above.', ...advice] =
    INSTALL_FAILURES.find(([pattern]) => pattern.test(all)) ?? [];
  return new LauncherError(message, advice, { output });
}
