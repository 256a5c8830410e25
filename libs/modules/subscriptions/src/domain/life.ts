import type { Day } from '@balcao/money';

export const SUBSCRIPTION_STATES = ['pending', 'trialing', 'active', 'past_due', 'paused', 'canceled'] as const;
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];

/** How what is invoiced is collected: by the payment method on file, or by whoever pays the invoice. */
export const COLLECTIONS = ['automatic', 'send_invoice'] as const;
export type Collection = (typeof COLLECTIONS)[number];

/** Why somebody leaves; `unpaid` is said by nobody but the system. */
export const CANCEL_REASONS = [
  'too_expensive',
  'quality',
  'closing_for_a_while',
  'moving',
  'competitor',
  'not_needed',
  'unpaid',
  'other',
] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

/** Why nothing more is billed until staff have decided: too many periods were missed, or an invoice could not be made. */
export const HELD_FOR = ['missed_periods', 'refused'] as const;
export type HeldFor = (typeof HELD_FOR)[number];

/** Why it is paused: by somebody's wish, or because invoices were not paid. */
export const PAUSED_FOR = ['wish', 'unpaid'] as const;

export const PERIOD_KINDS = ['trial', 'billed', 'skipped'] as const;

/** Invoices that one catching up makes of a subscription; behind them staff decide. */
export const MOST_MISSED = 3;

export const SUBSCRIPTION_EVENT_KINDS = [
  'created',
  'trial_started',
  'trial_ending',
  'started',
  'renewed',
  'changed',
  'change_scheduled',
  'change_dropped',
  'change_reverted',
  'pause_planned',
  'pause_dropped',
  'paused',
  'resumed',
  'cancel_planned',
  'cancel_dropped',
  'canceled',
  'past_due',
  'recovered',
  'discount_given',
  'discount_ended',
  'credited',
  'held',
  'released',
  'taken_up',
  'updated',
] as const;
export type SubscriptionEventKind = (typeof SUBSCRIPTION_EVENT_KINDS)[number];
/** What staff alone read of a subscription's history. */
export const INTERNAL_EVENTS: readonly SubscriptionEventKind[] = ['held', 'released', 'updated'];

/** What is planned of a subscription, each on its day. */
export interface Plans {
  cancelOn: Day | null;
  resumeOn: Day | null;
  pauseOn: Day | null;
  nextRenewalOn: Day | null;
  pausedAt: Date | null;
}

export interface Step {
  kind: 'cancel' | 'resume' | 'pause' | 'renew';
  on: Day;
}

/**
 * What becomes of a subscription next by itself, up to a day. Of what falls on one day the end comes first, then coming back, then
 * pausing: nobody is billed for a period that they are not there for.
 */
export function nextStep({ cancelOn, resumeOn, pauseOn, nextRenewalOn, pausedAt }: Plans, today: Day): Step | null {
  const steps: (Step | null)[] = [
    cancelOn ? { kind: 'cancel', on: cancelOn } : null,
    pausedAt && resumeOn ? { kind: 'resume', on: resumeOn } : null,
    pauseOn ? { kind: 'pause', on: pauseOn } : null,
    nextRenewalOn ? { kind: 'renew', on: nextRenewalOn } : null,
  ];
  let next: Step | null = null;
  for (const step of steps) if (step && step.on <= today && (!next || step.on < next.on)) next = step;
  return next;
}
