import { createHash } from 'node:crypto';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { DomainError } from '@balcao/platform-errors';
import { IdempotencyStore } from '@balcao/platform-state';

/**
 * A POST with an `Idempotency-Key` happens once: the same key with the same body answers what the first one answered,
 * with another body it is refused. Answers are kept for a day; a failed request frees its key.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly store: IdempotencyStore) {}

  async intercept(host: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const header = request.headers['idempotency-key'];
    const { principal } = request.balcao;
    if (request.method !== 'POST' || header === undefined || !principal) return next.handle();
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
    const key = digest(
      principal.audience,
      principal.organization?.id,
      principal.user.id,
      request.routeOptions.url,
      JSON.stringify(request.params),
      header,
    );
    const fingerprint = digest(JSON.stringify(request.body ?? null));
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const claim = await this.store.claim(key, fingerprint);
    if (!claim.claimed) {
      if (claim.fingerprint !== fingerprint) throw new DomainError('idempotency_mismatch');
      if (claim.answer === undefined)
        throw new DomainError('idempotency_in_progress', {
          retryAfterSeconds: 1,
        });
      reply.status(claim.answer.status).header('idempotency-replayed', 'true');
      return of(JSON.parse(claim.answer.body));
    }
    try {
      const body: unknown = await lastValueFrom(next.handle(), {
        defaultValue: undefined,
      });
      await this.store.complete(key, {
        status: reply.statusCode,
        body: JSON.stringify(body ?? null),
      });
      return of(body);
    } catch (error) {
      await this.store.release(key);
      throw error;
    }
  }
}

function digest(...parts: (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
