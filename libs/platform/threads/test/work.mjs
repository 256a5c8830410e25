import { setTimeout } from 'node:timers/promises';

/** Keeps a thread for so many milliseconds. */
export const takes = (milliseconds) => setTimeout(milliseconds, milliseconds);

export function throws(message) {
  throw new RangeError(message);
}
