import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '@balcao/platform-errors';
import type { Context, OrganizationContext } from '@balcao/platform-tenancy';
import type { Principal } from './access/principal.js';

const requestOf = (host: ExecutionContext) => host.switchToHttp().getRequest<FastifyRequest>();

/** The request's context; its tenant may be unknown. */
export const Ctx = createParamDecorator(
  (_data: unknown, host: ExecutionContext): Context => requestOf(host).balcao.context,
);

/** The context of a request whose tenant is known. */
export const TenantCtx = createParamDecorator((_data: unknown, host: ExecutionContext): OrganizationContext => {
  const { context } = requestOf(host).balcao;
  if (!context.organizationId || !context.scope) throw new DomainError('unauthenticated');
  return context as OrganizationContext;
});

/** Whose session the request carries. */
export const CurrentPrincipal = createParamDecorator((_data: unknown, host: ExecutionContext): Principal => {
  const { principal } = requestOf(host).balcao;
  if (!principal) throw new DomainError('unauthenticated');
  return principal;
});
