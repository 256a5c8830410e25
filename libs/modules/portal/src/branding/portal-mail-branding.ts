import { Injectable } from '@nestjs/common';
import { mailPicture } from '@balcao/contracts';
import { brandingSettings, PortalFinder } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { AppConfig } from '@balcao/platform-config';
import { MailBranding, type MailBrand } from '@balcao/platform-mail';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { mailSettings } from '../settings/portal-sections.js';

/** Mails go out in the colours of their portal. */
@Injectable()
export class PortalMailBranding extends MailBranding {
  constructor(
    private readonly database: Database,
    private readonly portals: PortalFinder,
    private readonly config: AppConfig,
  ) {
    super();
  }

  async load(context: OrganizationContext, portalId: string | undefined): Promise<MailBrand> {
    const portal = await this.database.read(context, (db) =>
      db.repository(PortalEntity).findOneBy(portalId ? { id: portalId } : { isDefault: true }),
    );
    const { logoUrl, logoDarkUrl, ...branding } = brandingSettings.of(portal?.settings ?? {});
    return {
      ...branding,
      ...mailSettings.of(portal?.settings ?? {}),
      organizationName: await this.portals.nameOf(context.organizationId),
      logoUrl: this.logoOf(logoUrl),
      logoDarkUrl: this.logoOf(logoDarkUrl),
    };
  }

  /** Most readers of mail show no drawing and no WebP, so beside each logo stands a PNG for them. */
  private logoOf(logoUrl: string | null): string | null {
    return logoUrl && `${this.config.publicUrl}${mailPicture(logoUrl)}`;
  }
}
