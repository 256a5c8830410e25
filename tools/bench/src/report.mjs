// @ts-check
import { BIG_QUERIES } from './big-queries.mjs';

/**
 * One measurement of one subject in one round.
 *
 * @typedef {object} Sample
 * @property {number} requestsPerSecond
 * @property {number} p99 milliseconds
 * @property {number | undefined} nodeCpu microseconds of the server's process for one request
 * @property {number | undefined} postgresCpu microseconds of PostgreSQL for one request
 * @property {number} errors
 * @property {number} stalls
 *
 * @typedef {Record<string, Sample[]>} Samples the rounds of each subject, by its name
 *
 * @typedef {object} Comparison
 * @property {string} what
 * @property {string} subject
 * @property {string} yardstick
 * @property {number} [target] least ratio of requests per second
 */

/** @type {readonly Comparison[]} */
export const COMPARISONS = [
  { what: 'branding to a static answer', subject: 'branding', yardstick: 'branding, keys', target: 0.9 },
  { what: 'list', subject: 'list', yardstick: 'list, bare', target: 0.76 },
  { what: 'list to the best', subject: 'list', yardstick: 'list, best' },
  { what: 'list, 50 customers in turn', subject: 'list of 50', yardstick: 'list of 50, bare', target: 0.67 },
  { what: 'detail', subject: 'detail', yardstick: 'detail, bare', target: 0.62 },
  { what: 'create to the baseline', subject: 'create', yardstick: 'create, baseline', target: 1.3 },
  // At most three times as long.
  { what: 'sign-in, 64 wrong elsewhere', subject: 'sign-in, storm elsewhere', yardstick: 'sign-in', target: 1 / 3 },
  { what: 'list 304 to full answer', subject: 'list 304', yardstick: 'list', target: 3.1 },
  ...['list', 'detail', 'statement'].map((name) => ({
    what: `invoices, ${name}`,
    subject: `invoices, ${name}`,
    yardstick: `invoices, ${name}, bare`,
    target: 0.7,
  })),
  ...Object.keys(BIG_QUERIES).map((name) => ({
    what: name,
    subject: `${name}, big`,
    yardstick: `${name}, small`,
    target: 1 / 3,
  })),
];

/**
 * What is no request.
 *
 * @typedef {Partial<Record<'API' | 'worker', { startedInMs: number, memoryMb: number | string }>> & {
 *   jobsPerSecond?: number, commitToJobMs?: number, uploadMb?: number,
 *   renewals?: { count: number, seconds: number, mailedSeconds: number, quietP99: number, busyP99: number, mailingP99: number },
 *   billing?: {
 *     ageing: { invoices: number, ms: number, cpuMs: number | undefined },
 *     documents: { cpuMs: number, longLines: number, longCpuMs: number },
 *     events: { events: number, ms: number, p99: number } },
 *   signups?: { made: number, reviewed: number, seconds: number, calls: number, failed: number } }} Figures
 *   `uploadMb`: memory above idle; `billing`: medians, and processor time of one
 */

/** Megabytes above idle that the API may take while a picture of 5 MB arrives. */
const MOST_UPLOAD_MB = 30;

/** Seconds that the renewals of a day may take, and how much longer than before a customer elsewhere may wait meanwhile. */
const MOST_RENEWAL_SECONDS = 300;
const MOST_RENEWAL_WAIT = 2;

/** Milliseconds: of PostgreSQL for the ageing, of the processor for a usual invoice's PDF, until 99 of 100 events are answered. */
const MOST_BILLING_MS = { ageing: 20, document: 100, event: 50 };

/** Measurements that must have neither errors nor stalls. */
const FAULTLESS = 'create';

/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** What all but one of a hundred are below. @param {number[]} numbers */
export function p99Of(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * 0.99)] ?? NaN;
}

/**
 * Medians of the ratios of each round, whose two measurements follow each other and so meet the same machine.
 * @param {Samples} samples
 * @param {Comparison} comparison
 * @returns {{ requestsPerSecond: number, p99: number, cpu: number | undefined }} `cpu`: of node and PostgreSQL together
 */
export function ratios(samples, { subject, yardstick }) {
  const pairs = (samples[subject] ?? []).flatMap((sample, round) => {
    const other = samples[yardstick]?.[round];
    return other === undefined ? [] : [{ sample, other }];
  });
  const cpu = pairs.map(({ sample, other }) => cpuOfRequest(other) / cpuOfRequest(sample));
  return {
    requestsPerSecond: median(pairs.map(({ sample, other }) => sample.requestsPerSecond / other.requestsPerSecond)),
    p99: median(pairs.map(({ sample, other }) => sample.p99 / other.p99)),
    cpu: cpu.some(Number.isNaN) ? undefined : median(cpu),
  };
}

/** @param {Samples} samples @param {Comparison} comparison */
function isMeasured(samples, { subject, yardstick }) {
  return samples[subject] !== undefined && samples[yardstick] !== undefined;
}

/** @param {Sample} sample */
function cpuOfRequest({ nodeCpu, postgresCpu }) {
  return nodeCpu === undefined || postgresCpu === undefined ? NaN : nodeCpu + postgresCpu;
}

/** What misses its target, one line each. @param {Samples} samples @param {Figures} [figures] */
export function missedTargets(samples, { uploadMb = 0, renewals, billing } = {}) {
  const slow = COMPARISONS.flatMap((comparison) => {
    const { what, target } = comparison;
    if (target === undefined || !isMeasured(samples, comparison)) return [];
    const reached = ratios(samples, comparison).requestsPerSecond;
    return reached >= target ? [] : [`${what}: ${reached.toFixed(2)}, below ${target.toFixed(2)}`];
  });
  const faulty = Object.entries(samples).flatMap(([name, rounds]) => {
    const errors = rounds.reduce((sum, sample) => sum + sample.errors, 0);
    const stalls = rounds.reduce((sum, sample) => sum + sample.stalls, 0);
    if (name === FAULTLESS) {
      return errors + stalls === 0 ? [] : [`${name}: ${errors} errors and ${stalls} stalls`];
    }
    return errors === 0 ? [] : [`${name}: ${errors} errors, so that its figures mean nothing`];
  });
  const large = uploadMb > MOST_UPLOAD_MB ? [`upload: ${uploadMb} MB above idle, more than ${MOST_UPLOAD_MB}`] : [];
  const late =
    renewals && renewals.seconds > MOST_RENEWAL_SECONDS
      ? [`renewals: ${renewals.seconds.toFixed(0)} s, more than ${MOST_RENEWAL_SECONDS}`]
      : [];
  const held =
    renewals && waitOf(renewals) > MOST_RENEWAL_WAIT
      ? [`p99 beside renewals: ${waitOf(renewals).toFixed(2)} times, more than ${MOST_RENEWAL_WAIT}`]
      : [];
  return [...slow, ...faulty, ...large, ...late, ...held, ...(billing ? missedOfBilling(billing) : [])];
}

/** @param {NonNullable<Figures['billing']>} billing */
function missedOfBilling({ ageing, documents, events }) {
  /** @type {[string, number, number][]} */
  const measured = [
    ['ageing', ofPostgres(ageing), MOST_BILLING_MS.ageing],
    ['an invoice as PDF', documents.cpuMs, MOST_BILLING_MS.document],
    ['p99 of events', events.p99, MOST_BILLING_MS.event],
  ];
  return measured.flatMap(([what, ms, most]) => (ms > most ? [`${what}: ${ms.toFixed(1)} ms, more than ${most}`] : []));
}

/** Where the system does not tell its processor time, how long it took. @param {NonNullable<Figures['billing']>['ageing']} ageing */
const ofPostgres = ({ ms, cpuMs }) => cpuMs ?? ms;

/** @param {NonNullable<Figures['renewals']>} renewals */
const waitOf = ({ quietP99, busyP99, mailingP99 }) => Math.max(busyP99, mailingP99) / quietP99;

/** All tables as text. @param {Samples} samples @param {Figures} [figures] */
export function describe(
  samples,
  { jobsPerSecond, commitToJobMs, uploadMb, renewals, billing, signups, ...processes } = {},
) {
  const measured = Object.entries(samples).map(([name, rounds]) => {
    const of = (/** @type {(sample: Sample) => number | undefined} */ member) =>
      median(rounds.map((sample) => member(sample) ?? NaN));
    return [
      name,
      of((sample) => sample.requestsPerSecond).toFixed(0),
      of((sample) => sample.p99).toFixed(0),
      micros(of((sample) => sample.nodeCpu)),
      micros(of((sample) => sample.postgresCpu)),
      String(rounds.reduce((sum, sample) => sum + sample.errors, 0)),
      String(rounds.reduce((sum, sample) => sum + sample.stalls, 0)),
    ];
  });
  const compared = COMPARISONS.filter((comparison) => isMeasured(samples, comparison)).map((comparison) => {
    const { requestsPerSecond, p99, cpu } = ratios(samples, comparison);
    return [
      comparison.what,
      requestsPerSecond.toFixed(2),
      comparison.target?.toFixed(2) ?? '',
      cpu?.toFixed(2) ?? '?',
      p99.toFixed(2),
    ];
  });
  const others = [
    ...Object.entries(processes).flatMap(([name, { startedInMs, memoryMb }]) => [
      [`${name}: ready after`, `${startedInMs.toFixed(0)} ms`],
      [`${name}: memory`, `${memoryMb} MB`],
    ]),
    ...(jobsPerSecond === undefined ? [] : [['worker: jobs', `${jobsPerSecond.toFixed(0)}/s`]]),
    ...(commitToJobMs === undefined ? [] : [['commit to job done', `${commitToJobMs.toFixed(0)} ms`]]),
    ...(uploadMb === undefined ? [] : [['API: above idle while 5 MB arrive', `${uploadMb} MB`]]),
    ...(renewals === undefined
      ? []
      : [
          [`renewals: ${renewals.count} after`, `${renewals.seconds.toFixed(0)} s`],
          ['renewals: everybody has the mail after', `${renewals.mailedSeconds.toFixed(0)} s`],
          [
            'renewals: p99 elsewhere, before, meanwhile and while mails leave',
            `${renewals.quietP99}, ${renewals.busyP99} and ${renewals.mailingP99} ms`,
          ],
        ]),
    ...(billing === undefined ? [] : describeBilling(billing)),
    ...(signups === undefined
      ? []
      : [
          ['signups: accounts made', String(signups.made)],
          ['signups: for staff to look at', String(signups.reviewed)],
          ['signups: all through after', `${signups.seconds.toFixed(0)} s`],
          ['signups: calls of the register, failed', `${signups.calls}, ${signups.failed}`],
        ]),
  ];
  return [
    table(['median of the rounds', 'req/s', 'p99 ms', 'node µs', 'PG µs', 'errors', 'stalls'], measured),
    table(['ratio', 'req/s', 'target', 'CPU', 'p99'], compared),
    table(['processes', ''], others),
  ].join('\n');
}

/** @param {NonNullable<Figures['billing']>} billing */
function describeBilling({ ageing, documents, events }) {
  const ms = (/** @type {number} */ value) => `${value.toFixed(1)} ms`;
  return [
    [
      `billing: ageing of ${ageing.invoices} open invoices, processor and time`,
      `${ageing.cpuMs === undefined ? '?' : ms(ageing.cpuMs)}, ${ms(ageing.ms)}`,
    ],
    ['billing: processor for an invoice as PDF', ms(documents.cpuMs)],
    [`billing: processor for one of ${documents.longLines} lines`, ms(documents.longCpuMs)],
    [`billing: ${events.events} events answered, median and p99`, `${ms(events.ms)}, ${ms(events.p99)}`],
  ];
}

/** @param {number} value */
function micros(value) {
  return Number.isNaN(value) ? '?' : value.toFixed(0);
}

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (/** @type {string[]} */ cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  const rule = widths.map((width) => '─'.repeat(width));
  return `${[head, rule, ...rows].map(line).join('\n')}\n`;
}
