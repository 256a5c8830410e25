import type { IdempotencyClaim } from '@balcao/platform-state';
import type { BalcaoRouteConfig } from './access-rule.js';
import type { AddressedTenant, Principal, RequestContext } from '@balcao/platform-tenancy';

/** What the access pipeline found out about a request before its handler runs. */
export interface RequestState {
  /** `/o/{slug}` or empty. */
  base: string;
  context: RequestContext;
  /** The portal whose own domain the request's host is, where it is neither the installation's nor named by path. */
  ofHost?: AddressedTenant;
  principal?: Principal;
  /** Tenant that the address names; on routes with a session it is the session's. */
  tenant?: AddressedTenant;
  /** Of a request that happens once. */
  claim?: IdempotencyClaim;
}

declare module 'fastify' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- what routes carry is declared elsewhere
  interface FastifyContextConfig extends BalcaoRouteConfig {}
  interface FastifyRequest {
    balcao: RequestState;
  }
}
