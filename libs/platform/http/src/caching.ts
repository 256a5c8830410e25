import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BalcaoRouteConfig } from './access/access-rule.js';

/**
 * A text of up to so many bytes is written together with its headers, in one call of the system, which saves a tenth of a
 * small answer's cost; a longer one is not encoded a second time.
 */
const MOST_TOGETHER = 16 * 1_024;

/** For Fastify's `onSend` hook: cache headers, and an ETag with its 304 for every successful GET of the API. */
export function conditionalAnswer(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const { access, cacheControl, headers } = request.routeOptions.config as BalcaoRouteConfig;
  if (!access) {
    // What says nothing of itself is nobody else's: a tool's pages and answers.
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    return payload;
  }
  if (headers?.includes('ContentLanguage') && reply.statusCode < 300 && !reply.hasHeader('content-language')) {
    const { locale } = request.query as { locale?: string };
    reply.header('content-language', locale || request.balcao.context.locale);
  }
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const readable = isRead && (reply.statusCode === 200 || reply.statusCode === 304);
  if (!readable) {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    return payload;
  }
  // What the caller's session decides is no one else's.
  const personal = access.kind === 'public' && request.balcao.principal !== undefined;
  if (!reply.hasHeader('cache-control'))
    reply.header('cache-control', (!personal && cacheControl) || 'private, no-cache');
  // Its version is its tag, and whether the client knows it has been asked.
  if (reply.hasHeader('etag')) return reply.statusCode === 304 ? nothing(request) : payload;
  if (typeof payload !== 'string' || cacheControl === 'no-store') return payload;
  const { bytes, etag } = (request.balcao.principal ? taggedNow : tagged)(payload, request.routeOptions.config);
  reply.header('etag', etag);
  if (!matchesEtag(request.headers['if-none-match'], etag)) return bytes.length > MOST_TOGETHER ? bytes : payload;
  reply.code(304).removeHeader('content-type');
  reply.removeHeader('content-length');
  return nothing(request);
}

interface Tagged {
  text: string;
  bytes: Buffer;
  etag: string;
}

function taggedNow(text: string): Tagged {
  const bytes = Buffer.from(text);
  return { text, bytes, etag: weakEtag(bytes) };
}

/** What each route answered last to anybody: that is often the same text, and comparing it costs nothing then. */
const answeredLast = new WeakMap<object, Tagged>();

function tagged(text: string, route: object): Tagged {
  const last = answeredLast.get(route);
  if (last?.text === text) return last;
  const now = taggedNow(text);
  answeredLast.set(route, now);
  return now;
}

/** No body. Fastify's routes for HEAD measure whatever comes, and of nothing but a stream they ask no length. */
const nothing = ({ method }: FastifyRequest) => (method === 'HEAD' ? Readable.from([]) : null);

/** A tag of content that may be compressed on its way: weak, since the bytes then differ (RFC 9110 §8.8.1). */
export function weakEtag(content: string | Uint8Array): string {
  return `W/"${hash('sha1', content, 'base64url')}"`;
}

const opaque = (etag: string) => etag.trim().replace(/^W\//, '');

/** Weak comparison of RFC 9110 §13.1.2: a list of tags, or `*`. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (!header || header.length > 4_096) return false;
  return header.trim() === '*' || header.split(',').some((candidate) => opaque(candidate) === opaque(etag));
}
