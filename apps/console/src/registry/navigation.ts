import { badgesOf, menuOf } from '@balcao/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { features, useOpens } from './features.js';

const badges = badgesOf(import.meta.glob('../features/*/badge.ts', { eager: true }));

/** The menu as this person sees it, with what waits behind its lines. */
export function useNavigation() {
  const router = useRouter();
  const opens = useOpens();
  const { locale } = useI18n();
  const badgeOf = badges();
  return computed(() => {
    void locale.value;
    return menuOf(features, router, opens)
      .map(badgeOf)
      .filter(({ passing, badge }) => !passing || badge);
  });
}
