import type { OrganizationContext, RequestContext } from '@balcao/platform-tenancy';

/** Of whoever is at a portal without having signed in. */
export type VisitorContext = OrganizationContext & RequestContext;
