import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '@balcao/platform-errors';
import type {
  AudienceName,
  OperatorContext,
  OrganizationContext,
  PortalContext,
  RequestContext,
  StaffContext,
} from '@balcao/platform-tenancy';
import type { BalcaoRouteConfig } from './access/access-rule.js';

const requestOf = (host: ExecutionContext) => host.switchToHttp().getRequest<FastifyRequest>();

/** The request's context; its tenant may be unknown. */
export const Ctx = createParamDecorator(
  (_data: unknown, host: ExecutionContext): RequestContext => requestOf(host).balcao.context,
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

/** The context of a customer's session. */
export const PortalCtx = sessionContext<PortalContext>('portal');
/** The context of a staff member's session. */
export const StaffCtx = sessionContext<StaffContext>('staff');
/** The context of an operator's session. */
export const OperatorCtx = sessionContext<OperatorContext>('operator');

/** A route that asks for another audience's context than its own never gets one. */
function sessionContext<SessionContext extends RequestContext>(audience: AudienceName): () => ParameterDecorator {
  return createParamDecorator((_data: unknown, host: ExecutionContext): SessionContext => {
    const { principal, context } = requestOf(host).balcao;
    if (principal?.audience !== audience) throw new DomainError('unauthenticated');
    return context as SessionContext;
  });
}
