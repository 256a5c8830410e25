// @ts-check
import { deepStrictEqual, match, strictEqual } from 'node:assert';
import { test } from 'node:test';
import { describe, median, missedTargets, ratios } from '../src/report.mjs';

/** @param {Partial<import('../src/report.mjs').Sample>} members */
const sample = (members) => ({
  requestsPerSecond: 100,
  p99: 10,
  nodeCpu: 100,
  postgresCpu: 100,
  errors: 0,
  stalls: 0,
  ...members,
});

test('the median of an even number is the middle of its two middles', () => {
  deepStrictEqual([median([3, 1, 2]), median([4, 1, 2, 3])], [2, 2.5]);
});

test('a ratio compares the measurements of one round, and its median is taken', () => {
  const samples = {
    detail: [sample({ requestsPerSecond: 63 }), sample({ requestsPerSecond: 10 }), sample({ requestsPerSecond: 90 })],
    'detail, bare': [
      sample({ requestsPerSecond: 100, nodeCpu: 50, postgresCpu: 50 }),
      sample({ requestsPerSecond: 20, nodeCpu: 50, postgresCpu: 50 }),
      sample({ requestsPerSecond: 100, nodeCpu: 50, postgresCpu: 50 }),
    ],
  };
  const { requestsPerSecond, cpu } = ratios(samples, { what: '', subject: 'detail', yardstick: 'detail, bare' });
  deepStrictEqual([requestsPerSecond, cpu], [0.63, 0.5]);
  deepStrictEqual(missedTargets(samples, { uploadMb: 30 }), []);
});

test('what is below its target, or has errors, is named', () => {
  const samples = {
    list: [sample({ requestsPerSecond: 59 })],
    'list, bare': [sample({ errors: 2 })],
    create: [sample({ stalls: 1 }), sample({ errors: 3 })],
  };
  deepStrictEqual(missedTargets(samples, { uploadMb: 31 }), [
    'list: 0.59, below 0.76',
    'list, bare: 2 errors, so that its figures mean nothing',
    'create: 3 errors and 1 stalls',
    'upload: 31 MB above idle, more than 30',
  ]);
});

test('without /proc the table has question marks', () => {
  const text = describe({ create: [sample({ nodeCpu: undefined, postgresCpu: undefined })] });
  match(text, /create +100 +10 +\? +\? +0 +0/);
  strictEqual(text.includes('NaN'), false);
});
