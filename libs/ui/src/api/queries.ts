import { computed, onUnmounted, provide, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue';
import { ApiError } from './api-error.js';

const FRESH = 15_000;
const RETRIES = 2;

/** How server state is kept: fresh as long as the API's own caching says, asked for again only where that may help. */
export const QUERY_DEFAULTS = {
  staleTime: FRESH,
  retry: (count: number, error: unknown): boolean => count < RETRIES && mayPass(error),
};

const mayPass = (error: unknown) => error instanceof ApiError && (error.status === 0 || error.status >= 500);

/** Makes keys of server state that begin with its owner, so that nothing of one is ever shown to another. */
export const keysOf =
  (owner: MaybeRefOrGetter<string | undefined>) =>
  (...parts: MaybeRefOrGetter<unknown>[]): ComputedRef<readonly unknown[]> =>
    computed(() => [toValue(owner), ...parts.map((part) => toValue(part))]);

/** A store of server state, as vue-query has it. */
interface QueryStore {
  mount(): void;
  unmount(): void;
  clear(): void;
}

/**
 * Offers server state to the pages of a layout; what was fetched for one person is forgotten with it: after the pages are
 * gone, since what a page lets go of is kept for minutes.
 */
export function provideQueries(key: string, store: QueryStore): void {
  provide(key, store);
  store.mount();
  onUnmounted(() => {
    store.clear();
    store.unmount();
  });
}
