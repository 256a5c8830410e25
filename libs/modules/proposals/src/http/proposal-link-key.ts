import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

const HEADER = 'x-balcao-proposal-link';

/** The token of a proposal's link that a request brings; empty where it brings none. */
export const ProposalLinkToken = createParamDecorator((_data: unknown, host: ExecutionContext): string => {
  const value = host.switchToHttp().getRequest<FastifyRequest>().headers[HEADER];
  return typeof value === 'string' && value.length <= 100 ? value : '';
});

/** Documents the header, in which no server on the way writes the token down. */
export const BringsProposalLink = () =>
  ApiHeader({
    name: HEADER,
    description: 'What stands behind `#token=` in the link',
    required: true,
    schema: { type: 'string', maxLength: 100 },
  });
