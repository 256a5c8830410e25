import { Injectable } from '@nestjs/common';
import { DomainError } from '@balcao/platform-errors';
import { RateLimiter, type RateLimit } from '@balcao/platform-state';
import type { OrganizationContext } from '@balcao/platform-tenancy';

/** Mails that the people of one account may cause: strangers' mailboxes are no place to knock at without end. */
const OF_AN_ACCOUNT: RateLimit = { limit: 60, windowSeconds: 60 * 60, blockSeconds: 0 };

/** Bounds the invitation mails that a customer's people ask for. Staff are known by name and are not counted. */
@Injectable()
export class InvitationLimits {
  constructor(private readonly limiter: RateLimiter) {}

  /** Counts so many mails. @throws DomainError rate_limited with the seconds to wait */
  async spend({ actor, organizationId, scope }: OrganizationContext, mails: number): Promise<void> {
    if (actor.type !== 'user' || scope.kind !== 'account') return;
    const key = ['invitation', organizationId, scope.billingAccountId].join('|');
    for (let count = 0; count < mails; count += 1) {
      const { allowed, retryAfterSeconds } = await this.limiter.consume(key, OF_AN_ACCOUNT);
      if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
    }
  }
}
