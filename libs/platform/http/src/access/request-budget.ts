import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import QuickLRU from 'quick-lru';
import { AppConfig } from '@balcao/platform-config';
import { DomainError } from '@balcao/platform-errors';
import { countedPlaces } from '@balcao/platform-state';
import { cookieNames } from './cookies.js';

/** The budget that costs are told in. */
const USUAL = 1_200;
const WINDOW_MS = 60_000;
/** At least so many are remembered, and never more than twice as many. */
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
  private spent = recent<number>();
  /** What came from an address with credentials that are not proven yet. */
  private unproven = recent<number>();
  /** Whose credentials are. */
  private readonly proven = recent<string>();
  private readonly sessionCookies: readonly string[];
  /** What each request offers, which is asked for more than once. */
  private readonly offers = new WeakMap<FastifyRequest, string>();

  constructor(private readonly config: AppConfig) {
    const audiences = ['portal', 'staff', 'operator'] as const;
    this.sessionCookies = audiences.map((name) => cookieNames(name, config.portalCookiePrefix).session);
  }

  /**
   * Counts a request and tells the client how many are left.
   * @param cost as how many of the usual budget it counts for a person; an address, of which anybody may use much, pays one
   * @throws DomainError rate_limited
   */
  spend(request: FastifyRequest, reply: FastifyReply, cost = 1): void {
    if (Date.now() >= this.windowEndsAt) {
      this.windowEndsAt = Date.now() + WINDOW_MS;
      this.spent = recent();
      this.unproven = recent();
    }
    const offered = this.offered(request);
    const person = this.proven.get(offered);
    if (person) return this.charge([{ place: person, times: 1 }], this.costOf(cost), reply);
    if (offered) add(this.unproven, from(request, offered), 1);
    this.charge(countedPlaces(request.ip), 1, reply);
  }

  /** What came with these credentials so far is the person's, and what is to come. @throws DomainError rate_limited */
  prove(request: FastifyRequest, personId: string, reply: FastifyReply, cost = 1): void {
    const offered = this.offered(request);
    // Nothing would prove anybody then, and all who offer nothing would be this person.
    if (!offered) throw new Error('Somebody is proven by what the budget does not look at');
    this.proven.set(offered, personId);
    const before = from(request, offered);
    const count = this.unproven.get(before);
    if (count === undefined) return;
    this.unproven.delete(before);
    // Before anything is given back: whoever is over costs the address whatever is looked up for them.
    this.charge([{ place: personId, times: 1 }], count - 1 + this.costOf(cost), reply);
    for (const { place } of countedPlaces(request.ip)) add(this.spent, place, -count);
  }

  /** They are worth nothing any more, or to this route, so that the next such request is the address's again. */
  disprove(request: FastifyRequest): void {
    this.proven.delete(this.offered(request));
  }

  /** All that a request offers to prove who sends it, as a digest: no token is kept. Empty where that is nothing. */
  private offered(request: FastifyRequest): string {
    const known = this.offers.get(request);
    if (known !== undefined) return known;
    const { headers, cookies } = request;
    const tokens = [headers.authorization, ...this.sessionCookies.map((name) => cookies[name])];
    const offered = tokens.some(Boolean) ? hash('sha256', JSON.stringify(tokens), 'base64url') : '';
    this.offers.set(request, offered);
    return offered;
  }

  /** Of a budget below the usual one the same share, so that it allows such requests too. */
  private costOf(cost: number): number {
    return Math.ceil(cost * Math.min(1, this.config.requestsPerMinute / USUAL));
  }

  private charge(places: { place: string; times: number }[], count: number, reply: FastifyReply): void {
    const limit = this.config.requestsPerMinute;
    const secondsLeft = Math.ceil((this.windowEndsAt - Date.now()) / 1_000);
    // What is left of whichever place has the least.
    const left = places.map(({ place, times }) => Math.floor(limit - add(this.spent, place, count) / times));
    const remaining = Math.min(...left);
    reply.header('ratelimit-limit', limit);
    reply.header('ratelimit-remaining', Math.max(0, remaining));
    reply.header('ratelimit-reset', secondsLeft);
    if (remaining < 0) throw new DomainError('rate_limited', { retryAfterSeconds: secondsLeft });
  }
}

const from = ({ ip }: FastifyRequest, offered: string) => `${ip} ${offered}`;

/** Of the many that come by, those who were seen last. */
const recent = <Value>() => new QuickLRU<string, Value>({ maxSize: MOST_REMEMBERED });

/** @returns what there is then */
function add(counts: QuickLRU<string, number>, key: string, more: number): number {
  const count = Math.max(0, (counts.get(key) ?? 0) + more);
  counts.set(key, count);
  return count;
}
