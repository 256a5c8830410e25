// @ts-check
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../paths.mjs';

/** @typedef {'chromium' | 'redis'} Need */

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {(results: string) => string[]} command writes its results to the file `results`, in Jest's JSON shape
 * @property {string} [folder] where it runs (default: the root)
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [database] whether it needs TEST_DATABASE_URL
 * @property {boolean} [build] whether it needs the built programs
 * @property {Need[]} [needs] what the machine must have; without it the suite is skipped
 * @property {Need[]} [uses] what it makes use of where the machine has it
 */

const ES_MODULES = { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' };

/** @param {string} project */
const jest = (project) => (/** @type {string} */ results) => [
  'jest',
  '--selectProjects',
  project,
  '--json',
  `--outputFile=${results}`,
];

/** @param {string} results */
const vitest = (results) => ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`];

/** Named one by one: given a folder, Node 20 would run the programs that the tests start as tests too. */
function toolSpecs() {
  return ['tools/launcher/test', 'tools/bench/test'].flatMap((folder) => {
    const names = readdirSync(join(repositoryRoot, folder)).filter((name) => name.endsWith('.spec.mjs'));
    return names.sort().map((name) => `${folder}/${name}`);
  });
}

/** What `npm test` runs, in this order. @type {readonly Suite[]} */
export const SUITES = [
  { name: 'check', command: (results) => ['node', 'tools/launcher/bin/check.mjs', '--output', results], build: true },
  {
    name: 'launcher',
    command: (results) => [
      'node',
      '--test',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=./tools/launcher/src/testing/json-reporter.mjs',
      `--test-reporter-destination=${results}`,
      ...toolSpecs(),
    ],
  },
  { name: 'unit', command: jest('unit'), env: ES_MODULES },
  { name: 'integration', command: jest('integration'), env: ES_MODULES, database: true, uses: ['redis'] },
  { name: 'e2e', command: jest('e2e'), env: ES_MODULES, database: true, build: true, uses: ['redis'] },
  { name: 'isolation', command: jest('isolation'), env: ES_MODULES, database: true, build: true },
  // Breaks its own PostgreSQL, one test file after the other.
  {
    name: 'faults',
    command: (results) => [...jest('faults')(results), '--maxWorkers=1'],
    env: ES_MODULES,
    build: true,
  },
  { name: 'spa-ui', command: vitest, folder: 'libs/ui' },
  { name: 'spa-portal', command: vitest, folder: 'apps/portal' },
  { name: 'spa-console', command: vitest, folder: 'apps/console' },
  {
    name: 'browser',
    command: (results) => [
      'env',
      `RESULTS=${results}`,
      'playwright',
      'test',
      '--reporter=list,./support/counts-reporter.ts',
    ],
    folder: 'tools/browser-tests',
    database: true,
    build: true,
    needs: ['chromium'],
  },
];

/**
 * The suites that the given names mean: a name, or the beginning of one up to a hyphen (`spa`); none means all.
 *
 * @param {string[]} names
 * @returns {{ chosen: Suite[], unknown: string[] }}
 */
export function chooseSuites(names) {
  const means = (/** @type {Suite} */ suite, /** @type {string} */ name) =>
    suite.name === name || suite.name.startsWith(`${name}-`);
  return {
    chosen: SUITES.filter((suite) => names.length === 0 || names.some((name) => means(suite, name))),
    unknown: names.filter((name) => !SUITES.some((suite) => means(suite, name))),
  };
}
