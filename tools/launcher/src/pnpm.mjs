// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { LauncherError } from './errors.mjs';
import { runToEnd } from './processes/run.mjs';
import { step } from './progress.mjs';

export const PNPM_VERSION = '12.21.0';

/** What npm and pnpm say where they do not reach the registry, and what to do about it. */
export const OUT_OF_REACH = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|META_FETCH_FAIL/i;
export const NETWORK_ADVICE =
  'The first start needs the network once. Check the connection (and npm’s proxy and registry settings), then try again.';

/**
 * An environment in whose PATH the right pnpm comes first. Uses the one on PATH when its version fits, else the one
 * that an earlier start brought, else brings it with npm.
 * @param {import('./paths.mjs').Places} places
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function bringPnpm(places, environment) {
  if (versionWith(environment) === PNPM_VERSION) return environment;
  const prefix = join(places.tools, `pnpm-${PNPM_VERSION}`);
  const folder = join(prefix, 'node_modules', '.bin');
  const brought = withOnPath(environment, folder);
  if (existsSync(folder) && versionWith(brought) === PNPM_VERSION) return brought;
  await step(`Bringing pnpm ${PNPM_VERSION}`, async () => {
    mkdirSync(prefix, { recursive: true });
    const args = ['install', '--prefix', prefix, '--no-save', '--no-audit', '--no-fund', `pnpm@${PNPM_VERSION}`];
    const result = await runToEnd('npm', args, {
      cwd: prefix,
      env: { ...environment, npm_config_fetch_retries: '1', npm_config_fetch_timeout: '60000' },
      logFile: join(places.logs, 'pnpm.log'),
    });
    if (result.code !== 0) throw cannotBring(result.output);
  });
  if (versionWith(brought) !== PNPM_VERSION) throw cannotBring('');
  return brought;
}

/** @param {string} output */
function cannotBring(output) {
  const offline = OUT_OF_REACH.test(output) || /network/i.test(output);
  return new LauncherError(
    offline ? 'pnpm could not be fetched: the package registry is out of reach.' : 'pnpm could not be fetched.',
    [NETWORK_ADVICE, `Or install it yourself: npm install --global pnpm@${PNPM_VERSION}`],
    { output },
  );
}

/** @param {NodeJS.ProcessEnv} environment @returns {string} empty when there is none */
function versionWith(environment) {
  const result = spawnSync('pnpm', ['--version'], {
    env: environment,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    timeout: 20_000,
  });
  return result.status === 0 ? result.stdout.trim() : '';
}

/** @param {NodeJS.ProcessEnv} environment @param {string} folder @returns {NodeJS.ProcessEnv} */
function withOnPath(environment, folder) {
  const name = Object.keys(environment).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...environment, [name]: [folder, dirname(process.execPath), environment[name] ?? ''].join(delimiter) };
}
