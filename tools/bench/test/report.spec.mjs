// @ts-check
import { deepStrictEqual, match, strictEqual } from 'node:assert';
import { test } from 'node:test';
import { describe, median, missedTargets, p99Of, ratios } from '../src/report.mjs';

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

test('one of a hundred may be longer than the p99', () => {
  const numbers = Array.from({ length: 200 }, (_, place) => 200 - place);
  strictEqual(p99Of(numbers), 199);
  deepStrictEqual([numbers[0], p99Of([7])], [200, 7]);
});

/** Billing with the milliseconds that have targets. @param {{ cpuMs?: number, ms?: number, pdf?: number, p99?: number }} measured */
const billing = ({ cpuMs, ms = 20, pdf = 100, p99 = 50 }) => ({
  ageing: { invoices: 20_000, ms, cpuMs },
  documents: { cpuMs: pdf, longLines: 500, longCpuMs: 1_000 },
  events: { events: 1_000, ms: 5, p99 },
});

test('billing has targets for ageing, a usual PDF and events', () => {
  deepStrictEqual(missedTargets({}, { billing: billing({}) }), []);
  deepStrictEqual(missedTargets({}, { billing: billing({ cpuMs: 21, pdf: 101, p99: 51 }) }), [
    'ageing: 21.0 ms, more than 20',
    'an invoice as PDF: 101.0 ms, more than 100',
    'p99 of events: 51.0 ms, more than 50',
  ]);
});

test('the time of the ageing counts where the system does not tell its processor time, and only there', () => {
  deepStrictEqual(missedTargets({}, { billing: billing({ ms: 21 }) }), ['ageing: 21.0 ms, more than 20']);
  deepStrictEqual(missedTargets({}, { billing: billing({ ms: 21, cpuMs: 9 }) }), []);
  match(describe({}, { billing: billing({}) }), /processor and time +\?, 20\.0 ms/);
});

test('without /proc the table has question marks', () => {
  const text = describe({ create: [sample({ nodeCpu: undefined, postgresCpu: undefined })] });
  match(text, /create +100 +10 +\? +\? +0 +0/);
  strictEqual(text.includes('NaN'), false);
});
