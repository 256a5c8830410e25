import { describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { intentSnapshot } from './stripe-snapshots.js';

const seconds = (moment: string) => new Date(moment).getTime() / 1000;

/** An intent that was made in November, and whose charge Stripe has made once it had heard of the money. */
const paid = (method: 'pix' | 'boleto', told: string, made = '2026-11-20T12:00:00Z') =>
  intentSnapshot(
    {
      id: 'pi_1',
      created: seconds(made),
      currency: 'brl',
      amount: 10_000,
      amount_received: 10_000,
      status: 'succeeded',
      metadata: {},
      payment_method: null,
      payment_method_types: [method],
      latest_charge: { id: 'ch_1', created: seconds(told) },
    } as unknown as Stripe.PaymentIntent,
    { refunds: [], disputes: [] },
  ).receivedAt?.toISOString();

describe('the moment at which money came', () => {
  it.each([
    ['a Friday of which it hears', '2026-12-11T14:00:00Z', '2026-12-10T15:00:00.000Z'],
    ['the night of a Friday', '2026-12-12T02:30:00Z', '2026-12-10T15:00:00.000Z'],
    ['a Monday', '2026-12-14T14:00:00Z', '2026-12-11T15:00:00.000Z'],
    ['the day behind a holiday', '2026-12-28T14:00:00Z', '2026-12-24T15:00:00.000Z'],
  ])('by a slip is the banking day before: %s', (_, told, at) => expect(paid('boleto', told)).toBe(at));

  it('by a slip is no moment before it was made', () => {
    expect(paid('boleto', '2026-12-11T14:00:00Z', '2026-12-11T13:00:00Z')).toBe('2026-12-11T13:00:00.000Z');
  });

  it('by a code is the one that Stripe says', () => {
    expect(paid('pix', '2026-12-11T14:00:00Z')).toBe('2026-12-11T14:00:00.000Z');
  });
});
