import { Injectable } from '@nestjs/common';
import { DomainError } from '@balcao/platform-errors';
import { RateLimiter } from '@balcao/platform-state';
import type { OrganizationContext } from '@balcao/platform-tenancy';

const HOUR = 60 * 60;
const DAY = 24 * HOUR;
/** Mails to one address in a day, by one account or by staff: strangers' mailboxes are no place to knock at. */
const TO_A_RECIPIENT = 5;
/** And by all accounts together: an organization makes as many of them as it likes. */
const OF_ACCOUNTS_TO_A_RECIPIENT = 10;
/** Mails that the people of one account may cause in an hour. */
const OF_AN_ACCOUNT = 60;
/** Mails in a day of all customers of an organization, or of its staff: ten full lists. */
const OF_A_SIDE = 2_000;

/**
 * Bounds the mails to people without an account: invitations by customers, staff and operators. What customers send is
 * counted apart from what staff send, so that they take nothing from them, nor one account from another to an address. All
 * other mails to people whose address nobody has proved are bounded where they leave.
 */
@Injectable()
export class InvitationLimits {
  constructor(private readonly limiter: RateLimiter) {}

  /**
   * Whether staff may send so many mails today, asked before any is written; takes none.
   * @throws DomainError rate_limited with the seconds to wait
   */
  async requireRoom({ organizationId }: OrganizationContext, mails: number): Promise<void> {
    const limit = { limit: OF_A_SIDE - mails + 1, windowSeconds: DAY, blockSeconds: 0 };
    const { allowed, retryAfterSeconds } = await this.limiter.check(`invitation-of|${organizationId}|staff`, limit);
    if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
  }

  /**
   * Counts a mail to each address for work that sends them; work that is refused sends none, and none are counted.
   * @throws DomainError rate_limited with the seconds to wait, and whatever `work` throws
   */
  async counting<Result>(
    { organizationId, scope }: OrganizationContext,
    recipients: readonly string[],
    work: () => Promise<Result>,
  ): Promise<Result> {
    const account = scope.kind === 'account' ? scope.billingAccountId : undefined;
    const taken: { keys: string[]; points: number }[] = [];
    const take = async (limit: number, windowSeconds: number, points: number, keys: string[]) => {
      const limits = Object.fromEntries(keys.map((key) => [key, limit]));
      const { allowed, retryAfterSeconds } = await this.limiter.consumeEach(limits, windowSeconds, points);
      if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
      taken.push({ keys: Object.keys(limits), points });
    };
    const sender = `${organizationId}|${account ?? 'staff'}`;
    const addressed = recipients.map((email) => `invitation-to|${sender}|${email}`);
    try {
      if (account) await take(OF_AN_ACCOUNT, HOUR, recipients.length, [`invitation|${sender}`]);
      await take(TO_A_RECIPIENT, DAY, 1, addressed);
      const byAccounts = recipients.map((email) => `invitation-to|${organizationId}|accounts|${email}`);
      if (account) await take(OF_ACCOUNTS_TO_A_RECIPIENT, DAY, 1, byAccounts);
      const side = account ? 'portal' : 'staff';
      await take(OF_A_SIDE, DAY, recipients.length, [`invitation-of|${organizationId}|${side}`]);
      return await work();
    } catch (error) {
      for (const { keys, points } of taken) await this.limiter.giveBack(keys, points);
      throw error;
    }
  }
}
