import type { ApiError } from './api-error.js';

/** More than any page has under way. */
const MOST_OPEN = 50;

interface Change {
  path: string;
  body?: unknown;
}

/**
 * Idempotency keys of changes whose fate is unknown, because the answer got lost. Whoever presses the button again
 * sends the same change with the same key, and the API does not do it twice. They live as long as the page.
 */
export class OpenAttempts {
  private readonly keys = new Map<string, string>();

  /** The key of a change: that of an earlier attempt at the very same, else a new one. */
  keyOf(change: Change): string {
    const name = nameOf(change);
    const key = this.keys.get(name) ?? newKey();
    this.keys.set(name, key);
    if (this.keys.size > MOST_OPEN) this.keys.delete(this.keys.keys().next().value!);
    return key;
  }

  /** What the API answered by itself is settled: the same again is then another change. */
  settle(change: Change, error?: ApiError): void {
    const unknown = error && (error.status === 0 || error.status >= 500 || error.code === 'idempotency_in_progress');
    if (!unknown) this.keys.delete(nameOf(change));
  }
}

const nameOf = ({ path, body }: Change) => `${path}\n${JSON.stringify(body)}`;

/** 128 random bits; `crypto.randomUUID` is missing where a page is served without TLS. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
