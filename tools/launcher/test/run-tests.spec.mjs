// @ts-check
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isAlive } from '../src/processes/identity.mjs';
import { MARK } from '../src/processes/tied.mjs';
import { eventually, temporaryFolder } from './support/stand-in.mjs';

const PROGRAM = fileURLToPath(new URL('support/test-stand-in.mjs', import.meta.url));
/** `tell` writes down the id of a process, for the test to look at. */
const IMPORTS = `import { spawn } from 'node:child_process'; import { appendFileSync, writeFileSync } from 'node:fs';
  const tell = (id) => appendFileSync(process.env.TOLD, id + ' ');`;
const passing = (/** @type {number} */ count) =>
  `${IMPORTS} writeFileSync(process.argv[1], JSON.stringify({ numPassedTests: ${count}, numFailedTests: 0 }));`;
const LATE = 'await new Promise((resolve) => setTimeout(resolve, 2_500));';
/** Goes on for ever. */
const HANGING = 'tell(process.pid); setInterval(() => {}, 1_000);';
/** A program that nothing but SIGKILL ends, in a group of its own, as a database server is. */
const LEAVING = `const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], { detached: true, stdio: 'inherit' });
  child.unref();
  tell(child.pid);`;

/**
 * @param {import('node:test').TestContext} test
 * @param {Array<{ name: string, program: string, limitMinutes?: number, database?: boolean }>} suites
 * @param {{ names?: string[], env?: NodeJS.ProcessEnv }} [options]
 */
function npmTest(test, suites, { names = [], env = {} } = {}) {
  const given = JSON.stringify(suites.map((suite) => ({ limitMinutes: 5, ...suite })));
  const folder = temporaryFolder(test);
  const told = join(folder, 'told');
  const child = spawn(process.execPath, [PROGRAM, folder, given, ...names], {
    env: { PATH: process.env['PATH'], TOLD: told, [MARK]: process.env[MARK], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  test.after(() => child.kill('SIGKILL'));
  /** @type {Promise<number | null>} */
  const code = new Promise((resolve) => child.once('close', resolve));
  return {
    child,
    code,
    output: () => output,
    lastLine: () => output.trimEnd().split('\n').at(-1),
    /** Ids of the processes that the suites told of. */
    processes: () => (existsSync(told) ? readFileSync(told, 'utf8').trim().split(' ').map(Number) : []),
  };
}

describe('npm test', { concurrency: false }, () => {
  it('adds the suites up', async (test) => {
    const run = npmTest(test, [
      { name: 'one', program: passing(3) },
      { name: 'two', program: passing(4) },
      { name: 'three', program: passing(5) },
    ]);
    assert.equal(await run.code, 0);
    assert.equal(run.lastLine(), '12 passed, 0 failed, 0 skipped');
  });

  it('ends a suite that goes beyond its limit, names it and runs the others', async (test) => {
    const run = npmTest(test, [
      { name: 'hangs', program: IMPORTS + HANGING, limitMinutes: 1 / 60 },
      { name: 'works', program: passing(3) },
      { name: 'works-too', program: passing(2) },
    ]);
    assert.equal(await run.code, 1);
    assert.match(run.output(), /^hangs: it did not end within .* minutes and was ended$/m);
    assert.equal(run.lastLine(), '5 passed, 1 failed, 0 skipped');
    assert.deepEqual(run.processes().filter(isAlive), []);
  });

  it('gives a suite longer on a busy machine', async (test) => {
    const run = npmTest(test, [{ name: 'slow', program: passing(3) + LATE, limitMinutes: 1 / 60 }], {
      env: { BUSYNESS: '6' },
    });
    assert.equal(await run.code, 0, run.output());
    assert.equal(run.lastLine(), '3 passed, 0 failed, 0 skipped');
  });

  it('ends one whose tests passed and which goes on nevertheless, long before its limit', async (test) => {
    const run = npmTest(test, [{ name: 'hangs', program: passing(3) + HANGING }], { names: ['hangs'] });
    assert.equal(await run.code, 1);
    assert.match(run.output(), /^hangs: it did not exit when its tests were done, and was ended$/m);
    assert.equal(run.lastLine(), '3 passed, 1 failed, 0 skipped');
    assert.deepEqual(run.processes().filter(isAlive), []);
  });

  it('ends what a suite leaves running, though it leads a group of its own and holds the output open', async (test) => {
    const run = npmTest(test, [
      { name: 'leaves', program: passing(3) + LEAVING },
      { name: 'works', program: passing(2) },
    ]);
    assert.equal(await run.code, 0);
    assert.equal(run.processes().length, 1, run.output());
    assert.deepEqual(run.processes().filter(isAlive), []);
    if (process.platform === 'linux') assert.match(run.output(), /^leaves: it left processes running/m);
    assert.equal(run.lastLine(), '5 passed, 0 failed, 0 skipped');
  });

  it('counts a suite that crashes in its set-up, and the rest of what it began', async (test) => {
    const run = npmTest(test, [
      { name: 'crashes', program: `${IMPORTS} ${LEAVING} setTimeout(() => process.exit(7), 300);` },
      { name: 'works', program: passing(2) },
    ]);
    assert.equal(await run.code, 1);
    assert.match(run.output(), /^crashes: it ended with code 7 and left no results/m);
    assert.deepEqual(run.processes().filter(isAlive), []);
    assert.equal(run.lastLine(), '2 passed, 1 failed, 0 skipped');
  });

  for (const step of ['install', 'database']) {
    it(`says the counts when the step “${step}” fails`, async (test) => {
      const suites = [
        { name: 'one', program: passing(3), database: true },
        { name: 'two', program: passing(3) },
      ];
      const run = npmTest(test, suites, { env: { BROKEN_STEP: step } });
      assert.equal(await run.code, 1);
      assert.match(run.output(), step === 'install' ? /no registry/ : /no database/);
      assert.equal(run.lastLine(), '0 passed, 1 failed, 2 skipped');
    });
  }

  it('says the counts when a suite is named that is not there', async (test) => {
    const run = npmTest(test, [{ name: 'one', program: passing(3) }], { names: ['typo'] });
    assert.equal(await run.code, 1);
    assert.match(run.output(), /There is no suite “typo”/);
    assert.equal(run.lastLine(), '0 passed, 1 failed, 0 skipped');
  });

  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) {
    it(`ends every suite on ${signal} and says the counts`, async (test) => {
      const run = npmTest(test, [
        { name: 'hangs', program: `${IMPORTS} ${LEAVING} ${HANGING}` },
        { name: 'hangs-too', program: IMPORTS + HANGING },
        { name: 'hangs-as-well', program: IMPORTS + HANGING },
        { name: 'never-begun', program: passing(2) },
      ]);
      await eventually(() => run.processes().length === 4);
      run.child.kill(signal);
      assert.equal(await run.code, 1);
      assert.match(run.lastLine() ?? '', /^0 passed, [123] failed, [123] skipped$/);
      assert.match(run.output(), /^hangs: it was interrupted/m);
      assert.deepEqual(run.processes().filter(isAlive), []);
    });
  }
});
