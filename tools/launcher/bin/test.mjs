#!/usr/bin/env node
// @ts-check
// npm test [-- names… [-- arguments for the runner…]]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeError, LauncherError } from '../src/errors.mjs';
import { demandNodeVersion } from '../src/node-version.mjs';
import { placesIn } from '../src/paths.mjs';
import { bringPnpm } from '../src/pnpm.mjs';
import { build, install } from '../src/prepare.mjs';
import { endTied } from '../src/processes/tied.mjs';
import { equip } from '../src/testing/machine.mjs';
import { sum } from '../src/testing/results.mjs';
import { runSuites, withTestDatabase } from '../src/testing/run-suites.mjs';
import { chooseSuites, SUITES } from '../src/testing/suites.mjs';

let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true;
    endTied();
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`\n${describeError(error)}\n`);
  process.exitCode = 1;
}

/**
 * @param {string[]} argv
 * @returns {Promise<number>} the exit code
 */
async function main(argv) {
  demandNodeVersion();
  const end = argv.indexOf('--');
  const names = end < 0 ? argv : argv.slice(0, end);
  const { chosen, unknown } = chooseSuites(names);
  if (unknown.length > 0) {
    throw new LauncherError(`There is no suite “${unknown.join('”, “')}”.`, [
      `Known ones: ${SUITES.map(({ name }) => name).join(', ')}`,
    ]);
  }
  const places = placesIn();
  const prepared = await bringPnpm(places, process.env);
  await install(places, prepared);
  const wanted = new Set(chosen.flatMap(({ needs = [], uses = [] }) => [...needs, ...uses]));
  const { env, missing } = await equip(places, wanted, prepared);
  const runnable = chosen.filter(({ needs = [] }) => needs.every((need) => !missing.has(need)));
  if (runnable.some((suite) => suite.build)) await build(places, env);

  const work = await mkdtemp(join(tmpdir(), 'balcao-results-'));
  try {
    const extraArgs = end < 0 ? [] : argv.slice(end + 1);
    const run = (/** @type {NodeJS.ProcessEnv} */ given) =>
      runSuites(places, runnable, { env: given, extraArgs, work });
    const done = await (runnable.some((suite) => suite.database) ? withTestDatabase(env, run) : run(env));
    const total = sum(done.map(({ outcome }) => outcome));
    process.stdout.write('\n');
    for (const { suite, outcome } of done) {
      if (outcome.problem !== undefined) process.stdout.write(`${suite.name}: ${outcome.problem}\n`);
      if (outcome.skipped > 0)
        process.stdout.write(`${suite.name} skipped ${outcome.skipped} of its tests; it says which and why.\n`);
    }
    for (const [need, why] of missing) {
      const without = chosen.filter((suite) => suite.needs?.includes(need)).map(({ name }) => name);
      process.stdout.write(`${need}: ${why}. Skipped: ${without.join(', ') || `what needs ${need}`}\n`);
    }
    const skippedSuites = chosen.length - runnable.length;
    process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped + skippedSuites} skipped\n`);
    return total.failed === 0 && total.passed > 0 && !interrupted ? 0 : 1;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
