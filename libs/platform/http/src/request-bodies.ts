import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '@balcao/platform-errors';
import type { BalcaoRouteConfig } from './access/access-rule.js';
import { parseJson } from './input-limits.js';

export const BODY_LIMIT_BYTES = 256 * 1024;
/** What is left of a refused request's body is read to its end, for the next request on the connection, unless it is more. */
const LONGEST_REST_BYTES = 64 * 1024;

/** Requests that wait to be told before they send their body (RFC 9110 §10.1.1). */
const waiting = new WeakSet<IncomingMessage>();

const utf8 = new TextDecoder('utf-8', { fatal: true });

const configOf = ({ routeOptions }: FastifyRequest): BalcaoRouteConfig => routeOptions.config as BalcaoRouteConfig;

const takesRaw = (request: FastifyRequest): boolean => configOf(request).takesRaw === true;

/** What another encoding wrote is not guessed at: each of its letters would be stored as a mark that stands for none. */
function textOf(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch (cause) {
    throw new DomainError('malformed_body', { fields: [{ path: '', code: 'isUtf8' }], cause });
  }
}

/** Lets a route take a body that is longer than others, as it is registered. */
export function allowLongBody(route: { config?: unknown; bodyLimit?: number }): void {
  const { longBody } = (route.config ?? {}) as BalcaoRouteConfig;
  if (longBody) route.bodyLimit = longBody.bytes;
}

/** JSON is the only body, in UTF-8; an empty one is no body, whatever its type says. It is asked for once it may come. */
export function acceptJsonBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      if (takesRaw(request)) return body;
      if (body.length === 0) return undefined;
      const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(request.headers['content-type'] ?? '')?.[1];
      if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw new DomainError('unsupported_media_type');
      return parseJson(textOf(body), configOf(request).longBody?.values);
    },
  );
  // Of any other type a body is taken by those alone who take its bytes.
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    if (takesRaw(request)) return body;
    throw new DomainError('unsupported_media_type');
  });
  const server = fastify.server as Server;
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    waiting.add(request);
    server.emit('request', request, response);
  });
  // Behind `onRequest`, where access is decided.
  fastify.addHook('preParsing', async (request, reply, payload) => {
    if (!waiting.has(request.raw)) return payload;
    if (request.is404) throw new DomainError('not_found');
    const { takesFile, longBody } = configOf(request);
    const size = Number(request.headers['content-length'] ?? 0);
    if (takesFile === undefined && size > (longBody?.bytes ?? BODY_LIMIT_BYTES))
      throw new DomainError('body_too_large');
    reply.raw.writeContinue();
    return payload;
  });
  fastify.addHook('onSend', async ({ raw, headers }, reply) => {
    if (raw.complete || reply.statusCode < 400) return;
    // Who still waits may send a body or not, so Node ends that connection by itself.
    if (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > LONGEST_REST_BYTES)
      reply.header('connection', 'close');
  });
}
