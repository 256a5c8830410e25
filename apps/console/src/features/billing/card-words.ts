import type { ComposerTranslation } from 'vue-i18n';
import type { Collection, SavedCard } from '../../data/collections.js';

const BRANDS: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  elo: 'Elo',
  hipercard: 'Hipercard',
  diners: 'Diners Club',
  discover: 'Discover',
  jcb: 'JCB',
  unionpay: 'UnionPay',
};

/** A card as its owner knows it: `Visa •••• 4242`. */
export function cardName(t: ComposerTranslation, { brand, lastFour }: Pick<SavedCard, 'brand' | 'lastFour'>): string {
  const name = (brand && (BRANDS[brand] ?? brand)) || t('billing.cards.card');
  return lastFour ? `${name} •••• ${lastFour}` : name;
}

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
