import type {
  RouteLocationNormalized,
  RouteLocationRaw,
  RouteRecordRaw,
  Router,
  RouterScrollBehavior,
} from 'vue-router';
import { addMessages, type MessageLoader } from '../i18n/i18n.js';
import { installHindrance } from './hindrance.js';
import { installProgress } from './progress.js';
import { installRouteFocus } from './route-focus.js';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title. */
    title?: string;
    /** What of the address behind the `?` says which record the page is about: another one draws other forms. */
    about?: readonly string[];
    /** The feature's texts, loaded before the page shows. */
    messages?: MessageLoader;
  }
}

/**
 * Back to where one was, to the top of a new page, and still where only a filter changed, or on the first page: its readers
 * may have gone on in what the server drew of it.
 */
export const scrollToPage: RouterScrollBehavior = (to, from, saved) =>
  saved ?? (to.path === from.path || from.matched.length === 0 ? false : { top: 0 });

/** Loads the texts of a page, in the language in use. */
export async function loadTexts({ matched }: Pick<RouteLocationNormalized, 'matched'>): Promise<void> {
  await addMessages(...matched.flatMap(({ meta }) => meta.messages ?? []));
}

/**
 * Loads a page's texts before it shows, says meanwhile that it is on its way, and moves the focus to it then. Before an
 * application's own guards: they may wait for the API.
 */
export function installPages(router: Router): void {
  installProgress(router);
  installHindrance(router);
  router.beforeResolve(loadTexts);
  installRouteFocus(router);
}

const missingPage = (name: string, allowed: boolean): RouteRecordRaw => ({
  path: ':path(.*)*',
  name,
  component: () => import('./MissingPage.vue'),
  props: { allowed },
  meta: { title: allowed ? 'ui.missing.title' : 'ui.empty.noAccessTitle' },
});

/** What stands where there is no page, or none for this person. Both have every address; the guard chooses by name. */
export const missingPages = (): RouteRecordRaw[] => [missingPage('not-found', true), missingPage('no-access', false)];

/** Shows one of them at the address that was asked for; `depth` counts the parts before the layout's own. */
export const inPlaceOf = (
  to: RouteLocationNormalized,
  name: 'not-found' | 'no-access',
  depth = 1,
): RouteLocationRaw => ({
  name,
  params: { path: to.path.split('/').slice(depth) },
  query: to.query,
  replace: true,
});
