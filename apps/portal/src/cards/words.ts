import { cardName } from '@balcao/ui';
import type { ComposerTranslation } from 'vue-i18n';
import type { Collection } from '../api/types.js';
import type { Figures, Formats } from '../pay/formats.js';

/** How bad it is, which its note shows. */
export const CHARGE_TONES: Record<ShownStatus, 'info' | 'warning' | 'danger'> = {
  scheduled: 'info',
  charging: 'info',
  on_hold: 'info',
  retrying: 'warning',
  needs_card: 'warning',
  given_up: 'danger',
};
type ShownStatus = Exclude<Collection['status'], 'paid' | 'stopped'>;

/** Whether there is anything to say of it: what was paid or stopped says its invoice. */
export const isTold = (collection: Collection): collection is Collection & { status: ShownStatus } =>
  collection.status !== 'paid' && collection.status !== 'stopped' && collection.owed.amount > 0;

/** What a saved card does for an invoice, in plain sentences: what happened, what happens next, and what then. */
export function chargeText(
  t: ComposerTranslation,
  collection: Collection & { status: ShownStatus },
  { format, figures }: { format: Formats; figures: Figures },
): string[] {
  const { status, nextOn, lastOn, waitsUntil, then } = collection;
  const last = collection.attempts.findLast(({ outcome }) => outcome === 'failed');
  const facts = {
    amount: figures.money(collection.owed),
    card: collection.card ? cardName(collection.card) : '',
    day: nextOn ? format.day(nextOn) : '',
    last: lastOn ? format.day(lastOn) : '',
    until: waitsUntil ? format.day(waitsUntil) : '',
  };
  const failed = last
    ? t('cards.charge.failed', { card: cardName(last.card), reason: t(`cards.reasons.${last.failure ?? 'other'}`) })
    : undefined;
  switch (status) {
    case 'scheduled':
      return [t(collection.card ? 'cards.charge.scheduled.text' : 'cards.charge.scheduled.noCard', facts)];
    case 'retrying':
      return [
        failed ?? '',
        t(lastOn === nextOn ? 'cards.charge.retrying.lastTry' : 'cards.charge.retrying.next', facts),
        t(`cards.charge.retrying.then.${then}`, facts),
      ];
    case 'needs_card':
      return [
        failed ?? t('cards.charge.needs_card.none'),
        t('cards.charge.needs_card.text', facts),
        t(`cards.charge.needs_card.then.${then}`, facts),
      ];
    case 'given_up':
      return [failed ?? t('cards.charge.given_up.none'), t(`cards.charge.given_up.then.${then}`, facts)];
    default:
      return [t(`cards.charge.${status}.text`, facts)];
  }
}

export const chargeTitle = (t: ComposerTranslation, { status, nextOn }: Collection, { format }: { format: Formats }) =>
  t(`cards.charge.${status}.title`, { day: nextOn ? format.day(nextOn) : '' });
