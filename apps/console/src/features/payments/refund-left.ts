import type { Payment } from '../../data/payments.js';

/** What can still be given back of a payment, in minor units: refunds that failed gave nothing back. */
export const refundLeft = ({ received, refunds }: Pick<Payment, 'received' | 'refunds'>): number =>
  refunds.reduce((left, { state, amount }) => (state === 'failed' ? left : left - amount.amount), received.amount);
