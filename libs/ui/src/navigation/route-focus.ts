import { nextTick } from 'vue';
import type { Router } from 'vue-router';

let waiting = false;

/**
 * Moves the focus to the page's `h1` after each navigation, so that a screen reader says where one is. A change of
 * the query alone (a filter, a page) leaves the focus where it is.
 */
export function installRouteFocus(router: Router): void {
  router.afterEach(async (to, from, failure) => {
    if (failure || from.matched.length === 0 || to.path === from.path) return;
    await nextTick();
    const heading = document.querySelector<HTMLElement>('main h1');
    waiting = !heading;
    heading?.focus({ preventScroll: true });
  });
}

/** Called by `PageHeader` when it appears: takes the focus if a navigation found no heading yet. */
export function claimRouteFocus(heading: HTMLElement | null): void {
  if (!waiting || !heading) return;
  waiting = false;
  heading.focus({ preventScroll: true });
}
