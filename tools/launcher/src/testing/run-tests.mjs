// @ts-check
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeError, LauncherError } from '../errors.mjs';
import { demandNodeVersion } from '../node-version.mjs';
import { bringPnpm } from '../pnpm.mjs';
import { build, install } from '../prepare.mjs';
import { endTied, killTied } from '../processes/tied.mjs';
import { whenNpmIsGone } from '../run-until-stopped.mjs';
import { equip } from './machine.mjs';
import { sum } from './results.mjs';
import { runSuites, withTestDatabase } from './run-suites.mjs';
import { chooseSuites, SUITES } from './suites.mjs';

/** What the tests of this program replace: nothing is installed or built for them. */
const STEPS = { bringPnpm, install, equip, build, withTestDatabase };

/**
 * `npm test`: prepares the machine, runs the suites that are named and says how they went. However it ends, the last
 * line is `N passed, N failed, N skipped`, and nothing that was started still runs.
 * @param {import('../paths.mjs').Places} places
 * @param {string[]} argv names of suites, and after `--` arguments for their runners
 * @param {{ suites?: readonly import('./suites.mjs').Suite[], steps?: Partial<typeof STEPS>,
 *           patience?: import('./run-suites.mjs').Patience }} [options]
 * @returns {Promise<number>} the exit code
 */
export async function runTests(places, argv, { suites = SUITES, steps = {}, patience } = {}) {
  const interruption = new AbortController();
  const interrupt = () => {
    if (interruption.signal.aborted) return killTied();
    interruption.abort();
    void endTied(patience?.grace);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);
  whenNpmIsGone(interrupt);

  const end = argv.indexOf('--');
  const { chosen, unknown } = chooseSuites(end < 0 ? argv : argv.slice(0, end), suites);
  const extraArgs = end < 0 ? [] : argv.slice(end + 1);
  /** @type {import('./run-suites.mjs').Done[]} */
  const done = [];
  let broken = 0;
  try {
    if (unknown.length > 0) {
      throw new LauncherError(`There is no suite “${unknown.join('”, “')}”.`, [
        `Known ones: ${suites.map(({ name }) => name).join(', ')}`,
      ]);
    }
    const options = { extraArgs, interrupted: interruption.signal, done, patience };
    await prepareAndRun(places, chosen, { ...STEPS, ...steps }, options);
  } catch (error) {
    broken = 1;
    await endTied(patience?.grace);
    process.stderr.write(`\n${interruption.signal.aborted ? 'Interrupted.' : describeError(error)}\n`);
  }
  const total = sum(done.map(({ outcome }) => outcome));
  const failed = total.failed + broken;
  const skipped = total.skipped + chosen.length - done.length;
  process.stdout.write(`${total.passed} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed === 0 && total.passed > 0 && !interruption.signal.aborted ? 0 : 1;
}

/**
 * @param {import('../paths.mjs').Places} places
 * @param {import('./suites.mjs').Suite[]} chosen
 * @param {typeof STEPS} steps
 * @param {{ extraArgs: string[], interrupted: AbortSignal, done: import('./run-suites.mjs').Done[],
 *           patience?: import('./run-suites.mjs').Patience }} options
 */
async function prepareAndRun(places, chosen, steps, options) {
  const { done, interrupted } = options;
  demandNodeVersion();
  const prepared = await steps.bringPnpm(places, process.env);
  await steps.install(places, prepared);
  const wanted = new Set(chosen.flatMap(({ needs = [] }) => needs));
  const { env, missing } = await steps.equip(places, wanted, prepared);
  const runnable = chosen.filter(({ needs = [] }) => needs.every((need) => !missing.has(need)));
  if (runnable.some((suite) => suite.build)) await steps.build(places, env);
  interrupted.throwIfAborted();

  const work = await mkdtemp(join(tmpdir(), 'balcao-results-'));
  const run = (/** @type {NodeJS.ProcessEnv} */ given) => runSuites(places, runnable, { ...options, env: given, work });
  try {
    await (runnable.some((suite) => suite.database) ? steps.withTestDatabase(env, run) : run(env));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  process.stdout.write('\n');
  for (const { suite, outcome } of done) {
    if (outcome.problem !== undefined) process.stdout.write(`${suite.name}: ${outcome.problem}\n`);
    if (outcome.skipped > 0)
      process.stdout.write(`${suite.name} skipped ${outcome.skipped} of its tests; it says which and why.\n`);
  }
  for (const [need, why] of missing) {
    const without = chosen.filter((suite) => suite.needs?.includes(need)).map(({ name }) => name);
    process.stdout.write(`${need}: ${why}. Skipped: ${without.join(', ')}\n`);
  }
}
