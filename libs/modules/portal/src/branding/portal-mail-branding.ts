import { Injectable } from '@nestjs/common';
import { mailPicture } from '@balcao/contracts';
import { brandingSettings, portalOrigin, PortalFinder } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { AppConfig, Secrets } from '@balcao/platform-config';
import { MailBranding, type MailBrand, type MailSender } from '@balcao/platform-mail';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { standing } from '../domains/domain-claims.js';
import { ownSender } from '../domains/own-sender.js';
import { DomainClaimEntity } from '../persistence/domain-claim.entity.js';
import { mailSettings } from '../settings/portal-sections.js';

/** Mails go out in the colours of their portal. */
@Injectable()
export class PortalMailBranding extends MailBranding {
  constructor(
    private readonly database: Database,
    private readonly portals: PortalFinder,
    private readonly config: AppConfig,
    private readonly secrets: Secrets,
  ) {
    super();
  }

  async load(context: OrganizationContext, portalId: string | undefined): Promise<MailBrand> {
    const portal = await this.database.read(context, (db) =>
      db.repository(PortalEntity).findOneBy(portalId ? { id: portalId } : { isDefault: true }),
    );
    const { logoUrl, logoDarkUrl, ...branding } = brandingSettings.of(portal?.settings ?? {});
    const { organization } = (await this.portals.ofOrganization({ id: context.organizationId }))!;
    return {
      ...branding,
      ...mailSettings.of(portal?.settings ?? {}),
      organizationName: organization.name,
      isSandbox: organization.now !== null,
      logoUrl: this.logoOf(portal, logoUrl),
      logoDarkUrl: this.logoOf(portal, logoDarkUrl),
    };
  }

  override async sender(context: OrganizationContext): Promise<MailSender | undefined> {
    const claim = await this.database.read(context, (db) =>
      db.repository(DomainClaimEntity).findOne({
        where: standing({ purpose: 'mail' }),
        select: { id: true, domain: true, mailbox: true, verifiedAt: true, advice: true, dkimKeySealed: true },
      }),
    );
    return claim ? ownSender(claim, this.secrets) : undefined;
  }

  /**
   * Where the links of the mail lead too. Most readers of mail show no drawing and no WebP, so beside each logo stands a PNG
   * for them.
   */
  private logoOf(portal: PortalEntity | null, logoUrl: string | null): string | null {
    return portal && logoUrl && new URL(mailPicture(logoUrl), portalOrigin(portal, this.config.publicUrl)).href;
  }
}
