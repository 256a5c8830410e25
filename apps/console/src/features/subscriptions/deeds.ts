import type { Subscription } from '../../data/subscriptions.js';

/** What staff do with a subscription beside changing what it has. */
export const DEEDS = ['pause', 'resume', 'cancel', 'restart', 'update', 'credit', 'usage'] as const;
export type Deed = (typeof DEEDS)[number];

/** Whether it can be done with one that stands so. */
export function can(
  deed: Deed | 'change',
  { state, pausedFor, cancelOn, followedBy, items, currentPeriod }: Subscription,
): boolean {
  const isOver = state === 'canceled';
  switch (deed) {
    case 'change':
      return !isOver && state !== 'paused';
    case 'pause':
      return (state === 'active' || state === 'past_due') && cancelOn === null;
    case 'resume':
      return state === 'paused' && pausedFor !== null && cancelOn === null;
    case 'restart':
      return isOver && followedBy === null;
    case 'usage':
      return !isOver && currentPeriod !== null && items.some(({ model }) => model === 'usage');
    default:
      return !isOver;
  }
}
