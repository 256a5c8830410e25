import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BalcaoRouteConfig } from './access/access-rule.js';
import { matchesEtag, weakEtag } from './caching.js';

/**
 * The answer to a GET whose ETag comes from a version number instead of a hash of all its bytes, so that a client which
 * already has it costs no rows. Nothing but the version, the address, who asks, what they may see and what the document
 * says of the answer goes into the tag: an answer that also depends on the time of day must not use this.
 */
export class VersionedAnswer {
  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {}

  /**
   * What `read` answers, unless the client has it already: then nothing, and the answer is a 304.
   * @param versionNow asked alone, of a client that has something, since that may save the rows
   * @param read answers the version as well, read no later than the rest
   */
  async of<Content extends { version: string }>(
    versionNow: () => Promise<string>,
    read: () => Promise<Content>,
  ): Promise<Content | undefined> {
    if (this.request.headers['if-none-match'] !== undefined && this.isKnownAt(await versionNow())) return undefined;
    const content = await read();
    return this.isKnownAt(content.version) ? undefined : content;
  }

  private isKnownAt(version: string): boolean {
    const { principal } = this.request.balcao;
    const facts = [
      version,
      // A release that answers other members has other tags.
      (this.request.routeOptions.config as BalcaoRouteConfig).shape,
      this.request.originalUrl,
      principal?.user.id,
      ...(principal && principal.audience !== 'operator' ? Array.from(principal.permissions).sort() : []),
    ];
    const etag = weakEtag(JSON.stringify(facts));
    this.reply.header('etag', etag);
    const known = matchesEtag(this.request.headers['if-none-match'], etag);
    if (known) this.reply.code(304);
    return known;
  }
}

export const Versioned = createParamDecorator((_data: unknown, host: ExecutionContext) => {
  const http = host.switchToHttp();
  return new VersionedAnswer(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
});
