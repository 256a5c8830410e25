import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AppConfig } from '@balcao/platform-config';
import { DomainError } from '@balcao/platform-errors';
import { countedPlaces } from '@balcao/platform-state';

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
    const limit = this.config.requestsPerMinute;
    const secondsLeft = Math.ceil((this.windowEndsAt - now) / 1_000);
    // What is left of whichever place has the least.
    const left = countedPlaces(ip).map(({ place, times }) => Math.floor(limit - this.count(place) / times));
    const remaining = Math.min(...left);
    reply.header('ratelimit-limit', limit);
    reply.header('ratelimit-remaining', Math.max(0, remaining));
    reply.header('ratelimit-reset', secondsLeft);
    if (remaining < 0) throw new DomainError('rate_limited', { retryAfterSeconds: secondsLeft });
  }

  private count(place: string): number {
    const count = (this.spent.get(place) ?? 0) + 1;
    // Whoever was seen last stands last, so that what makes room is whom nobody has seen for longest.
    this.spent.delete(place);
    this.spent.set(place, count);
    if (this.spent.size > MOST_NETWORKS) this.spent.delete(this.spent.keys().next().value!);
    return count;
  }
}
