import { h, ref, watch, type Component } from 'vue';
import { useRoute } from 'vue-router';
import { ApiError } from '../api/api-error.js';

const tokenOf = (hash: string) => new URLSearchParams(hash.slice(1)).get('token') ?? '';

/** The token of a link from an e-mail, read once: `perLink` begins a page anew with another. It stands behind the `#`, which no server sees. */
export function useLinkToken(): string {
  return tokenOf(useRoute().hash);
}

/**
 * A page that a link of an e-mail leads to. A newer link that is opened in the same tab changes nothing but what stands behind
 * the `#`: the page begins anew with it, and keeps nothing of the former. Each of them is a module of its own, which the routes
 * load, so that first pages carry nothing of it.
 */
export const perLink = (page: Component): Component => ({
  setup() {
    const route = useRoute();
    const { name } = route;
    const key = ref(`${route.path}#${tokenOf(route.hash)}`);
    watch(
      () => [route.path, tokenOf(route.hash)],
      ([path, token], [before]) => {
        // What stands behind the `#` may also name a part of the page.
        if (route.name === name && (token || path !== before)) key.value = `${path}#${token}`;
      },
    );
    return () => h(page, { key: key.value });
  },
});

/** Why a link no longer does what it was sent for: it has done so, or it is too old, replaced or no link at all. */
export type SpentLink = 'used' | 'dead';

/** What a refusal says of the link. */
export function spentLink(error: unknown): SpentLink | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return error.code === 'token_used' ? 'used' : error.code === 'token_invalid' ? 'dead' : undefined;
}
