import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '@balcao/platform-config';
import { DomainError } from '@balcao/platform-errors';
import { networkOf } from '@balcao/platform-state';

const WINDOW_MS = 60_000;
const MOST_ADDRESSES = 50_000;

/**
 * Keeps one address from taking a process for itself: a generous count per minute, held in memory, since it protects
 * this process only. The strict limits of sign-in are the state port's.
 */
@Injectable()
export class RequestBudget {
  private windowEndsAt = 0;
  private spent = new Map<string, number>();

  constructor(private readonly config: AppConfig) {}

  /** Counts the request and tells the client how many are left. @throws DomainError rate_limited */
  spend(request: FastifyRequest, reply: FastifyReply): void {
    const now = Date.now();
    if (now >= this.windowEndsAt || this.spent.size > MOST_ADDRESSES) {
      this.windowEndsAt = now + WINDOW_MS;
      this.spent = new Map();
    }
    const network = networkOf(request.ip);
    const count = (this.spent.get(network) ?? 0) + 1;
    this.spent.set(network, count);
    const limit = this.config.requestsPerMinute;
    const secondsLeft = Math.ceil((this.windowEndsAt - now) / 1_000);
    reply.header('ratelimit-limit', limit);
    reply.header('ratelimit-remaining', Math.max(0, limit - count));
    reply.header('ratelimit-reset', secondsLeft);
    if (count > limit) throw new DomainError('rate_limited', { retryAfterSeconds: secondsLeft });
  }
}
