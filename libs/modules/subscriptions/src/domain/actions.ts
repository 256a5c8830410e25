import type { SubscriptionState } from './life.js';

/** What can be done with a subscription by its customer. */
export const SUBSCRIPTION_ACTIONS = [
  'change',
  'pause',
  'resume',
  'cancel_at_period_end',
  'cancel_now',
  'undo_change',
  'undo_pause',
  'undo_cancellation',
  'restart',
] as const;
export type SubscriptionAction = (typeof SUBSCRIPTION_ACTIONS)[number];

/** What is planned of a subscription by staff, which is theirs to undo: customers leave it as it is. */
export interface StaffPlan {
  change: boolean;
  pause: boolean;
  cancel: boolean;
}

export interface ActionFacts {
  state: SubscriptionState;
  pausedFor: 'wish' | 'unpaid' | null;
  cancelOn: string | null;
  pauseOn: string | null;
  /** Whether a change is planned, or done and not paid at all. */
  hasUndoableChange: boolean;
  /** Whether another goes on in its place. */
  isTakenUp: boolean;
  staffPlan: StaffPlan;
}

export interface ActionRules {
  change: boolean;
  pause: boolean;
  cancelAtPeriodEnd: boolean;
  cancelNow: boolean;
}

/** What a customer may do with a subscription as it stands, as far as their portal lets them. */
export function actionsOf(
  { state, pausedFor, cancelOn, pauseOn, hasUndoableChange, isTakenUp, staffPlan }: ActionFacts,
  { change, pause, cancelAtPeriodEnd, cancelNow }: ActionRules,
): SubscriptionAction[] {
  const isOver = state === 'canceled';
  const goesOn = state === 'active' || state === 'past_due';
  const can: Record<SubscriptionAction, boolean> = {
    change: change && !staffPlan.change && (goesOn || state === 'trialing' || state === 'pending'),
    pause: pause && !staffPlan.pause && goesOn && cancelOn === null,
    resume: pause && state === 'paused' && pausedFor === 'wish' && cancelOn === null,
    cancel_at_period_end: cancelAtPeriodEnd && !isOver && cancelOn === null,
    cancel_now: cancelNow && !isOver,
    undo_change: change && !staffPlan.change && !isOver && hasUndoableChange,
    undo_pause: pause && !staffPlan.pause && pauseOn !== null,
    undo_cancellation: (cancelAtPeriodEnd || cancelNow) && !staffPlan.cancel && !isOver && cancelOn !== null,
    restart: change && isOver && !isTakenUp,
  };
  return SUBSCRIPTION_ACTIONS.filter((action) => can[action]);
}
