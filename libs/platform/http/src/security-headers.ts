import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet, { type HelmetOptions } from 'helmet';
import type { FastifyInstance } from 'fastify';
import type { BalcaoRouteConfig } from './access/access-rule.js';

const POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'https:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** For the two tools of ours whose pages are others' work; the queue dashboard names its folder by a base element. */
const INLINE_STYLE_POLICY = { ...POLICY, styleSrc: ["'self'", "'unsafe-inline'"], baseUri: ["'self'"] };

/**
 * Sets helmet's headers on every answer. They are the same for all requests, so helmet is asked for them once: to build
 * them anew each time is a tenth of what a small answer costs.
 */
export function addSecurityHeaders(fastify: FastifyInstance, { secure }: { secure: boolean }): void {
  const headers = answerHeaders({ secure });
  const inlineStyleHeaders = securityHeaders(INLINE_STYLE_POLICY, secure);
  fastify.addHook('onRequest', (request, reply, done) => {
    const { inlineStyles } = (request.routeOptions.config ?? {}) as BalcaoRouteConfig;
    reply.headers(inlineStyles ? inlineStyleHeaders : headers);
    reply.header('x-request-id', request.id);
    done();
  });
}

/** The headers of every answer whose page needs no policy of its own. */
export function answerHeaders({ secure }: { secure: boolean }): Record<string, string> {
  return securityHeaders(POLICY, secure);
}

function securityHeaders(directives: Record<string, string[]>, secure: boolean): Record<string, string> {
  const headers = headersOf({
    contentSecurityPolicy: { useDefaults: false, directives },
    crossOriginEmbedderPolicy: false,
    frameguard: { action: 'deny' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  // Search engines list nothing of ours; a page that they may list takes the header away. Everything that is long enough
  // is compressed, so what is not says as well that it might have been.
  return { ...headers, 'x-robots-tag': 'noindex', vary: 'accept-encoding' };
}

/** What helmet's middleware sets on an answer; of a policy that is none it says so at once. */
function headersOf(options: HelmetOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  const answer = {
    setHeader: (name: string, value: string) => void (headers[name.toLowerCase()] = value),
    removeHeader: () => {},
  };
  helmet(options)({} as IncomingMessage, answer as unknown as ServerResponse, () => {});
  return headers;
}
