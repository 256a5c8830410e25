import { toValue, watchEffect, type MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute } from 'vue-router';

/** The application's own name, told once. */
let site: MaybeRefOrGetter<string> = '';

const nameTab = (page: string | undefined) => {
  document.title = [page, toValue(site)].filter(Boolean).join(' · ');
};

/** Names the browser's tab: the page, then the site. A page without a title leaves the site alone. */
export function usePageTitle(page: MaybeRefOrGetter<string | undefined>): void {
  watchEffect(() => nameTab(toValue(page)));
}

/** Names the tab after the route; a page whose title is data has none in its route and calls `usePageTitle`. */
export function useRouteTitle(name: MaybeRefOrGetter<string>): void {
  site = name;
  const route = useRoute();
  const { t } = useI18n();
  watchEffect(() => route.meta.title && nameTab(t(route.meta.title)));
}
