import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '@balcao/platform-errors';
import type { Context, OrganizationContext } from '@balcao/platform-tenancy';
import type { BalcaoRouteConfig } from './access/access-rule.js';
import type { Principal } from './access/principal.js';

const requestOf = (host: ExecutionContext) => host.switchToHttp().getRequest<FastifyRequest>();

/** The request's context; its tenant may be unknown. */
export const Ctx = createParamDecorator(
  (_data: unknown, host: ExecutionContext): Context => requestOf(host).balcao.context,
);

/** The context of a request whose tenant is known: its session's, or for a public route its address's. */
export const TenantCtx = createParamDecorator((_data: unknown, host: ExecutionContext): OrganizationContext => {
  const { balcao, routeOptions } = requestOf(host);
  if (!balcao.context.organizationId || !balcao.context.scope) {
    const { access } = routeOptions.config as BalcaoRouteConfig;
    throw new DomainError(access?.kind === 'public' ? 'not_found' : 'unauthenticated');
  }
  return balcao.context as OrganizationContext;
});

/** Whose session the request carries. */
export const CurrentPrincipal = createParamDecorator((_data: unknown, host: ExecutionContext): Principal => {
  const { principal } = requestOf(host).balcao;
  if (!principal) throw new DomainError('unauthenticated');
  return principal;
});
