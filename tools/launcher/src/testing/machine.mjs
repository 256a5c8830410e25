// @ts-check
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runToEnd } from '../processes/run.mjs';
import { step } from '../progress.mjs';

/** @type {Record<import('./suites.mjs').Need, { programs: string[], variable: string, packages: string[] }>} */
const NEEDS = {
  chromium: {
    programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    variable: 'CHROMIUM_PATH',
    packages: ['chromium', 'fonts-liberation'],
  },
  redis: { programs: ['redis-server', 'valkey-server'], variable: 'REDIS_SERVER_PATH', packages: ['redis-server'] },
};

/**
 * Finds what the tests want of the machine, installing it where that is possible (Debian and its kin, as root).
 * @param {import('../paths.mjs').Places} places
 * @param {ReadonlySet<import('./suites.mjs').Need>} wanted
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ env: NodeJS.ProcessEnv, missing: Map<import('./suites.mjs').Need, string> }>}
 *   `env` names the programs found; `missing` says why the others are not there
 */
export async function equip(places, wanted, env) {
  const absent = [...wanted].filter((need) => locate(need, env) === undefined);
  const packages = absent.flatMap((need) => NEEDS[need].packages);
  let reason = 'it is not installed, and this is not a Debian machine on which the tests may install it';
  if (packages.length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const installed = await step(`Installing ${packages.join(', ')} for the tests`, () =>
      aptInstall(places, packages, env),
    );
    if (!installed) reason = `apt-get could not install it; see ${join(places.logs, 'apt.log')}`;
  }
  const equipped = { ...env };
  const missing = new Map();
  for (const need of wanted) {
    const program = locate(need, env);
    if (program === undefined) missing.set(need, reason);
    else equipped[NEEDS[need].variable] = program;
  }
  return { env: equipped, missing };
}

/** @param {import('../paths.mjs').Places} places @param {string[]} packages @param {NodeJS.ProcessEnv} env */
async function aptInstall(places, packages, env) {
  const options = {
    cwd: places.root,
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    logFile: join(places.logs, 'apt.log'),
  };
  await runToEnd('apt-get', ['update'], options);
  const { code } = await runToEnd('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options);
  return code === 0;
}

/** @param {import('./suites.mjs').Need} need @param {NodeJS.ProcessEnv} env */
function locate(need, env) {
  const { programs, variable } = NEEDS[need];
  const named = env[variable];
  if (named !== undefined && existsSync(named)) return named;
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return programs.flatMap((program) => folders.map((folder) => join(folder, program))).find((path) => existsSync(path));
}
