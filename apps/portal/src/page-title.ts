import { toValue, watchEffect, type MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute } from 'vue-router';
import { usePortalStore } from './stores/portal.js';

/** Names the browser's tab: the page, then the organization. */
export function usePageTitle(title: MaybeRefOrGetter<string | undefined>): void {
  const portal = usePortalStore();
  watchEffect(() => {
    document.title = [toValue(title), portal.name].filter(Boolean).join(' · ');
  });
}

/** Names the tab after the route; a page whose title is data has none in its route and calls `usePageTitle`. */
export function useRouteTitle(): void {
  const route = useRoute();
  const portal = usePortalStore();
  const { t } = useI18n();
  watchEffect(() => {
    if (route.meta.title) document.title = `${t(route.meta.title)} · ${portal.name}`;
  });
}
