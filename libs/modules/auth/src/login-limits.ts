import { Injectable } from '@nestjs/common';
import { DomainError } from '@balcao/platform-errors';
import { RateLimiter, networkOf, type RateLimit } from '@balcao/platform-state';

const MINUTE = 60;

/** S3.27–29: so many in a window, then blocked for a while. */
const LIMITS = {
  login: { limit: 10, windowSeconds: 5 * MINUTE, blockSeconds: 15 * MINUTE },
  forgot: { limit: 5, windowSeconds: 15 * MINUTE, blockSeconds: 30 * MINUTE },
  reset: { limit: 10, windowSeconds: 15 * MINUTE, blockSeconds: 30 * MINUTE },
} as const satisfies Record<string, RateLimit>;

export type LimitedAction = keyof typeof LIMITS;

/** Limits per address and per account (S3.30), each on its own. */
@Injectable()
export class LoginLimits {
  constructor(private readonly limiter: RateLimiter) {}

  /** Counts one attempt against both. @throws DomainError rate_limited with the seconds to wait (S3.31) */
  async spend(action: LimitedAction, realm: string, ip: string, account?: string): Promise<void> {
    for (const key of [
      keyOf(action, realm, 'ip', networkOf(ip)),
      ...(account ? [keyOf(action, realm, 'account', account)] : []),
    ]) {
      const { allowed, retryAfterSeconds } = await this.limiter.consume(key, LIMITS[action]);
      if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
    }
  }

  /** A successful login clears the account's counter, never the address's (S3.32). */
  clear(action: LimitedAction, realm: string, account: string): Promise<void> {
    return this.limiter.clear(keyOf(action, realm, 'account', account));
  }
}

const keyOf = (...parts: string[]) => parts.join('|');
