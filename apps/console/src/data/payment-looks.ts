import type { Payment } from './payments.js';

interface Look {
  tone: 'neutral' | 'success' | 'warning' | 'danger' | 'info';
  icon: string;
}

/** How a payment looks by its state; a code that still stands but that nobody shall pay by looks `withdrawn`. */
export const PAYMENT_LOOKS: Record<Payment['state'] | 'withdrawn', Look> = {
  created: { tone: 'neutral', icon: 'i-lucide-loader-circle' },
  sending: { tone: 'neutral', icon: 'i-lucide-loader-circle' },
  unknown: { tone: 'warning', icon: 'i-lucide-circle-help' },
  pending: { tone: 'info', icon: 'i-lucide-clock' },
  failed: { tone: 'danger', icon: 'i-lucide-circle-x' },
  expired: { tone: 'neutral', icon: 'i-lucide-clock' },
  canceled: { tone: 'neutral', icon: 'i-lucide-ban' },
  succeeded: { tone: 'success', icon: 'i-lucide-check' },
  withdrawn: { tone: 'neutral', icon: 'i-lucide-undo-2' },
};

const OPEN: readonly Payment['state'][] = ['created', 'sending', 'unknown', 'pending'];

/** Whether somebody may still pay by it, as far as is known. */
export const isOpen = ({ state }: Pick<Payment, 'state'>): boolean => OPEN.includes(state);

/** What its badge says. */
export const lookOf = (payment: Pick<Payment, 'state' | 'withdrawnFor'>): keyof typeof PAYMENT_LOOKS =>
  payment.withdrawnFor && isOpen(payment) ? 'withdrawn' : payment.state;
