import { Injectable } from '@nestjs/common';
import { DomainError } from '@balcao/platform-errors';
import { RateLimiter, networkOf, type RateLimit } from '@balcao/platform-state';
import type { LockSubject } from './lockout.js';

const MINUTE = 60;

/** So many in a window, then blocked for a while. */
const LIMITS = {
  login: { limit: 10, windowSeconds: 5 * MINUTE, blockSeconds: 15 * MINUTE },
  forgot: { limit: 5, windowSeconds: 15 * MINUTE, blockSeconds: 30 * MINUTE },
  reset: { limit: 10, windowSeconds: 15 * MINUTE, blockSeconds: 30 * MINUTE },
} as const satisfies Record<string, RateLimit>;

export type LimitedAction = keyof typeof LIMITS;

/** What all networks of one site together may, in the same window: who has a whole /48 is no 65,536 strangers. */
const ofSite = ({ limit, windowSeconds }: RateLimit): RateLimit => ({
  limit: 5 * limit,
  windowSeconds,
  blockSeconds: 0,
});

/**
 * Failures of strangers at one organization that make an attack. It refuses nobody by itself, or strangers could keep
 * everybody out: while it lasts, each network may only fail less often.
 */
const ATTACK: RateLimit = { limit: 200, windowSeconds: 5 * MINUTE, blockSeconds: 0 };
const WHILE_ATTACKED: RateLimit = { ...LIMITS.login, limit: 3, blockSeconds: 0 };

/** From where strangers try to sign in, and at which organizations. */
export interface Approach {
  realm: string;
  ip: string;
  organizationIds: readonly (string | null)[];
}

/**
 * Limits per address and per account, each on its own. Nobody chooses another's key: an account is counted for
 * strangers and for each device that it knows apart.
 */
@Injectable()
export class LoginLimits {
  constructor(private readonly limiter: RateLimiter) {}

  /** Counts one request of an address. @throws DomainError rate_limited with the seconds to wait */
  async spend(action: LimitedAction, purpose: string, ip: string): Promise<void> {
    for (const { key, limit } of countersOf(action, purpose, ip)) {
      const refusal = refusalOf(await this.limiter.consume(key, limit));
      if (refusal) throw refusal;
    }
  }

  /** What keeps strangers from trying to sign in from an address; counts nothing. Known devices are not asked. */
  async refusalOf({ realm, ip, organizationIds }: Approach): Promise<DomainError | undefined> {
    const organizations = organizationIds.map((id) => this.limiter.check(attackKey(realm, id), ATTACK));
    const attacked = (await Promise.all(organizations)).some(({ allowed }) => !allowed);
    const networks = countersOf('login', realm, ip, attacked ? WHILE_ATTACKED : LIMITS.login);
    const results = await Promise.all(networks.map(({ key, limit }) => this.limiter.check(key, limit)));
    return results.map(refusalOf).find((refusal) => refusal);
  }

  /** Counts a failed sign-in: those who get it right, however many behind one address, are never counted. */
  async countFailure({ realm, ip, organizationIds }: Approach): Promise<void> {
    await Promise.all([
      ...countersOf('login', realm, ip).map(({ key, limit }) => this.limiter.consume(key, limit)),
      ...organizationIds.map((id) => this.limiter.consume(attackKey(realm, id), ATTACK)),
    ]);
  }

  /** Counts one attempt at an account. @returns the refusal, where it was one too many */
  async spendAccount(action: LimitedAction, subject: LockSubject): Promise<DomainError | undefined> {
    return refusalOf(await this.limiter.consume(accountKey(action, subject), LIMITS[action]));
  }

  /** The attempt does not count after all. */
  giveBackAccount(action: LimitedAction, subject: LockSubject): Promise<void> {
    return this.limiter.giveBack(accountKey(action, subject));
  }

  /** A successful sign-in clears the account's counter, never the address's. */
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
const attackKey = (realm: string, organizationId: string | null) => keyOf('attack', realm, organizationId);
const accountKey = (action: LimitedAction, { realm, organizationId, who, deviceId = '' }: LockSubject) =>
  keyOf(action, realm, 'account', organizationId, who, deviceId);

function refusalOf(result: { allowed: boolean; retryAfterSeconds: number }): DomainError | undefined {
  return result.allowed ? undefined : new DomainError('rate_limited', { retryAfterSeconds: result.retryAfterSeconds });
}

/** The counters of an address: of its network, and of the site where that holds many. */
function countersOf(action: LimitedAction, purpose: string, ip: string, limit: RateLimit = LIMITS[action]) {
  const [network, site] = [networkOf(ip), networkOf(ip, 48)];
  const counter = (place: string, of: RateLimit) => ({ key: keyOf(action, purpose, 'ip', place), limit: of });
  return [counter(network, limit), ...(site === network ? [] : [counter(site, ofSite(LIMITS[action]))])];
}
