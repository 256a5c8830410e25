// @ts-check
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runToEnd } from '../processes/run.mjs';
import { step } from '../progress.mjs';

/**
 * What each need may be met by, the best first: `programs` are looked for in PATH, `packages` bring the first of them on
 * Debian and its kin; `variable` names the program found to the suite, or, when it is set, the only one to use.
 * @type {Record<import('./suites.mjs').Need, { variable: string, ways: { programs: string[], packages?: string[] }[] }>}
 */
const NEEDS = {
  chromium: {
    variable: 'CHROMIUM_PATH',
    ways: [
      // Without a window's own tab strip, which the whole browser draws in processes of its own: a third less to compute.
      { programs: ['chromium-headless-shell'], packages: ['chromium-headless-shell', 'fonts-liberation'] },
      { programs: ['chromium', 'chromium-browser'], packages: ['chromium', 'fonts-liberation'] },
      { programs: ['google-chrome', 'google-chrome-stable'] },
    ],
  },
};

/**
 * Finds what the tests want of the machine, installing the best of it where that is possible (Debian and its kin, as root).
 * @param {import('../paths.mjs').Places} places
 * @param {ReadonlySet<import('./suites.mjs').Need>} wanted
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ env: NodeJS.ProcessEnv, missing: Map<import('./suites.mjs').Need, string> }>}
 *   `env` names the programs found; `missing` says why the others are not there
 */
export async function equip(places, wanted, env) {
  const equipped = { ...env };
  const missing = new Map();
  for (const need of wanted) {
    const { program, reason } = await meet(places, NEEDS[need], env);
    if (program === undefined) missing.set(need, reason);
    else equipped[NEEDS[need].variable] = program;
  }
  return { env: equipped, missing };
}

/**
 * @param {import('../paths.mjs').Places} places
 * @param {(typeof NEEDS)[import('./suites.mjs').Need]} need
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ program?: string, reason: string }>}
 */
async function meet(places, { variable, ways }, env) {
  const named = env[variable];
  if (named !== undefined)
    return { program: existsSync(named) ? named : undefined, reason: `${variable} names no file` };
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  let reason = 'it is not installed, and this is not a Debian machine on which the tests may install it';
  for (const { programs, packages } of ways) {
    const there = locate(programs, env);
    if (there !== undefined) return { program: there, reason };
    if (!mayInstall || packages === undefined) continue;
    const installed = await step(`Installing ${packages.join(', ')} for the tests`, () =>
      aptInstall(places, packages, env),
    );
    if (installed) return { program: locate(programs, env), reason };
    reason = `apt-get could not install it; see ${join(places.logs, 'apt.log')}`;
  }
  return { reason };
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

/** @param {string[]} programs @param {NodeJS.ProcessEnv} env */
function locate(programs, env) {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return programs.flatMap((program) => folders.map((folder) => join(folder, program))).find((path) => existsSync(path));
}
