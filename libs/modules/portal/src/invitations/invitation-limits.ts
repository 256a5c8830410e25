import { Injectable } from '@nestjs/common';
import { DomainError } from '@balcao/platform-errors';
import { RateLimiter, type RateLimit } from '@balcao/platform-state';
import type { OrganizationContext } from '@balcao/platform-tenancy';

const DAY = 24 * 60 * 60;
/** Mails to one address in the name of one organization, whoever asks: strangers' mailboxes are no place to knock at. */
const TO_A_RECIPIENT: RateLimit = { limit: 5, windowSeconds: DAY, blockSeconds: 0 };
/** Mails that the people of one account may cause. */
const OF_AN_ACCOUNT: RateLimit = { limit: 60, windowSeconds: 60 * 60, blockSeconds: 0 };
/** Mails of a whole organization: ten full lists. */
const OF_AN_ORGANIZATION: RateLimit = { limit: 2_000, windowSeconds: DAY, blockSeconds: 0 };

/** Bounds the mails to people without an account: invitations by customers, staff and operators. */
@Injectable()
export class InvitationLimits {
  constructor(private readonly limiter: RateLimiter) {}

  /**
   * Counts a mail to each address for work that sends them; work that is refused sends none, and none are counted.
   * @throws DomainError rate_limited with the seconds to wait, and whatever `work` throws
   */
  async counting<Result>(
    { actor, organizationId, scope }: OrganizationContext,
    recipients: readonly string[],
    work: () => Promise<Result>,
  ): Promise<Result> {
    const taken: string[] = [];
    const take = async (key: string, limit: RateLimit) => {
      const { allowed, retryAfterSeconds } = await this.limiter.consume(key, limit);
      if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
      taken.push(key);
    };
    try {
      for (const email of recipients) {
        if (actor.type === 'user' && scope.kind === 'account')
          await take(`invitation|${organizationId}|${scope.billingAccountId}`, OF_AN_ACCOUNT);
        await take(`invitation-to|${organizationId}|${email}`, TO_A_RECIPIENT);
        await take(`invitation-of|${organizationId}`, OF_AN_ORGANIZATION);
      }
      return await work();
    } catch (error) {
      for (const key of taken) await this.limiter.giveBack(key);
      throw error;
    }
  }
}
