// @ts-check
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../paths.mjs';
import { busyness } from './busyness.mjs';

/** @typedef {'chromium'} Need */

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {(results: string, workers: number) => string[]} command writes its results to the file `results`, in Jest's
 *   JSON shape; `workers`: how many of its own processes may work at once
 * @property {number} limitMinutes it is ended, and counts as failed, when it takes longer; several times what it takes on
 *   two quiet cores, and on a busy machine it has longer
 * @property {string} [folder] where it runs (default: the root)
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [database] whether it needs TEST_DATABASE_URL
 * @property {boolean} [build] whether it needs the built programs
 * @property {boolean} [onlyByName] whether it runs only when it is named
 * @property {Need[]} [needs] what the machine must have; without it the suite is skipped
 */

/** @param {string} project */
const jest = (project) => (/** @type {string} */ results, /** @type {number} */ workers) => [
  'jest',
  '--selectProjects',
  project,
  '--json',
  `--outputFile=${results}`,
  `--maxWorkers=${workers}`,
  `--testTimeout=${Math.round(120_000 * busyness())}`,
];

/** @param {string} results @param {number} workers */
const vitest = (results, workers) => [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  `--maxWorkers=${workers}`,
  `--testTimeout=${Math.round(30_000 * busyness())}`,
];

/** Named one by one: given a folder, Node 20 would run the programs that the tests start as tests too. */
function toolSpecs() {
  return ['tools/launcher/test', 'tools/bench/test', 'tools/mutants/test'].flatMap((folder) => {
    const names = readdirSync(join(repositoryRoot, folder)).filter((name) => name.endsWith('.spec.mjs'));
    return names.sort().map((name) => `${folder}/${name}`);
  });
}

/** What `npm test` runs: the ones that take longest first, so that those beside each other end at about the same time. @type {readonly Suite[]} */
export const SUITES = [
  { name: 'e2e', command: jest('e2e'), limitMinutes: 20, database: true, build: true },
  { name: 'spa-console', command: vitest, limitMinutes: 20, folder: 'apps/console' },
  {
    name: 'browser',
    command: (results) => [
      'env',
      `RESULTS=${results}`,
      'playwright',
      'test',
      '--reporter=list,./support/counts-reporter.ts',
    ],
    limitMinutes: 20,
    folder: 'tools/browser-tests',
    database: true,
    build: true,
    needs: ['chromium'],
  },
  { name: 'integration', command: jest('integration'), limitMinutes: 15, database: true },
  { name: 'isolation', command: jest('isolation'), limitMinutes: 15, database: true, build: true },
  // Breaks its own PostgreSQL, one test file after the other.
  { name: 'faults', command: (results) => jest('faults')(results, 1), limitMinutes: 15, build: true },
  {
    name: 'check',
    command: (results, workers) => [
      'node',
      'tools/launcher/bin/check.mjs',
      '--output',
      results,
      '--at-once',
      String(workers),
    ],
    limitMinutes: 15,
    build: true,
  },
  {
    name: 'launcher',
    command: (results) => [
      'node',
      '--test',
      '--test-concurrency=1',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=./tools/launcher/src/testing/json-reporter.mjs',
      `--test-reporter-destination=${results}`,
      ...toolSpecs(),
    ],
    limitMinutes: 10,
    build: true,
  },
  { name: 'spa-portal', command: vitest, limitMinutes: 10, folder: 'apps/portal' },
  { name: 'unit', command: jest('unit'), limitMinutes: 10 },
  { name: 'spa-ui', command: vitest, limitMinutes: 10, folder: 'libs/ui' },
  // Sweeps of which the unit suite runs a sample.
  {
    name: 'exhaustive',
    command: (results, workers) => [...jest('unit')(results, workers), '--testPathPatterns=brand-tokens|custom-css'],
    env: { EXHAUSTIVE: '1' },
    limitMinutes: 30,
    onlyByName: true,
  },
];

/**
 * The suites that the given names mean: a name, or the beginning of one up to a hyphen (`spa`); none means all but those that
 * run only by name.
 * @param {string[]} names
 * @param {readonly Suite[]} [suites]
 * @returns {{ chosen: Suite[], unknown: string[] }}
 */
export function chooseSuites(names, suites = SUITES) {
  const means = (/** @type {Suite} */ suite, /** @type {string} */ name) =>
    suite.name === name || suite.name.startsWith(`${name}-`);
  return {
    chosen: suites.filter((suite) =>
      names.length === 0 ? !suite.onlyByName : names.some((name) => means(suite, name)),
    ),
    unknown: names.filter((name) => !suites.some((suite) => means(suite, name))),
  };
}
