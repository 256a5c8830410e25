import { describe, expect, it } from '@jest/globals';
import { domainStatus, endOf, outcomeOf, type ClaimState, type Finding } from './check-outcome.js';

const NOW = new Date('2026-11-20T12:00:00Z');
const HOUR = 3_600_000;
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR);
const claimed = (hours: number): ClaimState => ({
  waitingSince: ago(hours),
  verifiedAt: null,
  missingSince: null,
  lostAt: null,
  leadsHere: false,
});
const verified = (missing?: number): ClaimState => ({
  ...claimed(1_000),
  verifiedAt: ago(900),
  missingSince: missing === undefined ? null : ago(missing),
});

type Row = [
  what: string,
  before: ClaimState,
  finding: Finding,
  after: object,
  nextInHours: number | null,
  happened?: string,
];

it.each([
  ['waiting, found', claimed(1), 'found', { verifiedAt: NOW, missingSince: null }, 24, 'verified'],
  ['waiting, not there', claimed(1), 'missing', { verifiedAt: null }, 1 / 12],
  ['waiting, another value', claimed(23.9), 'different', { verifiedAt: null }, 1 / 12],
  ['waiting, nobody answers', claimed(1), 'unreachable', { verifiedAt: null }, 1 / 12],
  ['waiting, of somebody else', claimed(1), 'taken', { verifiedAt: null }, 1 / 12],
  ['waiting for a day', claimed(24), 'missing', { verifiedAt: null }, 1],
  ['waiting for nearly 14 days', claimed(14 * 24 - 0.1), 'missing', { verifiedAt: null }, 1],
  ['waiting for 14 days', claimed(14 * 24), 'missing', { verifiedAt: null }, null],
  ['waiting for 14 days, found at last', claimed(14 * 24), 'found', { verifiedAt: NOW }, 24, 'verified'],
  ['verified, found', verified(), 'found', { verifiedAt: ago(900), missingSince: null }, 24],
  ['verified, not there', verified(), 'missing', { verifiedAt: ago(900), missingSince: NOW }, 1, 'missing'],
  ['verified, another value', verified(), 'different', { verifiedAt: ago(900), missingSince: NOW }, 1, 'missing'],
  ['verified, nobody answers', verified(), 'unreachable', { verifiedAt: ago(900), missingSince: null }, 1],
  ['missing, back', verified(71), 'found', { verifiedAt: ago(900), missingSince: null }, 24],
  ['missing for 47 h', verified(47), 'missing', { verifiedAt: ago(900), missingSince: ago(47) }, 1],
  ['missing for 48 h', verified(48), 'missing', { verifiedAt: ago(900) }, 1, 'ending'],
  ['missing for nearly 72 h', verified(71.9), 'different', { verifiedAt: ago(900) }, 1, 'ending'],
  ['missing for 72 h, nobody answers', verified(72), 'unreachable', { verifiedAt: ago(900), missingSince: ago(72) }, 1],
  [
    'missing for 72 h',
    verified(72),
    'missing',
    { verifiedAt: null, missingSince: null, lostAt: NOW, waitingSince: NOW },
    1,
    'lost',
  ],
  ['lost, back', { ...claimed(5), lostAt: ago(5) }, 'found', { verifiedAt: NOW, lostAt: null }, 24, 'verified'],
] as Row[])('S3.46 %s', (_what, before, finding, after, nextInHours, happened = undefined) => {
  const outcome = outcomeOf(before, { finding, targetFinding: null }, NOW);
  expect(outcome.state).toMatchObject(after);
  expect(outcome.nextCheckAt).toEqual(nextInHours === null ? null : ago(-nextInHours));
  expect(outcome.happened).toBe(happened);
});

it.each([
  ['it is found to lead here', false, 'here', 10, true, 1],
  ['some of its addresses are not ours', true, 'partly', 10, false, 1 / 12],
  ['it leads nowhere', true, 'nothing', 10, false, 1 / 12],
  ['it leads elsewhere for a day', false, 'elsewhere', 24, false, 1],
  ['nobody can tell any more', true, 'unreachable', 30, true, 1],
  ['nobody can tell yet', false, 'unreachable', 2, false, 1 / 12],
] as const)('S3.46 a proved domain, of which %s', (_what, led, targetFinding, verifiedFor, leadsHere, nextInHours) => {
  const before = { ...verified(), verifiedAt: ago(verifiedFor), leadsHere: led };
  const outcome = outcomeOf(before, { finding: 'found', targetFinding }, NOW);
  expect([outcome.state.leadsHere, outcome.nextCheckAt]).toEqual([leadsHere, ago(-nextInHours)]);
  const claim = { ...outcome.state, purpose: 'portal' as const, finding: 'found' as const, nextCheckAt: NOW };
  expect(domainStatus(claim)).toBe(leadsHere ? 'verified' : 'astray');
});

describe('how it stands', () => {
  it.each([
    ['waiting', claimed(1), null, ago(-5), ago(1 - 14 * 24)],
    ['taken', claimed(1), 'taken', ago(-5), ago(1 - 14 * 24)],
    ['given_up', claimed(400), 'missing', null, null],
    ['given_up', claimed(400), 'taken', null, null],
    ['verified', verified(), 'unreachable', ago(-5), null],
    ['failing', verified(1), 'missing', ago(-5), ago(1 - 72)],
    ['lost', { ...claimed(1), lostAt: ago(1) }, 'missing', ago(-5), ago(1 - 14 * 24)],
  ] as const)('is %s', (status, state, finding, nextCheckAt, end) => {
    const claim = { ...state, finding, nextCheckAt, purpose: 'mail' as const };
    expect([domainStatus(claim), endOf(claim)]).toEqual([status, end]);
  });
});
