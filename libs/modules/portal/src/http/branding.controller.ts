import { Get, Param } from '@nestjs/common';
import { PortalFinder, onceForEach, type FoundPortal } from '@balcao/module-directory';
import { AddressedPortal } from '@balcao/module-directory/http';
import { DomainError, found } from '@balcao/platform-errors';
import { AudienceController, CacheControl, Operation, Summary, Public } from '@balcao/platform-http';
import { CustomStyles } from '../branding/custom-styles.js';
import { plainDomain } from '../domains/domain-name.js';
import { BrandingResponse, brandingFacts } from './dto/branding.dto.js';

const PUBLIC_CACHING = 'public, max-age=300, stale-while-revalidate=86400';

@AudienceController('portal', 'api/v1/portal/branding', 'Portal: branding')
export class BrandingController {
  constructor(
    private readonly portals: PortalFinder,
    private readonly styles: CustomStyles,
  ) {}

  @Get()
  @Public({ orOwnPortal: true, recent: true })
  @CacheControl(PUBLIC_CACHING)
  @Operation('portalGetBranding', BrandingResponse)
  @Summary('Branding of the portal that the address names, or else the session')
  async get(@AddressedPortal() portal: FoundPortal | undefined) {
    if (!portal) throw new DomainError('not_found');
    return this.present(portal);
  }

  @Get(':domain')
  @Public({ recent: true })
  @CacheControl(PUBLIC_CACHING)
  @Operation('portalGetBrandingByDomain', BrandingResponse)
  @Summary('Branding by verified domain')
  async getByDomain(@Param('domain') domain: string) {
    const host = plainDomain(domain);
    const portal = found(host ? await this.portals.byHost(host, true) : undefined);
    if (portal.organization.status === 'suspended') throw new DomainError('organization_suspended');
    return this.present(portal);
  }

  private readonly present = onceForEach(async (portal: FoundPortal): Promise<BrandingResponse> =>
    Object.freeze({ branding: brandingFacts(portal, await this.styles.served(portal)) }),
  );
}
