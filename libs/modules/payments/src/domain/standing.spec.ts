import { describe, expect, it } from '@jest/globals';
import { PAYMENT_STATES, WITHDRAWALS, type PaymentState, type Withdrawal } from './payment.js';
import { standingOf, type Standing } from './standing.js';

const NOW = new Date('2026-12-10T12:00:00Z');
const later = new Date(NOW.getTime() + 1);
const stands = (state: PaymentState, expiresAt: Date, withdrawnFor: Withdrawal | null = null) =>
  standingOf({ state, withdrawnFor, expiresAt }, NOW);

describe('how a payment stands', () => {
  it.each([
    ['created', 'preparing', 'expired'],
    ['sending', 'preparing', 'expired'],
    ['unknown', 'unknown', 'expired'],
    ['pending', 'payable', 'expired'],
    ['failed', 'failed', 'failed'],
    ['expired', 'expired', 'expired'],
    ['canceled', 'withdrawn', 'withdrawn'],
    ['succeeded', 'paid', 'paid'],
  ] satisfies [PaymentState, Standing, Standing][])(
    '%s is %s, and %s once its time is over',
    (state, before, after) => {
      expect([stands(state, later), stands(state, NOW)]).toEqual([before, after]);
    },
  );

  it.each(PAYMENT_STATES)('withdrawn, %s counts only where it was paid', (state) => {
    for (const reason of WITHDRAWALS)
      expect(stands(state, later, reason)).toBe(state === 'succeeded' ? 'paid' : 'withdrawn');
  });
});
