import { useFormat } from '@balcao/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useTicketOverview } from '../../data/tickets.js';

/** The page whose line of the menu tells of it. */
export const page = 'tickets';

/** How many tickets wait for the reader; nothing where none does. */
export function useBadge() {
  const { t } = useI18n();
  const format = useFormat();
  const { data } = useTicketOverview();
  return computed(() => {
    if (!data.value?.waiting) return undefined;
    const { waiting, waitingExact } = data.value;
    const text = format.value.count(waiting, waitingExact);
    return { text, label: t('shell.waiting', { n: text }, waiting) };
  });
}
