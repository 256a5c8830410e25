import { createHmac } from 'node:crypto';
import type { Secrets } from '@balcao/platform-config';
import type { Database } from '@balcao/platform-tenancy';
import { RateLimiter, type RateLimit, type RateLimitResult } from '../rate-limiter.js';
import { interval } from './interval.js';

interface ConsumeRow {
  allowed: boolean;
  remaining: number;
  retry_after_seconds: number;
}

/** Rate limits in PostgreSQL: one statement for each attempt. Keys are HMACs, since addresses are too few for a plain hash. */
export class PostgresRateLimiter extends RateLimiter {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {
    super();
  }

  consume(key: string, { limit, windowSeconds, blockSeconds }: RateLimit): Promise<RateLimitResult> {
    return this.take({ [key]: limit }, windowSeconds, blockSeconds, 1);
  }

  async consumeEach(
    limits: Readonly<Record<string, number>>,
    windowSeconds: number,
    points: number,
  ): Promise<Omit<RateLimitResult, 'remaining'>> {
    const { allowed, retryAfterSeconds } = await this.take(limits, windowSeconds, 0, points);
    return { allowed, retryAfterSeconds };
  }

  async check(key: string, { limit, blockSeconds }: RateLimit): Promise<Omit<RateLimitResult, 'remaining'>> {
    const [row] = await this.database.door<Pick<ConsumeRow, 'retry_after_seconds'>>('state_rate_limit_check', [
      this.digest(key),
      limit,
      interval(blockSeconds * 1_000),
    ]);
    return { allowed: row === undefined, retryAfterSeconds: row?.retry_after_seconds ?? 0 };
  }

  async giveBack(keys: readonly string[], points = 1): Promise<void> {
    await this.database.door('state_rate_limit_return', [keys.map((key) => this.digest(key)), points]);
  }

  async clear(key: string): Promise<void> {
    await this.database.door('state_rate_limit_clear', [this.digest(key)]);
  }

  private async take(
    limits: Readonly<Record<string, number>>,
    windowSeconds: number,
    blockSeconds: number,
    points: number,
  ): Promise<RateLimitResult> {
    const [row] = await this.database.door<ConsumeRow>('state_rate_limit_consume', [
      Object.keys(limits).map((key) => this.digest(key)),
      Object.values(limits),
      interval(windowSeconds * 1_000),
      interval(blockSeconds * 1_000),
      points,
    ]);
    return { allowed: row!.allowed, remaining: row!.remaining, retryAfterSeconds: row!.retry_after_seconds };
  }

  private digest(key: string): string {
    return createHmac('sha256', this.secrets.key('hash-pepper', 'rate-limit')).update(key).digest('base64url');
  }
}
