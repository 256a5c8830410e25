import type { Payment } from '../../data/payments.js';

/**
 * What can still be given back of a payment, in minor units: refunds that failed gave nothing back, and what its payer contests at
 * the bank is the bank's to give back.
 */
export function refundLeft({
  received,
  refunds,
  disputes,
}: Pick<Payment, 'received' | 'refunds' | 'disputes'>): number {
  const gone = [
    ...refunds.filter(({ state }) => state !== 'failed'),
    ...disputes.filter(({ state }) => state !== 'won'),
  ];
  return gone.reduce((left, { amount }) => left - amount.amount, received.amount);
}
