import { Injectable } from '@nestjs/common';
import { DomainError } from '@balcao/platform-errors';
import { RateLimiter, countedPlaces } from '@balcao/platform-state';
import type { VisitorContext } from './visitor-context.js';

const HOUR = 60 * 60;

/**
 * Of each in an hour. A check code is one of 31^8: who tries as many as a portal allows needs a hundred years for one of a
 * million bills.
 */
const LIMITS = { network: 30, portal: 1_000 };

/** How often anybody may ask whether a paper is genuine; counted before any work is done for it. */
@Injectable()
export class VisitorLimits {
  constructor(private readonly limiter: RateLimiter) {}

  /** @throws DomainError rate_limited with the seconds to wait; then nothing was counted */
  async spend(
    { client, organizationId, portalId }: VisitorContext,
    asked: 'bill-check' | 'proposal-check',
  ): Promise<void> {
    const keyOf = (...parts: string[]) => JSON.stringify([asked, ...parts]);
    const limits = Object.fromEntries([
      ...countedPlaces(client.ip).map(({ place, times }) => [keyOf('ip', place), times * LIMITS.network]),
      [keyOf('portal', portalId ?? organizationId), LIMITS.portal],
    ]) as Record<string, number>;
    const { allowed, retryAfterSeconds } = await this.limiter.consumeEach(limits, HOUR, 1);
    if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
  }
}
