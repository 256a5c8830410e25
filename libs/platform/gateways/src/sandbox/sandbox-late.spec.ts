import { describe, expect, it } from '@jest/globals';
import { payableAt } from './sandbox-late.js';

const slip = (dueOn: string) => ({
  amount: 123_456n,
  boleto: { dueOn, finePercent: '2', interestPercentPerMonth: '1' },
});

describe('what pays a slip of the pretended bank', () => {
  it.each([
    ['on its day', '2026-12-10', '2026-12-11T02:59:00Z', 123_456n],
    ['a day behind it', '2026-12-10', '2026-12-11T03:00:00Z', 123_456n + 2_469n + 41n],
    ['thirteen days behind it', '2026-12-10', '2026-12-23T12:00:00Z', 126_460n],
    ['on the Monday where it was due on a Saturday', '2026-12-12', '2026-12-14T12:00:00Z', 123_456n],
    ['on the Tuesday where it was due on a Saturday', '2026-12-12', '2026-12-15T12:00:00Z', 123_456n + 2_469n + 123n],
  ])('%s', (_when, dueOn, at, expected) => expect(payableAt(slip(dueOn), new Date(at))).toBe(expected));

  it('is what was asked for, of what is no slip', () => {
    expect(payableAt({ amount: 500n, boleto: null }, new Date('2030-01-01T12:00:00Z'))).toBe(500n);
  });
});
