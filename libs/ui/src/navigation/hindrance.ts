import { shallowRef } from 'vue';
import type { Router } from 'vue-router';
import { ApiError } from '../api/api-error.js';

/** Why the page that was asked for cannot be shown, and what asks for it again. */
export interface Hindrance {
  error: unknown;
  retry: () => Promise<unknown>;
}

/** Of the navigation that failed last, until one succeeds; an application shows `UnavailablePage` for it. */
export const hindrance = shallowRef<Hindrance>();

/** Notes what hinders a page: the API does not say who is signed in, or there is no page yet to stay on. */
export function installHindrance(router: Router): void {
  router.onError((error, to, from) => {
    if (from.matched.length > 0 && !(error instanceof ApiError)) return;
    const { fullPath } = to.redirectedFrom ?? to;
    hindrance.value = { error, retry: () => router.replace(fullPath).catch(() => {}) };
  });
  router.afterEach((_to, _from, failure) => {
    if (!failure) hindrance.value = undefined;
  });
}
