import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AppConfig } from '@balcao/platform-config';
import { DomainError } from '@balcao/platform-errors';
import { networkOf } from '@balcao/platform-state';

const WINDOW_MS = 60_000;
const MOST_NETWORKS = 50_000;

/**
 * Keeps one address from taking a process for itself: a generous count per minute, held in memory, since it protects
 * this process only. The strict limits of sign-in are the state port's.
 */
@Injectable()
export class RequestBudget {
  private windowEndsAt = 0;
  private spent = new Map<string, number>();

  constructor(private readonly config: AppConfig) {}

  /** Counts a request and tells the client how many are left. @throws DomainError rate_limited */
  spend(ip: string, reply: FastifyReply): void {
    const now = Date.now();
    if (now >= this.windowEndsAt) {
      this.windowEndsAt = now + WINDOW_MS;
      this.spent = new Map();
    }
    const network = networkOf(ip);
    const count = (this.spent.get(network) ?? 0) + 1;
    // Whoever was seen last stands last, so that what makes room is whom nobody has seen for longest.
    this.spent.delete(network);
    this.spent.set(network, count);
    if (this.spent.size > MOST_NETWORKS) this.spent.delete(this.spent.keys().next().value!);
    const limit = this.config.requestsPerMinute;
    const secondsLeft = Math.ceil((this.windowEndsAt - now) / 1_000);
    reply.header('ratelimit-limit', limit);
    reply.header('ratelimit-remaining', Math.max(0, limit - count));
    reply.header('ratelimit-reset', secondsLeft);
    if (count > limit) throw new DomainError('rate_limited', { retryAfterSeconds: secondsLeft });
  }
}
