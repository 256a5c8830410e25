import { menuOf } from '@balcao/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter, type Router } from 'vue-router';
import { features, useOpens } from './features.js';

/** The menu as this person sees it. */
export function useNavigation() {
  const router = useRouter();
  const opens = useOpens();
  const { locale } = useI18n();
  return computed(() => (locale.value, menuOf(features, router, opens)));
}

/** The page that somebody lands on: the first of their menu, or their own profile where nothing is allowed. */
export const firstPage = (router: Router): string => menuOf(features, router, useOpens())[0]?.page ?? 'profile';
