import { useRoute } from 'vue-router';
import { ApiError } from '../api/api-error.js';

/** The token of a link from an e-mail. It stands behind the `#`, which no server sees. */
export function useLinkToken(): string {
  return new URLSearchParams(useRoute().hash.slice(1)).get('token') ?? '';
}

/** Why a link no longer does what it was sent for: it has done so, or it is too old, replaced or no link at all. */
export type SpentLink = 'used' | 'dead';

/** What a refusal says of the link. */
export function spentLink(error: unknown): SpentLink | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return error.code === 'token_used' ? 'used' : error.code === 'token_invalid' ? 'dead' : undefined;
}
