import { Injectable } from '@nestjs/common';
import { MailLinks } from '@balcao/module-auth';
import { brandingSettings, PortalFinder } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { AppConfig } from '@balcao/platform-config';
import { MailBranding, type MailBrand } from '@balcao/platform-mail';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';

/** Mails go out in the colours of their portal. */
@Injectable()
export class PortalMailBranding extends MailBranding {
  constructor(
    private readonly database: Database,
    private readonly portals: PortalFinder,
    private readonly links: MailLinks,
    private readonly config: AppConfig,
  ) {
    super();
  }

  async load(context: OrganizationContext, portalId: string | undefined): Promise<MailBrand> {
    const portal = await this.database.read(context, (db) =>
      db.repository(PortalEntity).findOneBy(portalId ? { id: portalId } : { isDefault: true }),
    );
    const { logoUrl, ...branding } = brandingSettings.of(portal?.settings ?? {});
    return {
      ...branding,
      organizationName: await this.portals.nameOf(context.organizationId),
      logoUrl: portal && (await this.logoOf(context, portal.id, logoUrl)),
    };
  }

  /** Readers of mail show no picture out of an address, so the portal serves it to them; most show no drawing at all. */
  private async logoOf(context: OrganizationContext, portalId: string, logoUrl: string | null): Promise<string | null> {
    if (logoUrl?.startsWith('/')) return logoUrl.endsWith('.svg') ? null : `${this.config.publicUrl}${logoUrl}`;
    return logoUrl?.startsWith('data:') ? this.links.portal(context, portalId, 'pictures/logo') : logoUrl;
  }
}
