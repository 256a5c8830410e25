import { createHash, createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Secrets } from '@balcao/platform-config';
import { DomainError, refusedField } from '@balcao/platform-errors';
import { LOGGER, type Logger } from '@balcao/platform-logging';
import { IdempotencyStore, type IdempotencyClaim } from '@balcao/platform-state';
import { takesKey } from './access/access-rule.js';
import { sharesOf } from './access/daily-writes.js';

const MIB = 1024 * 1024;
/** Bytes of answers that are kept for one in a day. */
const KEPT = { person: 4 * MIB, account: 8 * MIB, side: 64 * MIB };

/** Before the first attempt to write again what became of a request, and before the last; each waits twice as long. */
const AGAIN_MS = { first: 250, last: 16_000 };

/**
 * A POST with an `Idempotency-Key` happens once: the same key with the same body answers what the first one answered,
 * with another body it is refused. The key is taken by the same commit as the request's changes; an answer that could
 * not be kept after that is `idempotency_carried_out`. Keys and answers are kept for a day; a request that failed
 * without changing anything frees its key. Routes that `@StoresNothing` or take a file take no notice of it.
 *
 * Two of Fastify's hooks instead of Nest's interceptor, which would stand around every GET as well.
 */
@Injectable()
export class Idempotency {
  constructor(
    private readonly store: IdempotencyStore,
    private readonly secrets: Secrets,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Whether a request asks to happen once. */
  concerns({ method, headers, balcao, routeOptions }: FastifyRequest): boolean {
    const hasKey = headers['idempotency-key'] !== undefined;
    return method === 'POST' && hasKey && balcao.principal !== undefined && takesKey(routeOptions.config);
  }

  /**
   * Before the handler: takes the key, or answers in its place.
   * @returns whether it has answered
   * @throws DomainError validation_failed, idempotency_mismatch, idempotency_in_progress, idempotency_carried_out
   */
  async begin(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const fingerprint = this.fingerprintOf(request.body);
    const outcome = await this.store.claim(keyOf(request), fingerprint);
    if (outcome.state === 'claimed') {
      const { claim } = outcome;
      request.balcao.claim = claim;
      request.balcao.context = { ...request.balcao.context, commitMark: (db) => this.store.carryOut(db, claim) };
      return false;
    }
    if (outcome.fingerprint !== fingerprint) throw new DomainError('idempotency_mismatch');
    if (outcome.state === 'in_progress') throw new DomainError('idempotency_in_progress', { retryAfterSeconds: 1 });
    if (outcome.state === 'carried_out') throw new DomainError('idempotency_carried_out');
    reply.status(outcome.answer.status).header('idempotency-replayed', 'true');
    reply.type('application/json; charset=utf-8').send(outcome.answer.body);
    return true;
  }

  /** After the handler: keeps its answer, or frees the key of a request that failed. */
  async end(claim: IdempotencyClaim, request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<void> {
    const shares = Object.fromEntries(sharesOf(request.balcao.principal!).map(([key, whose]) => [key, KEPT[whose]]));
    const answer = { status: reply.statusCode, body: typeof payload === 'string' ? payload : '' };
    // The store knows whether something was committed, even where the connection was lost during the commit.
    const write = () => (answer.status >= 400 ? this.store.release(claim) : this.store.complete(claim, answer, shares));
    await write().catch((error: unknown) => {
      // What the request did stands, and so does its answer.
      this.logger.warn({ err: error, requestId: request.id }, 'an idempotency key could not be written');
      void writeLater(write);
    });
  }

  /** A body may hold a password, which a bare digest would let a thief of the table guess. */
  private fingerprintOf(body: unknown): string {
    const key = this.secrets.key('hash-pepper', 'idempotency');
    return createHmac('sha256', key)
      .update(JSON.stringify(body ?? null))
      .digest('base64url');
  }
}

/** Whoever repeats the request hears of its outcome once the database is back, not when the claim lapses. */
async function writeLater(write: () => Promise<void>): Promise<void> {
  for (let waitMs = AGAIN_MS.first; waitMs <= AGAIN_MS.last; waitMs *= 2) {
    await sleep(waitMs, undefined, { ref: false });
    try {
      return await write();
    } catch {
      // It was told of the first time.
    }
  }
}

/** @throws DomainError validation_failed */
function keyOf({ headers, balcao, routeOptions, params }: FastifyRequest): string {
  const header = String(headers['idempotency-key']);
  if (!/^[\x21-\x7e]{1,255}$/.test(header)) throw refusedField('Idempotency-Key', 'format', { max: 255 });
  const facts = [balcao.principal!.user.id, routeOptions.url, JSON.stringify(params), header];
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
}
