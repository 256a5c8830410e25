// @ts-check
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { THROW_AWAY } from '../postgres.mjs';
import { firstFreePort } from '../ports.mjs';
import { startThrowAwayPostgres } from '../postgres/throw-away.mjs';
import { runQuietly } from '../processes/run.mjs';
import { tieToLauncher } from '../processes/tied.mjs';
import { step } from '../progress.mjs';
import { outcomeOf } from './results.mjs';

/**
 * Runs suites one after the other.
 *
 * @param {import('../paths.mjs').Places} places
 * @param {import('./suites.mjs').Suite[]} suites
 * @param {{ env: NodeJS.ProcessEnv, extraArgs: string[], work: string }} options `work`: a folder for the results;
 *   `extraArgs` go to each suite's runner
 * @returns {Promise<Array<{ suite: import('./suites.mjs').Suite, outcome: import('./results.mjs').Outcome }>>}
 */
export async function runSuites(places, suites, { env, extraArgs, work }) {
  const done = [];
  for (const suite of suites) {
    const results = join(work, `${suite.name}.json`);
    const [program = '', ...args] = [...suite.command(results), ...extraArgs];
    const call =
      program === 'node' ? { program: process.execPath, args } : { program: 'pnpm', args: ['exec', program, ...args] };
    const options = { cwd: join(places.root, suite.folder ?? '.'), env: { ...env, ...suite.env, NODE_ENV: 'test' } };
    const run = suites.length === 1 ? runVisibly : runAsStep;
    const code = await run(suite.name, call, options, join(places.logs, `test-${suite.name}.log`), results);
    done.push({ suite, outcome: outcomeOf(results, code) });
  }
  return done;
}

/** @typedef {{ program: string, args: string[] }} Call */

/**
 * A suite alone: everything that it prints is shown at once.
 *
 * @param {string} _name
 * @param {Call} call
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number | null>}
 */
function runVisibly(_name, call, options) {
  return new Promise((resolve, reject) => {
    const child = tieToLauncher(
      spawn(call.program, call.args, { ...options, stdio: 'inherit', shell: process.platform === 'win32' }),
    );
    child.once('error', reject);
    child.once('exit', resolve);
  });
}

/**
 * One of several suites: a line for each, and the whole output of one that fails.
 *
 * @param {string} name
 * @param {Call} call
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @param {string} logFile
 * @param {string} results
 * @returns {Promise<number | null>}
 */
async function runAsStep(name, call, options, logFile, results) {
  const { code, output } = await step(`Testing: ${name}`, () =>
    runQuietly(call.program, call.args, { ...options, logFile }),
  );
  const { passed, failed, skipped, problem } = outcomeOf(results, code);
  if (failed > 0) process.stdout.write(`${output}\n`);
  process.stdout.write(
    `  ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped${problem ? ` (${problem})` : ''}\n`,
  );
  return code;
}

/**
 * Gives `work` the address of a PostgreSQL server of the tests' own, unless the environment names one, and removes
 * that server and its data afterwards.
 *
 * @template T
 * @param {NodeJS.ProcessEnv} env
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withTestDatabase(env, work) {
  if (env['TEST_DATABASE_URL']) return work(env);
  const server = await step('Starting PostgreSQL for the tests', async () =>
    startThrowAwayPostgres({
      name: 'test',
      port: await firstFreePort(15_433),
      settings: { ...THROW_AWAY, max_connections: 300 },
    }),
  );
  // The launcher's own exit must never leave a server without its data behind.
  const kill = () => process.kill(server.pid, 'SIGQUIT');
  process.once('exit', kill);
  try {
    return await work({ ...env, TEST_DATABASE_URL: server.url() });
  } finally {
    process.removeListener('exit', kill);
    await server.discard();
  }
}
