import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Writes how many tests passed, failed and were skipped to the file of RESULTS, as `npm test` sums them up. */
export default class CountsReporter implements Reporter {
  private readonly outcomes = new Map<string, TestResult['status']>();

  onTestEnd(test: TestCase, result: TestResult): void {
    this.outcomes.set(test.id, result.status);
  }

  onEnd(): void {
    const count = (...statuses: TestResult['status'][]) =>
      [...this.outcomes.values()].filter((status) => statuses.includes(status)).length;
    const file = process.env.RESULTS;
    if (!file) return;
    writeFileSync(
      file,
      JSON.stringify({
        numPassedTests: count('passed'),
        numFailedTests: count('failed', 'timedOut', 'interrupted'),
        numPendingTests: count('skipped'),
      }),
    );
  }
}
