import type { Gateway } from '../../data/gateways.js';
import type { GatewayEvent, Payment, StrayPayment } from '../../data/payments.js';

interface Look {
  tone: 'neutral' | 'success' | 'warning' | 'danger' | 'info';
  icon: string;
}

/** Ways in which money comes in through a payment service. */
export const METHODS = ['pix', 'boleto', 'card'] as const satisfies Gateway['methods'];

export const PAYMENT_STATES = [
  'created',
  'sending',
  'unknown',
  'pending',
  'succeeded',
  'failed',
  'expired',
  'canceled',
] as const satisfies Payment['state'][];

export const REFUND_LOOKS: Record<Payment['refunds'][number]['state'], Look> = {
  created: { tone: 'neutral', icon: 'i-lucide-loader-circle' },
  sending: { tone: 'neutral', icon: 'i-lucide-loader-circle' },
  unknown: { tone: 'warning', icon: 'i-lucide-circle-help' },
  pending: { tone: 'info', icon: 'i-lucide-clock' },
  succeeded: { tone: 'success', icon: 'i-lucide-check' },
  failed: { tone: 'danger', icon: 'i-lucide-circle-x' },
};

export const DISPUTE_LOOKS: Record<Payment['disputes'][number]['state'], Look> = {
  needs_response: { tone: 'warning', icon: 'i-lucide-triangle-alert' },
  under_review: { tone: 'info', icon: 'i-lucide-clock' },
  won: { tone: 'success', icon: 'i-lucide-check' },
  lost: { tone: 'danger', icon: 'i-lucide-circle-x' },
};

export const EVENT_LOOKS: Record<GatewayEvent['state'], Look> = {
  received: { tone: 'info', icon: 'i-lucide-clock' },
  done: { tone: 'success', icon: 'i-lucide-check' },
  ignored: { tone: 'neutral', icon: 'i-lucide-minus' },
  failed: { tone: 'danger', icon: 'i-lucide-circle-x' },
};
export const EVENT_STATES = ['received', 'done', 'ignored', 'failed'] as const satisfies GatewayEvent['state'][];

export const STRAY_LOOKS: Record<StrayPayment['state'], Look> = {
  open: { tone: 'warning', icon: 'i-lucide-circle-help' },
  assigned: { tone: 'success', icon: 'i-lucide-user-check' },
  dismissed: { tone: 'neutral', icon: 'i-lucide-ban' },
};
export const STRAY_STATES = ['open', 'assigned', 'dismissed'] as const satisfies StrayPayment['state'][];
