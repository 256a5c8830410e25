import { Injectable } from '@nestjs/common';
import { MailLinks } from '@balcao/module-auth';
import { brandingOf, PortalFinder } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { MailBranding, type MailBrand } from '@balcao/platform-mail';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';

/** Mails go out in the colours of their portal. */
@Injectable()
export class PortalMailBranding extends MailBranding {
  constructor(
    private readonly database: Database,
    private readonly portals: PortalFinder,
    private readonly links: MailLinks,
  ) {
    super();
  }

  async load(context: OrganizationContext, portalId: string | undefined): Promise<MailBrand> {
    const portal = await this.database.read(context, (db) =>
      db.repository(PortalEntity).findOneBy(portalId ? { id: portalId } : { isDefault: true }),
    );
    const { theme, supportEmail, supportPhone, footerText, showBalcaoMark, languages, defaultLocale, ...pictures } =
      brandingOf(portal?.branding ?? {});
    const organizationName = await this.portals.nameOf(context.organizationId);
    return {
      organizationName,
      theme,
      logoUrl: portal && (await this.logoOf(context, portal.id, pictures.logoUrl)),
      supportEmail,
      supportPhone,
      footerText,
      showBalcaoMark,
      languages,
      defaultLocale,
    };
  }

  /** Readers of mail show no picture out of an address, so the portal serves it to them. */
  private async logoOf(context: OrganizationContext, portalId: string, logoUrl: string | null): Promise<string | null> {
    return logoUrl?.startsWith('data:') ? this.links.portal(context, portalId, 'pictures/logo') : logoUrl;
  }
}
