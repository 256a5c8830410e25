import { describe, expect, it } from '@jest/globals';
import type { Day } from '@balcao/money';
import { expiryStep, setupStandingOf, validityOf, SETUP_STATES } from './payment-method.js';

describe('the end of a card (S0.7)', () => {
  it.each<[Day, 30 | 7 | null, string]>([
    ['2026-11-30', null, 'valid'],
    ['2026-12-01', 30, 'expiring'],
    ['2026-12-23', 30, 'expiring'],
    ['2026-12-24', 7, 'expiring'],
    ['2026-12-31', 7, 'expiring'],
    ['2027-01-01', null, 'expired'],
  ])('on the last of December is told on %s as step %s, and seen as %s', (today, step, validity) => {
    expect(expiryStep('2026-12-31', today)).toBe(step);
    expect(validityOf({ expiresOn: '2026-12-31' }, today)).toBe(validity);
  });

  it('that nobody knows is no end', () => {
    expect(validityOf({ expiresOn: null }, '2099-01-01')).toBe('valid');
  });
});

it('a page on which a card is added is told in five words', () => {
  expect(SETUP_STATES.map(setupStandingOf)).toEqual([
    'preparing',
    'preparing',
    'preparing',
    'open',
    'saved',
    'failed',
    'expired',
  ]);
});
