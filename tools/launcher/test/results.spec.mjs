// @ts-check
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { outcomeOf, sum } from '../src/testing/results.mjs';
import { chooseSuites, SUITES } from '../src/testing/suites.mjs';

/**
 * @param {import('node:test').TestContext} test
 * @param {object} counts
 */
function resultsFile(test, counts) {
  const folder = mkdtempSync(join(tmpdir(), 'balcao-results-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'results.json'), JSON.stringify(counts));
  return join(folder, 'results.json');
}

describe('the outcome of a suite', () => {
  it('is what its results file counts', (test) => {
    const file = resultsFile(test, { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 });
    assert.deepEqual(outcomeOf(file, 0), { passed: 5, failed: 0, skipped: 2 });
  });

  it('is a failure when a test file could not even be loaded', (test) => {
    const file = resultsFile(test, { numPassedTests: 5, numFailedTests: 0, numRuntimeErrorTestSuites: 1 });
    assert.equal(outcomeOf(file, 1).failed, 1);
  });

  it('is a failure when it crashed, ran nothing, or ended badly after passing', (test) => {
    assert.equal(outcomeOf('/nonexistent/results.json', null).failed, 1);
    assert.equal(outcomeOf(resultsFile(test, { numPassedTests: 0, numFailedTests: 0 }), 0).failed, 1);
    assert.equal(outcomeOf(resultsFile(test, { numPassedTests: 3, numFailedTests: 0 }), 1).failed, 1);
  });

  it('adds up', () => {
    const total = sum([
      { passed: 1, failed: 0, skipped: 2 },
      { passed: 3, failed: 1, skipped: 0, problem: 'x' },
    ]);
    assert.deepEqual(total, { passed: 4, failed: 1, skipped: 2 });
  });
});

describe('the choice of suites', () => {
  const names = (/** @type {string[]} */ wanted) => chooseSuites(wanted).chosen.map(({ name }) => name);

  it('is all of them without names, but for long sweeps', () => {
    assert.equal(names([]).length, SUITES.length - 1);
    assert.deepEqual(names(['exhaustive']), ['exhaustive']);
  });
  it('takes names and groups', () =>
    assert.deepEqual(names(['unit', 'spa']), ['spa-console', 'spa-portal', 'unit', 'spa-ui']));
  it('says which names it does not know', () => assert.deepEqual(chooseSuites(['unit', 'typo']).unknown, ['typo']));
});
