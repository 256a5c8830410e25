import { shallowRef } from 'vue';
import type { Router } from 'vue-router';
import { ApiError } from '../api/api-error.js';

/** What the API did not say that a page cannot be shown without, and what asks for it again. */
export interface Hindrance {
  error: unknown;
  retry: () => Promise<unknown>;
}

/** Of the navigation that failed last, until one succeeds; an application shows `UnavailablePage` for it. */
export const hindrance = shallowRef<Hindrance>();

/** Notes what hinders a page. Where its code does not come, others say so: `reloadWhenStale`, `mountWithFirstPage`. */
export function installHindrance(router: Router): void {
  router.onError((error, to) => {
    if (!(error instanceof ApiError)) return;
    const { fullPath } = to.redirectedFrom ?? to;
    hindrance.value = { error, retry: () => router.replace(fullPath).catch(() => {}) };
  });
  router.afterEach((_to, _from, failure) => {
    if (!failure) hindrance.value = undefined;
  });
}
