import { createHash } from 'node:crypto';

/**
 * Names what somebody was shown of a price, so that whoever confirms it pays that and nothing else: it is reckoned again, and the
 * names are compared. It is no secret.
 */
export function priceToken(shown: object): string {
  const plain = JSON.stringify(shown, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return createHash('sha256').update(plain).digest('base64url').slice(0, 32);
}
