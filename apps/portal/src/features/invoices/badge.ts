import { useFormat } from '@balcao/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useOpenCount } from '../../data/invoices.js';

/** The page whose line of the menu tells of it. */
export const page = 'invoices';

/** How many invoices are to be paid; nothing where none is. */
export function useBadge() {
  const { t } = useI18n();
  const format = useFormat();
  const open = useOpenCount();
  return computed(() => {
    if (!open.value) return undefined;
    const text = format.value.number(open.value);
    return { text, label: t('invoice.toPay', { n: text }, open.value) };
  });
}
