import { featureSettings, portalFor } from '@balcao/module-directory';
import { PortalEntity, PortalUserEntity } from '@balcao/module-directory/entities';
import { DomainError, unknownReference } from '@balcao/platform-errors';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';

/**
 * The portal that people are invited to, the default one where none is said.
 * @throws DomainError PORTAL_INVITATIONS_DISABLED while it has invitations switched off, validation_failed where it is none
 */
export async function openPortal(db: Db, portalId: string | null | undefined): Promise<PortalEntity> {
  const which = portalId ? { id: portalId } : { isDefault: true };
  const portal = await db.repository(PortalEntity).findOneBy({ ...which, status: 'active' });
  if (!portal) throw unknownReference('portalId');
  if (!featureSettings.of(portal.settings).invitations) throw new DomainError('PORTAL_INVITATIONS_DISABLED');
  return portal;
}

/**
 * The portal where an invitation is accepted: the one that is meant, else another that lets the person in.
 * @throws DomainError role_not_on_portal where none does, PORTAL_INVITATIONS_DISABLED
 */
export async function portalOf(
  db: Db,
  context: OrganizationContext,
  { portalId: preferred, portalUserId: userId }: { portalId: string | null; portalUserId: string },
): Promise<PortalEntity> {
  const { id } = await portalFor(db, context, { userId, preferred });
  const portal = await openPortal(db, id);
  const { roleId } = await db.repository(PortalUserEntity).findOneByOrFail({ id: userId });
  if (portal.roleIds && !portal.roleIds.includes(roleId)) throw new DomainError('role_not_on_portal');
  return portal;
}
