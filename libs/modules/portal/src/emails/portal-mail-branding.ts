import { Injectable } from '@nestjs/common';
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
  ) {
    super();
  }

  async load(context: OrganizationContext, portalId: string | undefined): Promise<MailBrand> {
    const portal = await this.database.read(context, (db) =>
      db.repository(PortalEntity).findOneBy(portalId ? { id: portalId } : { isDefault: true }),
    );
    const { theme, logoUrl, supportEmail, supportPhone, footerText, showBalcaoMark } = brandingOf(
      portal?.branding ?? {},
    );
    const organizationName = await this.portals.nameOf(context.organizationId);
    return { organizationName, theme, logoUrl, supportEmail, supportPhone, footerText, showBalcaoMark };
  }
}
