import type { PaymentState } from './payment.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Behind each other, as long as nothing is heard. */
const STEPS = [2 * MINUTE, 10 * MINUTE, 60 * MINUTE, 6 * 60 * MINUTE];
/** Days for which a call is asked after whose answer was lost; then people have to look. */
const MOST_LOOKS = STEPS.length + 7;
/** Behind its end a payment may still be told of, by a bank that was slow. */
const AFTERWARDS = 3 * DAY;

/**
 * When a payment, or a refund, is looked at next of which nothing is heard: soon at first, then daily; a little behind the moment
 * at which it cannot be paid any more; and some days behind that no more.
 * @returns null where nobody looks any more
 */
export function nextLook(
  { state, asks, expiresAt }: { state: PaymentState; asks: number; expiresAt: Date },
  now: Date,
): Date | null {
  const step = STEPS[asks] ?? DAY;
  if (state === 'sending' || state === 'unknown') return asks < MOST_LOOKS ? new Date(now.getTime() + step) : null;
  if (state !== 'pending' && state !== 'created') return null;
  const end = expiresAt.getTime() + MINUTE;
  if (now.getTime() > end + AFTERWARDS) return null;
  const next = now.getTime() + step;
  return new Date(now.getTime() < end ? Math.min(next, end) : next);
}
