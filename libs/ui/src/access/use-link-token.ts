import { useRoute } from 'vue-router';

/** The token of a link from an e-mail. It stands behind the `#`, which no server sees. */
export function useLinkToken(): string {
  return new URLSearchParams(useRoute().hash.slice(1)).get('token') ?? '';
}
