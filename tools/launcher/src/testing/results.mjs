// @ts-check
import { readFileSync } from 'node:fs';
import { orElse } from '../errors.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, problem?: string }} Outcome */

/**
 * What a suite did: the counts of its results file (the JSON of Jest, Vitest and our own reporter), checked
 * against how it ended. A suite that crashed or ran no test counts as one failure.
 * @param {string} file
 * @param {number | null} code its exit code
 * @returns {Outcome}
 */
export function outcomeOf(file, code) {
  /** @type {Partial<Record<`num${'Passed' | 'Failed' | 'Pending' | 'Todo'}Tests` | 'numRuntimeErrorTestSuites', number>> | undefined} */
  const found = orElse(() => JSON.parse(readFileSync(file, 'utf8')), undefined);
  if (found === undefined)
    return { passed: 0, failed: 1, skipped: 0, problem: `it ended with code ${code} and left no results` };
  const passed = found.numPassedTests ?? 0;
  const skipped = (found.numPendingTests ?? 0) + (found.numTodoTests ?? 0);
  const failed = (found.numFailedTests ?? 0) + (found.numRuntimeErrorTestSuites ?? 0);
  if (passed + failed === 0) return { passed, failed: 1, skipped, problem: 'it ran no test' };
  if (failed === 0 && code !== 0) {
    return { passed, failed: 1, skipped, problem: `every test passed, but it ended with code ${code}` };
  }
  return { passed, failed, skipped };
}

/** @param {Outcome[]} outcomes */
export function sum(outcomes) {
  const of = (/** @type {'passed' | 'failed' | 'skipped'} */ kind) => outcomes.reduce((all, one) => all + one[kind], 0);
  return { passed: of('passed'), failed: of('failed'), skipped: of('skipped') };
}
