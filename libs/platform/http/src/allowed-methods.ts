import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '@balcao/platform-errors';
import type { BalcaoRouteConfig } from './access/access-rule.js';

/** Knows which methods the API's routes accept at an address, for the answer to all others (RFC 9110 §15.5.6). */
export class AllowedMethods {
  private readonly routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  /** Learns of every guarded route that is registered from now on. */
  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRoute', ({ method, url, config }) => {
      if (!(config as BalcaoRouteConfig | undefined)?.access) return;
      const route = this.routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
      for (const each of [method].flat()) route.methods.add(each);
      this.routes.set(url, route);
    });
  }

  /** @throws DomainError method_not_allowed where no route was found though the address has one */
  demand(request: FastifyRequest, reply: FastifyReply): void {
    if (!request.is404) return;
    const [path = ''] = request.url.split('?', 1);
    const allowed = new Set<string>();
    for (const { pattern, methods } of this.routes.values()) {
      if (pattern.test(path)) for (const method of methods) allowed.add(method);
    }
    if (allowed.size === 0) return;
    reply.header('allow', [...allowed].sort().join(', '));
    throw new DomainError('method_not_allowed');
  }
}

function patternOf(url: string): RegExp {
  const segments = url
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : segment.replace(/[^\w-]/g, '\\$&')));
  return new RegExp(`^${segments.join('/')}$`);
}
