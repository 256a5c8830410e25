import type { SubscriptionInput, SubscriptionSummary } from '../../data/subscriptions.js';
import type { Plan, PlanPrice } from '../../data/plans.js';

interface Look {
  tone: 'neutral' | 'success' | 'warning' | 'danger' | 'info';
  icon: string;
}

/** How a subscription looks by its state; one that waits for staff looks `held`, one whose end is planned `ending`. */
export const LOOKS: Record<SubscriptionSummary['state'] | 'held' | 'ending', Look> = {
  pending: { tone: 'neutral', icon: 'i-lucide-clock' },
  trialing: { tone: 'info', icon: 'i-lucide-flask-conical' },
  active: { tone: 'success', icon: 'i-lucide-check' },
  past_due: { tone: 'danger', icon: 'i-lucide-circle-alert' },
  paused: { tone: 'neutral', icon: 'i-lucide-pause' },
  canceled: { tone: 'neutral', icon: 'i-lucide-ban' },
  held: { tone: 'warning', icon: 'i-lucide-circle-help' },
  ending: { tone: 'warning', icon: 'i-lucide-clock' },
};
export const STATES = [
  'pending',
  'trialing',
  'active',
  'past_due',
  'paused',
  'canceled',
] as const satisfies SubscriptionSummary['state'][];

/** What its badge says: what staff have to decide first, then what is owed, then what is planned. */
export function lookOf({
  state,
  heldFor,
  cancelOn,
}: Pick<SubscriptionSummary, 'state' | 'heldFor' | 'cancelOn'>): keyof typeof LOOKS {
  if (heldFor) return 'held';
  return cancelOn && state !== 'past_due' ? 'ending' : state;
}

export const COLLECTIONS = ['send_invoice', 'automatic'] as const satisfies SubscriptionInput['collection'][];
export const PLAN_KINDS = ['plan', 'addition'] as const satisfies Plan['kind'][];
export const MODELS = ['flat', 'per_unit', 'usage', 'once'] as const satisfies PlanPrice['model'][];
export const CYCLE_UNITS = ['month', 'year'] as const satisfies PlanPrice['cycle']['unit'][];
/** Why somebody leaves, as people say it. */
export const REASONS = [
  'too_expensive',
  'quality',
  'closing_for_a_while',
  'moving',
  'competitor',
  'not_needed',
  'other',
] as const;
