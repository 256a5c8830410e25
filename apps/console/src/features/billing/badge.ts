import { useFormat } from '@balcao/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useProofsWaiting } from '../../data/payment-proofs.js';

/** The page whose line of the menu tells of it. */
export const page = 'billing';

/** How many proofs of payment wait for somebody of the staff; nothing where none does. */
export function useBadge() {
  const { t } = useI18n();
  const format = useFormat();
  const { data } = useProofsWaiting();
  return computed(() => {
    if (!data.value?.total) return undefined;
    const text = format.value.count(data.value.total, data.value.totalExact);
    return { text, label: t('shell.toReview', { n: text }, data.value.total) };
  });
}
