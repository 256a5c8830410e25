import { toValue, watchEffect, type MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute } from 'vue-router';

/** Names the browser's tab: the page, then the site. A page without a title leaves the site alone. */
export function useTabTitle(page: MaybeRefOrGetter<string | undefined>, site: MaybeRefOrGetter<string>): void {
  watchEffect(() => {
    document.title = [toValue(page), toValue(site)].filter(Boolean).join(' · ');
  });
}

/** Names the tab after the route; a page whose title is data has none in its route and calls `useTabTitle`. */
export function useRouteTitle(site: MaybeRefOrGetter<string>): void {
  const route = useRoute();
  const { t } = useI18n();
  watchEffect(() => {
    if (route.meta.title) document.title = `${t(route.meta.title)} · ${toValue(site)}`;
  });
}
