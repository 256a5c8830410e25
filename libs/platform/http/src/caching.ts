import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BalcaoRouteConfig } from './access/access-rule.js';

/** For Fastify's `onSend` hook: cache headers, and a strong ETag with its 304 for every successful GET of the API (S3.86–90). */
export function conditionalAnswer(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const { access, cacheControl } = request.routeOptions.config as BalcaoRouteConfig;
  if (!access) return payload;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const readable = isRead && (reply.statusCode === 200 || reply.statusCode === 304);
  if (!readable) {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    return payload;
  }
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', cacheControl ?? 'private, no-cache');
  // Its version is its tag, and whether the client knows it has been asked.
  if (reply.hasHeader('etag')) return reply.statusCode === 304 ? null : payload;
  if (typeof payload !== 'string') return payload;
  // Encoded once, for the tag, its length and the wire.
  const bytes = Buffer.from(payload);
  const etag = `"${hash('sha1', bytes, 'base64url')}"`;
  reply.header('etag', etag);
  if (!matchesEtag(request.headers['if-none-match'], etag)) return bytes;
  reply.code(304).removeHeader('content-type');
  reply.removeHeader('content-length');
  return null;
}

/** Weak comparison of RFC 9110 §13.1.2: a list of tags, or `*`. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (!header || header.length > 4_096) return false;
  return header.trim() === '*' || header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag);
}
