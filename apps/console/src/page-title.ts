import { toValue, watchEffect, type MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute } from 'vue-router';
import { useSessionStore } from './stores/session.js';

/** Names the browser's tab: the page, then the organization. */
export function usePageTitle(title: MaybeRefOrGetter<string | undefined>): void {
  const session = useSessionStore();
  watchEffect(() => {
    document.title = [toValue(title), session.me?.organization.name ?? 'Balcão'].filter(Boolean).join(' · ');
  });
}

/** Names the tab after the route; a page whose title is data has none in its route and calls `usePageTitle`. */
export function useRouteTitle(): void {
  const route = useRoute();
  const session = useSessionStore();
  const { t } = useI18n();
  watchEffect(() => {
    if (route.meta.title) document.title = `${t(route.meta.title)} · ${session.me?.organization.name ?? 'Balcão'}`;
  });
}
