import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_CATALOGUE, matchLocale, type ErrorCode } from '@balcao/contracts';
import { isUnavailable } from '@balcao/platform-database';
import { DomainError } from '@balcao/platform-errors';
import type { Logger } from '@balcao/platform-logging';
import { errorPage, isSeenByPeople } from './error-page.js';
import { problemDocument } from './problem-document.js';

/** Fastify's and Nest's own refusals, in our words. */
const FRAMEWORK_CODES: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_body',
  FST_ERR_BAD_URL: 'not_found',
  FST_ERR_ASYNC_CONSTRAINT: 'not_found',
};
const STATUS_CODES: Record<number, ErrorCode> = {
  400: 'malformed_body',
  401: 'unauthenticated',
  403: 'permission_denied',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'body_too_large',
  414: 'uri_too_long',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'service_unavailable',
};

/** Turns whatever was thrown into an RFC 9457 problem document. What we did not expect is logged, never shown. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Also Fastify's error handler, for what is thrown outside of Nest's reach. */
  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const error = asDomainError(thrown);
    const { status } = ERROR_CATALOGUE[error.code];
    if (status >= 500) {
      const level = status === 503 ? 'warn' : 'error';
      this.logger[level](
        {
          requestId: request.id,
          method: request.method,
          route: request.routeOptions?.url,
          err: thrown,
        },
        error.code,
      );
    }
    if (!reply.sent) sendProblem(error, request, reply);
  }
}

/** Answers with an error in the language of whoever asked: a page for people, a problem document for programs. */
export function sendProblem(error: DomainError, request: FastifyRequest, reply: FastifyReply): void {
  const { status } = ERROR_CATALOGUE[error.code];
  // A request that never reached the pipeline has no state.
  const state = request.balcao as typeof request.balcao | undefined;
  const locale = state?.context.locale ?? matchLocale(request.headers['accept-language']);
  const requestId = request.id;
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds);
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="balcao"');
  reply.status(status).headers({ 'cache-control': 'no-store', 'content-language': locale });
  if (isSeenByPeople(request)) {
    const page = errorPage(error.code, locale, { base: state?.base ?? '', requestId });
    reply.headers({ 'content-security-policy': page.policy, vary: 'Accept, Accept-Language, accept-encoding' });
    reply.type(page.type).send(page.body);
  } else {
    const instance = request.originalUrl.split('?', 1)[0];
    const { type, body } = problemDocument(error, { locale, requestId, instance });
    reply.type(type).send(body);
  }
}

export function asDomainError(thrown: unknown): DomainError {
  if (thrown instanceof DomainError) return thrown;
  const { code, statusCode } = thrown as { code?: string; statusCode?: number };
  if (code && FRAMEWORK_CODES[code]) return new DomainError(FRAMEWORK_CODES[code], { cause: thrown });
  if (isUnavailable(thrown))
    return new DomainError('service_unavailable', {
      retryAfterSeconds: 2,
      cause: thrown,
    });
  const status = thrown instanceof HttpException ? thrown.getStatus() : statusCode;
  return new DomainError((status && STATUS_CODES[status]) || 'internal_error', {
    cause: thrown,
  });
}
