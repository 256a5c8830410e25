import { sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import type { AddressablePortal } from './domain/portal-origin.js';

/** A portal, as far as mails about it go. */
export interface ChosenPortal extends AddressablePortal {
  id: string;
}

/** What makes the address of a portal `p`. */
export const PORTAL_ADDRESS = sql`p.slug, p.custom_domain as "customDomain", p.domain_leads_here as "domainLeadsHere"`;

/**
 * The portal that somebody is led to: the preferred one where it lets their role in, else the first that does, else the
 * organization's default one. Where no person is named, every portal will do.
 */
export async function portalFor(
  db: Db,
  { organizationId }: OrganizationContext,
  { userId, preferred }: { userId?: string | null; preferred?: string | null },
): Promise<ChosenPortal> {
  const role = sql`(select u.role_id from portal_users u where ${db.tenant('u')} and u.id = ${userId ?? null}::uuid)`;
  const portal = await db.first<ChosenPortal>(sql`
    select p.id, ${PORTAL_ADDRESS} from portal_for(${organizationId}::uuid, ${role}, ${preferred ?? null}::uuid) p`);
  return portal!;
}
