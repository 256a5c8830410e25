// @ts-check
// `npm test` over suites of its own, without installing and building: test-stand-in.mjs <root> <suites as JSON> [names…]
import { placesIn } from '../../src/paths.mjs';
import { runTests } from '../../src/testing/run-tests.mjs';

const [root, suites = '[]', ...names] = process.argv.slice(2);
/** @type {Array<{ name: string, program: string, limitMinutes: number, database?: boolean }>} */
const given = JSON.parse(suites);

const nothing = async () => undefined;
const code = await runTests(placesIn(root), names, {
  suites: given.map(({ program, ...suite }) => ({
    ...suite,
    command: (results) => ['node', '--input-type=module', '-e', program, results],
  })),
  patience: { exit: 1_000, linger: 500, grace: 1_000, busyness: () => Number(process.env['BUSYNESS'] ?? 1) },
  steps: {
    bringPnpm: async (_places, env) => env,
    install: process.env['BROKEN_STEP'] === 'install' ? () => Promise.reject(new Error('no registry')) : nothing,
    equip: async (_places, _wanted, env) => ({ env, missing: new Map() }),
    build: nothing,
    withTestDatabase:
      process.env['BROKEN_STEP'] === 'database'
        ? () => Promise.reject(new Error('no database'))
        : (env, work) => work(env),
  },
});
process.stdout.write('', () => process.exit(code));
