import { menuOf, type MenuBadge } from '@balcao/ui';
import { computed, type ComputedRef } from 'vue';
import { useRouter } from 'vue-router';
import { useFeatures } from '../features.js';
import { useSessionStore } from '../stores/session.js';

const badges = Object.values(
  import.meta.glob<{ page: string; useBadge: () => ComputedRef<MenuBadge | undefined> }>('../features/*/badge.ts', {
    eager: true,
  }),
);

/** The menu as this person sees it: what is switched off or not allowed is not there, and what waits for them is told. */
export function useNavigation() {
  const features = useFeatures();
  const router = useRouter();
  const session = useSessionStore();
  const waiting = badges.map(({ page, useBadge }) => ({ page, badge: useBadge() }));
  const badgeOf = (name: string) => waiting.find(({ page }) => page === name)?.badge.value;
  return computed(() =>
    menuOf(features, router, session.opens).map((line) => ({ ...line, badge: badgeOf(line.page) })),
  );
}
