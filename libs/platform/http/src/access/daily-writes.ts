import { Injectable } from '@nestjs/common';
import { AppConfig } from '@balcao/platform-config';
import { DomainError } from '@balcao/platform-errors';
import { RateLimiter } from '@balcao/platform-state';
import type { Principal } from '@balcao/platform-tenancy';
import type { BalcaoRouteConfig } from './access-rule.js';

/** Times what one person may write: */
const TIMES = {
  /** the people of one account together, */
  account: 5,
  /** and all customers of an organization, or all of its staff. */
  side: 50,
} as const;
const DAY_SECONDS = 24 * 60 * 60;

const WRITING = new Set(['POST', 'PUT', 'PATCH']);

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
 */
@Injectable()
export class DailyWrites {
  constructor(
    private readonly config: AppConfig,
    private readonly limiter: RateLimiter,
  ) {}

  /** @throws DomainError daily_limit_reached with the seconds until the day is over */
  async spend(principal: Principal, count: number): Promise<void> {
    if (count === 0 || principal.audience === 'operator') return;
    const most = this.config.writesPerDay;
    const keys = { [`writes|${principal.user.id}`]: most };
    if (principal.audience === 'portal') keys[`writes|${principal.billingAccount.id}`] = most * TIMES.account;
    keys[`writes|${principal.organization.id}|${principal.audience}`] = most * TIMES.side;
    const { allowed, retryAfterSeconds } = await this.limiter.consumeEach(keys, DAY_SECONDS, count);
    if (!allowed) throw new DomainError('daily_limit_reached', { retryAfterSeconds });
  }
}
