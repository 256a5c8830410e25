import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { matchesEtag, weakEtag } from './caching.js';

/**
 * The answer to a GET whose ETag comes from a version number instead of a hash of all its bytes, so that a client which
 * already has it costs no rows. Nothing but the version, the address, who asks and what they may see goes into
 * the tag: an answer that also depends on the time of day must not use this.
 */
export class VersionedAnswer {
  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
    /** Describes what is answered, so that a release which answers other members has other tags. */
    private readonly shape: string,
  ) {}

  /** Whether the client has an answer already: then to ask for the version alone may save the rows. */
  get isConditional(): boolean {
    return this.request.headers['if-none-match'] !== undefined;
  }

  /**
   * Tags the answer with the version of what it is made from, read no later than that. @returns whether the client has just
   * that: the answer is then a 304 without a body.
   */
  isKnownAt(version: string): boolean {
    const { principal } = this.request.balcao;
    const facts = [
      version,
      this.shape,
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

/** A `VersionedAnswer` of members as `FastPage` names them. */
export const Versioned = createParamDecorator(
  (members: object, host: ExecutionContext) =>
    new VersionedAnswer(
      host.switchToHttp().getRequest<FastifyRequest>(),
      host.switchToHttp().getResponse<FastifyReply>(),
      JSON.stringify(members),
    ),
);
