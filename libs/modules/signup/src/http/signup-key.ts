import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

const HEADER = 'x-balcao-signup';

/** The token of a signup that a request brings; empty where it brings none. */
export const SignupToken = createParamDecorator((_data: unknown, host: ExecutionContext): string => {
  const value = host.switchToHttp().getRequest<FastifyRequest>().headers[HEADER];
  return typeof value === 'string' && value.length <= 100 ? value : '';
});

/** Documents the header. */
export const BringsToken = (description: string, required = true) =>
  ApiHeader({ name: HEADER, description, required, schema: { type: 'string', maxLength: 100 } });
