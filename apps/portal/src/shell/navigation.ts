import { badgesOf, menuOf } from '@balcao/ui';
import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { useFeatures } from '../features.js';
import { useSessionStore } from '../stores/session.js';

const badges = badgesOf(import.meta.glob('../features/*/badge.ts', { eager: true }));

/** The menu as this person sees it: what is switched off or not allowed is not there, and what waits for them is told. */
export function useNavigation() {
  const features = useFeatures();
  const router = useRouter();
  const session = useSessionStore();
  const badgeOf = badges();
  return computed(() => menuOf(features, router, session.opens).map(badgeOf));
}
