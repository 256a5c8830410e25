import { Injectable } from '@nestjs/common';
import { dataPicture, keptPicture, PICTURE_PURPOSES, type PicturePurpose } from '@balcao/contracts';
import { refusedField } from '@balcao/platform-errors';
import { Storage } from '@balcao/platform-storage';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import type { PortalPictureEntity } from '../persistence/portal-picture.entity.js';
import { PictureService } from './picture.service.js';

/** What settings say of pictures. */
export interface PreparedPictures {
  /** The settings without those that are on their way. */
  branding: Record<string, unknown>;
  /** Settings that are decided by this, whatever was on its way to them. */
  named: PicturePurpose[];
  /** Pictures that become settings once they are ready. */
  arriving: string[];
}

/**
 * Settings name pictures that are kept here, and no others: an address in the web, or a whole picture in a `data:` address,
 * goes the way of an upload, and takes its place in the settings when it is ready.
 */
@Injectable()
export class SettingPictures {
  constructor(
    private readonly storage: Storage,
    private readonly pictures: PictureService,
  ) {}

  /** Begins nothing. @throws DomainError validation_failed for what is no picture of the organization that is kept here */
  async check({ organizationId }: OrganizationContext, settings: Record<string, unknown>): Promise<void> {
    for (const purpose of PICTURE_PURPOSES) {
      const address = settings[purpose];
      if (typeof address === 'string') await this.demandOwn(organizationId, `settings.branding.${purpose}`, address);
    }
  }

  /**
   * @throws DomainError validation_failed for a picture that is another organization's, or not there; rate_limited for too
   *   many on their way
   */
  async prepare(
    context: OrganizationContext,
    portalId: string,
    settings: Record<string, unknown>,
  ): Promise<PreparedPictures> {
    const branding = { ...settings };
    const named = PICTURE_PURPOSES.filter((purpose) => branding[purpose] !== undefined);
    const arriving: string[] = [];
    for (const purpose of named) {
      const address = branding[purpose];
      if (typeof address !== 'string') continue;
      const path = `settings.branding.${purpose}`;
      if (address.startsWith('/')) {
        await this.demandOwn(context.organizationId, path, address);
        continue;
      }
      delete branding[purpose];
      const source = address.startsWith('data:') ? contentOf(path, address) : address;
      arriving.push(await this.pictures.prepare(context, portalId, purpose, source));
    }
    return { branding, named, arriving };
  }

  /** Those on their way, as they stand now. */
  async arriving(
    context: OrganizationContext,
    portalId: string,
    prepared: PreparedPictures | undefined,
  ): Promise<PortalPictureEntity[]> {
    return Promise.all((prepared?.arriving ?? []).map((id) => this.pictures.get(context, portalId, id)));
  }

  /** With the settings, in their transaction. */
  async settle(db: Db, context: OrganizationContext, portalId: string, prepared: PreparedPictures): Promise<void> {
    if (prepared.named.length > 0) await this.pictures.disown(db, portalId, prepared.named);
    for (const id of prepared.arriving) await this.pictures.submit(db, context, id, { adopted: true });
  }

  /** Whose picture it is stands in its address. */
  private async demandOwn(organizationId: string, path: string, address: string): Promise<void> {
    const kept = keptPicture(address);
    if (kept?.organizationId !== organizationId || !(await this.storage.size(kept.key)))
      throw refusedField(path, 'exists');
  }
}

function contentOf(path: string, address: string): Buffer {
  const picture = dataPicture(address, Infinity);
  if (!picture) throw refusedField(path, 'isPicture');
  return Buffer.from(picture.bytes, 'latin1');
}
