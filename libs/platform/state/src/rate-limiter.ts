/** A fixed window, with a block after it where there is a penalty. */
export interface RateLimit {
  /** Points that a window allows. */
  limit: number;
  windowSeconds: number;
  /**
   * Seconds that a key stays refused once it went past the limit; at least the rest of its window. With 0 going past it has
   * no consequence but the refusal.
   */
  blockSeconds: number;
}

export interface RateLimitResult {
  allowed: boolean;
  /** Points left in this window. */
  remaining: number;
  /** Whole seconds until the key is free again; 0 while it is allowed. */
  retryAfterSeconds: number;
}

/** Counts attempts across all processes. Keys may name people or addresses: they are stored as digests only. */
export abstract class RateLimiter {
  /** Takes one point of `key`. Of any number of callers at once, exactly `limit` are allowed. */
  abstract consume(key: string, limit: RateLimit): Promise<RateLimitResult>;

  /**
   * Takes points of several keys that have limits of their own and no block, in one step: of all of them, or of none where
   * one refuses.
   */
  abstract consumeEach(
    limits: Readonly<Record<string, number>>,
    windowSeconds: number,
    points: number,
  ): Promise<Omit<RateLimitResult, 'remaining'>>;

  /** Whether another point of `key` would be refused; takes none. */
  abstract check(key: string, limit: RateLimit): Promise<Omit<RateLimitResult, 'remaining'>>;

  /** Gives back the points of an attempt that shall not count after all; not to a key that is blocked. */
  abstract giveBack(keys: readonly string[], points?: number): Promise<void>;

  /** Forgets what was counted for `key`, and its block. */
  abstract clear(key: string): Promise<void>;
}
