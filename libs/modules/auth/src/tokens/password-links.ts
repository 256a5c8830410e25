import { Injectable } from '@nestjs/common';
import { featureSettings } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import type { Db } from '@balcao/platform-tenancy';
import type { PersonRealm } from '../sign-in/realm.js';
import { OneTimeTokens } from './one-time-tokens.js';

/** Links by which somebody sets a new password, where their portal offers that. */
@Injectable()
export class PasswordLinks {
  constructor(private readonly tokens: OneTimeTokens) {}

  /**
   * Issues one within the caller's transaction, or renews the one that they wait for: strangers may ask.
   * @returns its id; undefined where the portal has resets switched off
   */
  async issue(
    db: Db,
    realm: PersonRealm,
    { id, credentialVersion }: { id: string; credentialVersion: number },
    portalId: string | null,
  ): Promise<string | undefined> {
    if (!(await this.areOffered(db, realm, portalId))) return undefined;
    return this.tokens.renew(db, 'password_reset', { type: realm.target, id, credentialVersion }, portalId);
  }

  /** @param portalId that of every customer's link; null of staff's */
  async areOffered(db: Db, realm: PersonRealm, portalId: string | null): Promise<boolean> {
    if (realm.name !== 'portal') return true;
    const portal = await db.repository(PortalEntity).findOneByOrFail({ id: portalId! });
    return featureSettings.of(portal.settings).passwordReset;
  }
}
