// @ts-check
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { THROW_AWAY } from '../postgres.mjs';
import { firstFreePort } from '../ports.mjs';
import { startThrowAwayPostgres } from '../postgres/throw-away.mjs';
import { runToEnd } from '../processes/run.mjs';
import { familyOf } from '../processes/tied.mjs';
import { step } from '../progress.mjs';
import { busyness } from './busyness.mjs';
import { outcomeOf } from './results.mjs';

/** One more than the usual two cores: browsers and broken databases keep their tests waiting. */
const MOST_LANES = 3;
const TICK_MS = 200;
/**
 * What may be waited for, in milliseconds: for a suite to end once its results are there, for its programs to end after
 * it, and once they are told to.
 */
const PATIENCE = { exit: 60_000, linger: 15_000, grace: 10_000, busyness };

/** @typedef {typeof PATIENCE} Patience */
/** @typedef {{ suite: import('./suites.mjs').Suite, outcome: import('./results.mjs').Outcome }} Done */

/**
 * Runs suites, some at a time where there are several cores. Each ends within its limit, and with all that it started.
 * @param {import('../paths.mjs').Places} places
 * @param {readonly import('./suites.mjs').Suite[]} suites the ones that take longest should come first
 * @param {{ env: NodeJS.ProcessEnv, extraArgs: string[], work: string, interrupted: AbortSignal, done: Done[],
 *           lanes?: number, patience?: typeof PATIENCE }} options
 *   `work`: a folder for the results; `extraArgs` go to each suite's runner; `done` is added to as suites end
 */
export async function runSuites(places, suites, options) {
  const { done, interrupted, lanes = availableParallelism() > 1 ? MOST_LANES : 1, patience = PATIENCE } = options;
  const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);
  const workers = Math.max(1, Math.floor(availableParallelism() / lanes));
  const alone = suites.length === 1;
  const waiting = [...suites];
  const lane = async () => {
    for (let suite = waiting.shift(); suite !== undefined && !interrupted.aborted; suite = waiting.shift()) {
      if (!alone) say(`· ${suite.name} …`);
      const began = Date.now();
      const { outcome, output } = await runSuite(places, suite, { ...options, patience, workers, visibly: alone });
      done.push({ suite, outcome });
      if (alone) continue;
      const { passed, failed, skipped, problem } = outcome;
      if (failed > 0) say(output);
      const seconds = Math.round((Date.now() - began) / 1000);
      const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
      say(`${failed > 0 ? '✗' : '✓'} ${suite.name}: ${counts} (${seconds} s)${problem ? `: ${problem}` : ''}`);
    }
  };
  await Promise.all(Array.from({ length: alone ? 1 : lanes }, lane));
}

/**
 * @param {import('../paths.mjs').Places} places
 * @param {import('./suites.mjs').Suite} suite
 * @param {{ env: NodeJS.ProcessEnv, extraArgs: string[], work: string, interrupted: AbortSignal, workers: number,
 *           patience: typeof PATIENCE, visibly: boolean }} options `visibly`: what it prints is shown at once
 * @returns {Promise<{ outcome: import('./results.mjs').Outcome, output: string }>}
 */
async function runSuite(places, suite, { env, extraArgs, work, interrupted, workers, patience, visibly }) {
  const results = join(work, `${suite.name}.json`);
  const [name = '', ...rest] = [...suite.command(results, workers), ...extraArgs];
  const [program, args] = name === 'node' ? [process.execPath, rest] : ['pnpm', ['exec', name, ...rest]];
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let runner;
  /** @type {ReturnType<typeof familyOf> | undefined} */
  let family;
  const run = runToEnd(program, args, {
    cwd: join(places.root, suite.folder ?? '.'),
    env: { ...env, ...suite.env, NODE_ENV: 'test' },
    logFile: visibly ? undefined : join(places.logs, `test-${suite.name}.log`),
    onStart: (child) => {
      runner = child;
      family = familyOf(child);
    },
  });
  let left = suite.limitMinutes * 60_000;
  let leftToExit = patience.exit;
  const limit = setInterval(() => {
    const tick = TICK_MS / patience.busyness();
    left -= tick;
    if (runner?.exitCode === null && hasContent(results)) leftToExit -= tick;
    if (left > 0 && leftToExit > 0) return;
    clearInterval(limit);
    void family?.end(patience.grace);
  }, TICK_MS);
  const { code, output } = await run;
  clearInterval(limit);
  const outcome = outcomeOf(results, code);
  for (let waited = 0; waited < patience.linger && family?.members().length; waited += 100) await sleep(100);
  const remaining = family?.members() ?? [];
  await family?.end(patience.grace);
  const ending =
    leftToExit <= 0
      ? 'it did not exit when its tests were done, and was ended'
      : left <= 0
        ? `it did not end within ${suite.limitMinutes} minutes and was ended`
        : interrupted.aborted
          ? 'it was interrupted'
          : undefined;
  if (ending !== undefined) outcome.failed = Math.max(1, outcome.failed);
  const leftovers =
    remaining.length > 0 ? `it left processes running, which were ended: ${remaining.join(', ')}` : undefined;
  const problem = [ending ?? outcome.problem, leftovers].filter(Boolean).join('; ');
  return { outcome: problem === '' ? outcome : { ...outcome, problem }, output };
}

/** @param {string} file */
const hasContent = (file) => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;

/**
 * Gives `work` the address of a PostgreSQL server of the tests' own, unless the environment names one, and removes
 * that server and its data afterwards.
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
