// @ts-check

/**
 * A reporter for Node's test runner that writes the counts in Jest's JSON shape. Only tests count, not the
 * `describe` blocks around them.
 * @param {AsyncIterable<{ type: string, data: { details?: { type?: string }, skip?: unknown, todo?: unknown } }>} source
 */
export default async function* jsonReporter(source) {
  const counts = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };
  for await (const { type, data } of source) {
    if ((type !== 'test:pass' && type !== 'test:fail') || data.details?.type === 'suite') continue;
    if (data.skip || data.todo) counts.numPendingTests += 1;
    else if (type === 'test:pass') counts.numPassedTests += 1;
    else counts.numFailedTests += 1;
  }
  yield JSON.stringify(counts);
}
