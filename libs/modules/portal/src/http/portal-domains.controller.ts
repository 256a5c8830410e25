import { Body, Delete, Get, Put } from '@nestjs/common';
import { AppConfig } from '@balcao/platform-config';
import {
  AudienceController,
  Operation,
  PostAction,
  RequireStaffPermission,
  StaffCtx,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { factsOfClaim } from '../domains/domain-facts.js';
import { DomainService } from '../domains/domain.service.js';
import { ClaimDomainRequest, ClaimedDomainResponse, PortalDomainResponse } from './dto/domain.dto.js';

@AudienceController('staff', 'api/v1/admin/portals', 'Portal settings')
export class PortalDomainsController {
  constructor(
    private readonly domains: DomainService,
    private readonly config: AppConfig,
  ) {}

  @Get(':id/domain')
  @RequireStaffPermission('portals:read')
  @Operation('adminGetPortalDomain', PortalDomainResponse)
  @Summary('Domain of its own that a portal has, or that is being proved')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<PortalDomainResponse> {
    const claim = await this.domains.get(context, { portalId: id });
    return { domain: claim && factsOfClaim(claim, this.config) };
  }

  @Put(':id/domain')
  @RequireStaffPermission('portals:write')
  @Operation('adminClaimPortalDomain', ClaimedDomainResponse)
  @Summary('Claim a domain; the one of before ends at once. It counts once its TXT record is found')
  async claim(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: ClaimDomainRequest,
  ): Promise<ClaimedDomainResponse> {
    return { domain: factsOfClaim(await this.domains.claim(context, { portalId: id }, body.domain), this.config) };
  }

  @PostAction(':id/domain/check')
  @RequireStaffPermission('portals:write')
  @Operation('adminCheckPortalDomain', ClaimedDomainResponse)
  @Summary('Have the name servers asked at once; the event `domain.changed` tells what they said')
  async check(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<ClaimedDomainResponse> {
    return { domain: factsOfClaim(await this.domains.check(context, { portalId: id }), this.config) };
  }

  @Delete(':id/domain')
  @RequireStaffPermission('portals:write')
  @Operation('adminRemovePortalDomain')
  @Summary('Take the domain off; the portal is at home at its path again')
  async remove(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<void> {
    await this.domains.remove(context, { portalId: id });
  }
}
