import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import { defaultTheme } from '@balcao/theming';
import { MailBranding, type MailBrand, type MailSender } from '../mail-branding.js';

/** Asks the process's `MailBranding`, or falls back to the organization's name in Balcão's colours. */
@Injectable()
export class BrandingFinder implements OnModuleInit {
  private branding: MailBranding | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly database: Database,
  ) {}

  /** @throws Error where two providers claim to know the brand */
  onModuleInit(): void {
    const found = new Set(
      this.discovery.getProviders().flatMap(({ instance }) => (instance instanceof MailBranding ? [instance] : [])),
    );
    if (found.size > 1) throw new Error('More than one provider of MailBranding');
    [this.branding] = found;
  }

  /** Whom the organization's mails come from, where that is not the installation. */
  async sender(context: OrganizationContext): Promise<MailSender | undefined> {
    return this.branding?.sender(context);
  }

  async load(context: OrganizationContext, portalId: string | undefined): Promise<MailBrand> {
    if (this.branding) return this.branding.load(context, portalId);
    const organization = await this.database.read(context, (db) =>
      db.first<{ name: string; now: Date | null }>(
        sql`select o.name, o.now from organization_standings o where o.id = ${context.organizationId}::uuid`,
      ),
    );
    const { name = 'Balcão', now = null } = organization ?? {};
    return { organizationName: name, isSandbox: now !== null, theme: defaultTheme };
  }
}
