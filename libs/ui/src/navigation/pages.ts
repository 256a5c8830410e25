import type { Router, RouterScrollBehavior } from 'vue-router';
import { addMessages, type MessageLoader } from '../i18n/i18n.js';
import { installRouteFocus } from './route-focus.js';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title. */
    title?: string;
    /** The feature's texts, loaded before the page shows. */
    messages?: MessageLoader;
  }
}

/** Back to where one was, to the top of a new page, and still where only a filter changed. */
export const scrollToPage: RouterScrollBehavior = (to, from, saved) =>
  saved ?? (to.path === from.path ? false : { top: 0 });

/** Loads a page's texts before it shows, and moves the focus to it then. */
export function installPages(router: Router): void {
  router.beforeResolve(async (to) => {
    await addMessages(...to.matched.flatMap(({ meta }) => meta.messages ?? []));
  });
  installRouteFocus(router);
}
