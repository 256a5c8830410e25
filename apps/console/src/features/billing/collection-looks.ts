import type { Collection } from '../../data/collections.js';

interface Look {
  tone: 'neutral' | 'success' | 'warning' | 'danger' | 'info';
  icon: string;
}

export const COLLECTION_LOOKS: Record<Collection['status'], Look> = {
  scheduled: { tone: 'info', icon: 'i-lucide-calendar' },
  retrying: { tone: 'warning', icon: 'i-lucide-rotate-ccw' },
  on_hold: { tone: 'neutral', icon: 'i-lucide-clock' },
  needs_card: { tone: 'warning', icon: 'i-lucide-triangle-alert' },
  charging: { tone: 'info', icon: 'i-lucide-loader-circle' },
  paid: { tone: 'success', icon: 'i-lucide-check' },
  given_up: { tone: 'danger', icon: 'i-lucide-circle-x' },
  stopped: { tone: 'neutral', icon: 'i-lucide-ban' },
};

/** Whether it still goes on. */
export const goesOn = ({ status }: Collection): boolean =>
  status !== 'paid' && status !== 'given_up' && status !== 'stopped';
