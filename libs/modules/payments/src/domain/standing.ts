import { isOpen, type PaymentState, type Withdrawal } from './payment.js';

/**
 * How a payment stands for whoever pays: its code is on its way; nobody has heard yet whether there is one; it can be paid;
 * it has been; its time is over; nobody shall pay it any more; it did not work.
 */
export const STANDINGS = ['preparing', 'unknown', 'payable', 'paid', 'expired', 'withdrawn', 'failed'] as const;
export type Standing = (typeof STANDINGS)[number];

interface Standable {
  state: PaymentState;
  withdrawnFor: Withdrawal | null;
  expiresAt: Date;
}

/** Money wins over all; what nobody shall pay is withdrawn before the gateway has ended it. */
export function standingOf({ state, withdrawnFor, expiresAt }: Standable, now: Date): Standing {
  if (state === 'succeeded') return 'paid';
  if (withdrawnFor !== null || state === 'canceled') return 'withdrawn';
  if (state === 'failed' || state === 'expired') return state;
  if (isOpen({ state }) && expiresAt <= now) return 'expired';
  if (state === 'pending') return 'payable';
  return state === 'unknown' ? 'unknown' : 'preparing';
}
