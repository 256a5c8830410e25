import { Injectable } from '@nestjs/common';
import QuickLRU from 'quick-lru';
import { AppConfig } from '@balcao/platform-config';
import { DomainError } from '@balcao/platform-errors';
import { RateLimiter } from '@balcao/platform-state';
import type { Principal } from '@balcao/platform-tenancy';
import type { BalcaoRouteConfig } from './access-rule.js';

/** Times what one person may write. */
const TIMES = { person: 1, account: 5, side: 50 } as const;
const DAY_SECONDS = 86_400;
const MOST_REMEMBERED = 10_000;

const WRITING = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Whose share of something a person takes of: their own, that of the people of their account, and that of all customers of
 * the organization, or of all its staff. Operators are the installation's own and have none.
 */
export function sharesOf(principal: Principal): [key: string, whose: keyof typeof TIMES][] {
  const { audience, user } = principal;
  if (audience === 'operator') return [];
  const account = audience === 'portal' ? [[principal.billingAccount.id, 'account'] as [string, 'account']] : [];
  return [[user.id, 'person'], ...account, [`${principal.organization.id}|${audience}`, 'side']];
}

/** How many requests of a route count as. What only takes away, or only answers, leaves nothing behind. */
export function writesOf(method: string, { writes = 1, storesNothing }: BalcaoRouteConfig): number {
  return WRITING.has(method) && !storesNothing ? writes : 0;
}

/**
 * Bounds what a tenant can make the database hold: what somebody who is signed in keeps, with its row in the audit, its
 * event and its mails, comes of a request that counts here before it is looked at. Signing in, or failing to, leaves rows in
 * the audit too, which the limits of sign-in bound instead. Of customers and of staff it is counted apart, and who is refused
 * takes nothing, neither of their own nor from those around them, so that neither one person nor one account keeps others
 * from writing. Operators are the installation's own.
 *
 * A process takes a hundredth of a limit from the shared count at once and spends it from memory, so that most writes wait for
 * no statement: a process that ends takes so much of it along.
 */
@Injectable()
export class DailyWrites {
  /** What this process has taken of a key and not spent yet. */
  private readonly taken = new QuickLRU<string, number>({ maxSize: MOST_REMEMBERED });
  private readonly taking = new Set<string>();

  constructor(
    private readonly config: AppConfig,
    private readonly limiter: RateLimiter,
  ) {}

  /** @throws DomainError daily_limit_reached with the seconds until the day is over */
  async spend(principal: Principal, count: number): Promise<void> {
    if (count === 0) return;
    const spent: string[] = [];
    try {
      for (const [key, whose] of sharesOf(principal)) {
        await this.take(key, this.config.writesPerDay * TIMES[whose], count);
        spent.push(key);
      }
    } catch (error) {
      for (const key of spent) this.put(key, count);
      throw error;
    }
  }

  private async take(key: string, limit: number, count: number): Promise<void> {
    const left = this.taken.get(key) ?? 0;
    if (left >= count) return this.put(key, -count);
    // One at a time takes more than it needs; and of what is left at last nobody does.
    const alone = !this.taking.has(key);
    const ample = alone ? Math.max(count, Math.floor(limit / 100)) : count;
    this.taking.add(key);
    try {
      const first = await this.consume(key, limit, ample);
      const result = first.allowed || ample === count ? first : await this.consume(key, limit, count);
      if (!result.allowed)
        throw new DomainError('daily_limit_reached', { retryAfterSeconds: result.retryAfterSeconds });
      if (first.allowed) this.put(key, ample - count);
    } finally {
      if (alone) this.taking.delete(key);
    }
  }

  private consume(key: string, limit: number, points: number) {
    return this.limiter.consumeEach({ [`writes|${key}`]: limit }, DAY_SECONDS, points);
  }

  private put(key: string, points: number): void {
    this.taken.set(key, (this.taken.get(key) ?? 0) + points);
  }
}
