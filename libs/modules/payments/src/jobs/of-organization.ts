import type { OrganizationContext } from '@balcao/platform-tenancy';

/** The context of a job that belongs to an organization. @throws Error where it belongs to none */
export function ofOrganization(context: OrganizationContext | undefined): OrganizationContext {
  if (!context) throw new Error('A payment belongs to an organization');
  return context;
}
