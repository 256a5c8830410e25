import { createHash, createHmac } from 'node:crypto';
import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { Secrets } from '@balcao/platform-config';
import { DomainError } from '@balcao/platform-errors';
import { LOGGER, type Logger } from '@balcao/platform-logging';
import { IdempotencyStore, type IdempotencyClaim } from '@balcao/platform-state';
import type { Principal } from './access/principal.js';

/**
 * A POST with an `Idempotency-Key` happens once: the same key with the same body answers what the first one answered,
 * with another body it is refused. The key is taken by the same commit as the request's changes; an answer that could
 * not be kept after that is `idempotency_carried_out`. Keys and answers are kept for a day; a request that failed
 * without changing anything frees its key.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly store: IdempotencyStore,
    private readonly secrets: Secrets,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async intercept(host: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const header = request.headers['idempotency-key'];
    const { principal } = request.balcao;
    if (request.method !== 'POST' || header === undefined || !principal) return next.handle();
    const fingerprint = this.fingerprintOf(request.body);
    const outcome = await this.store.claim(keyOf(request, principal, header), fingerprint);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (outcome.state === 'claimed') return of(await this.carryOut(outcome.claim, request, reply, next));
    if (outcome.fingerprint !== fingerprint) throw new DomainError('idempotency_mismatch');
    if (outcome.state === 'in_progress') throw new DomainError('idempotency_in_progress', { retryAfterSeconds: 1 });
    if (outcome.state === 'carried_out') throw new DomainError('idempotency_carried_out');
    reply.status(outcome.answer.status).header('idempotency-replayed', 'true');
    return of(JSON.parse(outcome.answer.body));
  }

  /** A body may hold a password, which a bare digest would let a thief of the table guess. */
  private fingerprintOf(body: unknown): string {
    const key = this.secrets.key('hash-pepper', 'idempotency');
    return createHmac('sha256', key)
      .update(JSON.stringify(body ?? null))
      .digest('base64url');
  }

  private async carryOut(
    claim: IdempotencyClaim,
    request: FastifyRequest,
    reply: FastifyReply,
    next: CallHandler,
  ): Promise<unknown> {
    request.balcao.context = { ...request.balcao.context, commitMark: (db) => this.store.carryOut(db, claim) };
    let body: unknown;
    try {
      body = await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      // The store knows whether something was committed, even where the connection was lost during the commit.
      await this.attempt('release', request, () => this.store.release(claim));
      throw error;
    }
    const answer = { status: reply.statusCode, body: JSON.stringify(body ?? null) };
    await this.attempt('answer', request, () => this.store.complete(claim, answer));
    return body;
  }

  /** What the request did stands, and so does its answer, whether or not the key's row can be written afterwards. */
  private async attempt(what: string, request: FastifyRequest, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.warn({ err: error, requestId: request.id, what }, 'an idempotency key could not be written');
    }
  }
}

/** @throws DomainError validation_failed */
function keyOf(request: FastifyRequest, principal: Principal, header: string | string[]): string {
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(header)) {
    throw new DomainError('validation_failed', {
      fields: [
        {
          path: 'Idempotency-Key',
          code: 'format',
          message: 'Idempotency-Key must be 1 to 255 visible ASCII characters',
        },
      ],
    });
  }
  return digest(
    principal.audience,
    principal.organization?.id,
    principal.user.id,
    request.routeOptions.url,
    JSON.stringify(request.params),
    header,
  );
}

function digest(...parts: (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
