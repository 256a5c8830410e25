import { Injectable } from '@nestjs/common';
import { DomainError } from '@balcao/platform-errors';
import { RateLimiter, countedPlaces, networkOf, type RateLimit } from '@balcao/platform-state';
import { FairQueues } from '@balcao/platform-threads/fair-queue';
import type { RealmName } from './realm.js';

/** What wrong passwords are counted for: an account, from a device that signed in before or from strangers, or a name. */
export interface LockSubject {
  realm: RealmName;
  /** 'any' for a name that was typed without an organization; null where there is none. */
  organizationId: string | null;
  /** The account's id, or a name as `nameSubject` writes it. */
  who: string;
  deviceId?: string;
}

const MINUTE = 60;

/** So many in a window, then blocked for a while. */
const LIMITS = {
  login: { limit: 10, windowSeconds: 5 * MINUTE, blockSeconds: 15 * MINUTE },
  /** Right ones: of a person's sessions a hundred are kept, so that more have no use. */
  entry: { limit: 30, windowSeconds: 5 * MINUTE, blockSeconds: 0 },
  forgot: { limit: 5, windowSeconds: 15 * MINUTE, blockSeconds: 30 * MINUTE },
  reset: { limit: 10, windowSeconds: 15 * MINUTE, blockSeconds: 30 * MINUTE },
} as const satisfies Record<string, RateLimit>;

export type LimitedAction = keyof typeof LIMITS;

/**
 * Failures of strangers at one organization, or where none is named, that make an attack. It refuses nobody by itself, or
 * strangers could keep everybody out: while it lasts, each network may only fail less often.
 */
const ATTACK: RateLimit = { limit: 200, windowSeconds: 5 * MINUTE, blockSeconds: 0 };
const WHILE_ATTACKED: RateLimit = { ...LIMITS.login, limit: 3, blockSeconds: 0 };

/** Passwords of an organization's own making, held against others' accounts: about as many as lock one of these. */
const ELSEWHERE = { limit: 10, windowSeconds: 60 * MINUTE };

/**
 * Sign-ins of one account at once in a process, and those that wait for them: all write the same rows, and whoever waits
 * for a row keeps a connection from everybody else.
 */
const AT_ONCE = { concurrency: 2, mostWaitingInLane: 64, mostWaiting: 64 };

/** From where somebody tries to sign in, and at which organization: 'any' where none is named, null where there is none. */
export interface Approach {
  realm: string;
  ip: string;
  organizationId: string | null;
}

/**
 * Limits per address and per account, each on its own. Nobody chooses another's key: an account is counted for
 * strangers and for each device that it knows apart, and a name by what was typed alone.
 */
@Injectable()
export class LoginLimits {
  private readonly entries = new FairQueues(AT_ONCE);

  constructor(private readonly limiter: RateLimiter) {}

  /** Counts one request of an address. @throws DomainError rate_limited with the seconds to wait */
  async spend(action: LimitedAction, purpose: string, ip: string): Promise<void> {
    for (const { key, limit } of countersOf(action, purpose, ip)) {
      const refusal = refusalOf(await this.limiter.consume(key, limit));
      if (refusal) throw refusal;
    }
  }

  /** What keeps strangers from trying to sign in from an address; counts nothing. Known devices are not asked. */
  async refusalOf({ realm, ip, organizationId }: Approach): Promise<DomainError | undefined> {
    const { allowed } = await this.limiter.check(attackKey(realm, organizationId), ATTACK);
    const networks = countersOf('login', realm, ip, allowed ? LIMITS.login : WHILE_ATTACKED);
    const results = await Promise.all(networks.map(({ key, limit }) => this.limiter.check(key, limit)));
    return results.map(refusalOf).find((refusal) => refusal);
  }

  /** Counts a failed sign-in: those who get it right, however many behind one address, are never counted. */
  async countFailure({ realm, ip, organizationId }: Approach): Promise<void> {
    await Promise.all([
      ...countersOf('login', realm, ip).map(({ key, limit }) => this.limiter.consume(key, limit)),
      this.limiter.consume(attackKey(realm, organizationId), ATTACK),
    ]);
  }

  /**
   * Does `work` in the turn of an account or a name, where it was not signed in to too often. Who gets it right says so
   * by `spendAccount('entry')`: nobody else can use that up.
   * @throws DomainError rate_limited, service_unavailable
   */
  inTurn<Result>(subject: LockSubject, ip: string, work: () => Promise<Result>): Promise<Result> {
    const key = accountKey('entry', subject);
    return this.entries.run(key, networkOf(ip, 48), async () => {
      const refusal = refusalOf(await this.limiter.check(key, LIMITS.entry));
      if (refusal) throw refusal;
      return work();
    });
  }

  /**
   * Counts one password of an organization's own making that was held against accounts of others, for the organization
   * and for the network.
   * @returns whether anything may depend on what was found there
   */
  async spendElsewhere({ realm, organizationId }: LockSubject, ip: string): Promise<boolean> {
    const { limit, windowSeconds } = ELSEWHERE;
    const networks = countedPlaces(ip).map(({ place, times }) => [
      keyOf('elsewhere', realm, 'ip', place),
      times * limit,
    ]);
    const shares = { [keyOf('elsewhere', realm, organizationId)]: limit, ...Object.fromEntries(networks) };
    return (await this.limiter.consumeEach(shares, windowSeconds, 1)).allowed;
  }

  /** Counts one attempt at an account. @returns the refusal, where it was one too many */
  async spendAccount(action: LimitedAction, subject: LockSubject): Promise<DomainError | undefined> {
    return refusalOf(await this.limiter.consume(accountKey(action, subject), LIMITS[action]));
  }

  /** The attempt does not count after all. */
  giveBackAccount(action: LimitedAction, subject: LockSubject): Promise<void> {
    return this.limiter.giveBack([accountKey(action, subject)]);
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
  return countedPlaces(ip).map(({ place, times }) => ({
    key: keyOf(action, purpose, 'ip', place),
    // A site is not blocked beyond the window, and an attack makes nothing of it less.
    limit: times === 1 ? limit : { ...LIMITS[action], limit: times * LIMITS[action].limit, blockSeconds: 0 },
  }));
}
