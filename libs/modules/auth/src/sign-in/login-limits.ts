import { Injectable } from '@nestjs/common';
import { DomainError } from '@balcao/platform-errors';
import { RateLimiter, networkOf, type RateLimit } from '@balcao/platform-state';
import type { LockSubject } from './lockout.js';

const MINUTE = 60;

/** S3.27–29: so many in a window, then blocked for a while. */
const LIMITS = {
  login: { limit: 10, windowSeconds: 5 * MINUTE, blockSeconds: 15 * MINUTE },
  forgot: { limit: 5, windowSeconds: 15 * MINUTE, blockSeconds: 30 * MINUTE },
  reset: { limit: 10, windowSeconds: 15 * MINUTE, blockSeconds: 30 * MINUTE },
} as const satisfies Record<string, RateLimit>;

export type LimitedAction = keyof typeof LIMITS;

/**
 * Limits per address and per account (S3.30), each on its own. Nobody chooses another's key: an account is counted for
 * strangers and for each device that it knows apart.
 */
@Injectable()
export class LoginLimits {
  constructor(private readonly limiter: RateLimiter) {}

  /** Counts one request of an address. @throws DomainError rate_limited with the seconds to wait (S3.31) */
  async spend(action: LimitedAction, purpose: string, ip: string): Promise<void> {
    refuseUnless(await this.limiter.consume(addressKey(action, purpose, ip), LIMITS[action]));
  }

  /** Whether an address may try; counts nothing. @throws DomainError rate_limited */
  async requireFree(action: LimitedAction, purpose: string, ip: string): Promise<void> {
    refuseUnless(await this.limiter.check(addressKey(action, purpose, ip), LIMITS[action]));
  }

  /** Counts a failure of an address: those who get it right, however many behind one address, are never counted. */
  async countFailure(action: LimitedAction, purpose: string, ip: string): Promise<void> {
    await this.limiter.consume(addressKey(action, purpose, ip), LIMITS[action]);
  }

  /** Counts one attempt at an account. @returns the refusal, where it was one too many */
  async spendAccount(action: LimitedAction, subject: LockSubject): Promise<DomainError | undefined> {
    return refusalOf(await this.limiter.consume(accountKey(action, subject), LIMITS[action]));
  }

  /** The attempt does not count after all. */
  giveBackAccount(action: LimitedAction, subject: LockSubject): Promise<void> {
    return this.limiter.giveBack(accountKey(action, subject));
  }

  /** A successful sign-in clears the account's counter, never the address's (S3.32). */
  clearAccount(action: LimitedAction, subject: LockSubject): Promise<void> {
    return this.limiter.clear(accountKey(action, subject));
  }

  /** At most once a minute for one account, so that a storm of wrong passwords leaves a row a minute. */
  async isFirstOfMinute(subject: LockSubject): Promise<boolean> {
    const once = { limit: 1, windowSeconds: MINUTE, blockSeconds: 0 };
    return (await this.limiter.consume(keyOf('noted', accountKey('login', subject)), once)).allowed;
  }
}

const keyOf = (...parts: (string | null)[]) => JSON.stringify(parts);
const addressKey = (action: LimitedAction, purpose: string, ip: string) => keyOf(action, purpose, 'ip', networkOf(ip));
const accountKey = (action: LimitedAction, { realm, organizationId, who, deviceId = '' }: LockSubject) =>
  keyOf(action, realm, 'account', organizationId, who, deviceId);

function refusalOf(result: { allowed: boolean; retryAfterSeconds: number }): DomainError | undefined {
  return result.allowed ? undefined : new DomainError('rate_limited', { retryAfterSeconds: result.retryAfterSeconds });
}

function refuseUnless(result: { allowed: boolean; retryAfterSeconds: number }): void {
  const refusal = refusalOf(result);
  if (refusal) throw refusal;
}
