import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '@balcao/platform-config';
import { DomainError } from '@balcao/platform-errors';
import { countedPlaces } from '@balcao/platform-state';
import { cookieNames } from './cookies.js';

const WINDOW_MS = 60_000;
const MOST_REMEMBERED = 50_000;

/**
 * Keeps one person, or one address without a session, from taking a process for itself: a generous count per minute, held
 * in memory, since it protects this process only. The strict limits of sign-in are the state port's.
 *
 * It is spent before anything is looked up, so a session counts for its person once this process has seen it proven, and
 * for the address until then: what nobody proves costs the address whence it comes, and what is proven is given back to it.
 */
@Injectable()
export class RequestBudget {
  private windowEndsAt = 0;
  /** By person, or by network. */
  private spent = new Recent<number>();
  /** What came from an address with credentials that are not proven yet. */
  private unproven = new Recent<number>();
  /** Whose credentials are. */
  private readonly proven = new Recent<string>();
  private readonly sessionCookies: readonly string[];

  constructor(private readonly config: AppConfig) {
    const audiences = ['portal', 'staff', 'operator'] as const;
    this.sessionCookies = audiences.map((name) => cookieNames(name, config.portalCookiePrefix).session);
  }

  /**
   * Counts a request and tells the client how many are left.
   * @param cost as how many requests it counts for a person; an address, of which anybody may use much, pays one
   * @throws DomainError rate_limited
   */
  spend(request: FastifyRequest, reply: FastifyReply, cost = 1): void {
    if (Date.now() >= this.windowEndsAt) {
      this.windowEndsAt = Date.now() + WINDOW_MS;
      this.spent = new Recent();
      this.unproven = new Recent();
    }
    const offered = this.offered(request);
    const person = offered && this.proven.get(offered);
    if (person) return this.charge([{ place: person, times: 1 }], cost, reply);
    if (offered) this.unproven.add(from(request, offered), 1);
    this.charge(countedPlaces(request.ip), 1, reply);
  }

  /** What came with these credentials so far is the person's, and what is to come. @throws DomainError rate_limited */
  prove(request: FastifyRequest, personId: string, reply: FastifyReply, cost = 1): void {
    const offered = this.offered(request);
    if (!offered) return;
    this.proven.put(offered, personId);
    const before = from(request, offered);
    const count = this.unproven.get(before);
    if (count === undefined) return;
    this.unproven.delete(before);
    // Before anything is given back: whoever is over costs the address whatever is looked up for them.
    this.charge([{ place: personId, times: 1 }], count - 1 + cost, reply);
    for (const { place } of countedPlaces(request.ip)) this.spent.add(place, -count);
  }

  /** They are worth nothing any more, or to this route, so that the next such request is the address's again. */
  disprove(request: FastifyRequest): void {
    this.proven.delete(this.offered(request) ?? '');
  }

  /** All that a request offers to prove who sends it, as a digest: no token is kept. */
  private offered({ headers, cookies }: FastifyRequest): string | undefined {
    const tokens = [headers.authorization, ...this.sessionCookies.map((name) => cookies[name])];
    return tokens.some(Boolean) ? hash('sha256', JSON.stringify(tokens), 'base64url') : undefined;
  }

  private charge(places: { place: string; times: number }[], count: number, reply: FastifyReply): void {
    const limit = this.config.requestsPerMinute;
    const secondsLeft = Math.ceil((this.windowEndsAt - Date.now()) / 1_000);
    // What is left of whichever place has the least.
    const left = places.map(({ place, times }) => Math.floor(limit - this.spent.add(place, count) / times));
    const remaining = Math.min(...left);
    reply.header('ratelimit-limit', limit);
    reply.header('ratelimit-remaining', Math.max(0, remaining));
    reply.header('ratelimit-reset', secondsLeft);
    if (remaining < 0) throw new DomainError('rate_limited', { retryAfterSeconds: secondsLeft });
  }
}

const from = ({ ip }: FastifyRequest, offered: string) => `${ip} ${offered}`;

/** Whoever was seen last stands last, so that what makes room is whom nobody has seen for longest. */
class Recent<Value> extends Map<string, Value> {
  put(key: string, value: Value): void {
    this.delete(key);
    this.set(key, value);
    if (this.size > MOST_REMEMBERED) this.delete(this.keys().next().value!);
  }

  override get(key: string): Value | undefined {
    const value = super.get(key);
    if (value !== undefined) this.put(key, value);
    return value;
  }

  /** @returns what there is then */
  add(this: Recent<number>, key: string, more: number): number {
    const count = Math.max(0, (this.get(key) ?? 0) + more);
    this.put(key, count);
    return count;
  }
}
