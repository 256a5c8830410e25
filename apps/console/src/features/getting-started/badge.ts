import { computed, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute } from 'vue-router';
import { useGettingStarted } from '../../data/getting-started.js';

/** The page whose line of the menu tells of it. */
export const page = 'getting-started';

/** How many steps are left; nothing where none is. */
export function useBadge() {
  const { t } = useI18n();
  const route = useRoute();
  const { data, refetch } = useGettingStarted();
  const left = computed(() => data.value?.openCount ?? 0);
  // Steps are done on other pages, which know nothing of this one.
  watch(
    () => route.name,
    () => left.value > 0 && refetch({ cancelRefetch: false }),
  );
  return computed(() =>
    left.value > 0 ? { text: String(left.value), label: t('shell.stepsLeft', left.value) } : undefined,
  );
}
