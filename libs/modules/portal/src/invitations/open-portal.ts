import { featureSettings } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { DomainError, unknownReference } from '@balcao/platform-errors';
import type { Db } from '@balcao/platform-tenancy';

/**
 * The portal that people are invited to, the default one where none is said.
 * @throws DomainError PORTAL_INVITATIONS_DISABLED while it has invitations switched off, validation_failed where it is none
 */
export async function openPortal(db: Db, portalId: string | null | undefined): Promise<PortalEntity> {
  const portal = await db.repository(PortalEntity).findOneBy(portalId ? { id: portalId } : { isDefault: true });
  if (!portal) {
    throw unknownReference('portalId');
  }
  if (!featureSettings.of(portal.settings).invitations) throw new DomainError('PORTAL_INVITATIONS_DISABLED');
  return portal;
}
