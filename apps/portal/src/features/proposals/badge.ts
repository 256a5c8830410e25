import { useFormat } from '@balcao/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useWaitingCount } from '../../data/proposals.js';

/** The page whose line of the menu tells of it. */
export const page = 'proposals';

/** How many proposals wait for a decision; nothing where none does. */
export function useBadge() {
  const { t } = useI18n();
  const format = useFormat();
  const waiting = useWaitingCount();
  return computed(() => {
    if (!waiting.value) return undefined;
    const text = format.value.number(waiting.value);
    return { text, label: t('proposal.toDecide', { n: text }, waiting.value) };
  });
}
