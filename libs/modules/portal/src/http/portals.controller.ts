import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { brandingOf, portalOrigin } from '@balcao/module-directory';
import type { PortalEntity } from '@balcao/module-directory/entities';
import { AppConfig } from '@balcao/platform-config';
import { ApiProblems, Audience, RequireStaffPermission, StaffCtx, UuidParam } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { PortalSettingsService } from '../settings/portal-settings.service.js';
import { presentColours } from './branding.presenter.js';
import { PortalListResponse, PortalResponse, UpdatePortalRequest, type PortalItem } from './dto/portal.dto.js';
import { presentSettings } from './dto/settings.dto.js';

@ApiTags('Portal settings')
@Controller('api/v1/admin/portals')
@Audience('staff')
export class PortalsController {
  constructor(
    private readonly settings: PortalSettingsService,
    private readonly config: AppConfig,
  ) {}

  @Get()
  @RequireStaffPermission('portals:read')
  @ApiOperation({
    operationId: 'adminListPortals',
    summary: 'Portals of the organization; at most 100',
  })
  @ApiOkResponse({ type: PortalListResponse })
  async list(@StaffCtx() context: StaffContext): Promise<PortalListResponse> {
    return { data: (await this.settings.list(context)).map((portal) => present(portal, this.config)) };
  }

  @Get(':id')
  @RequireStaffPermission('portals:read')
  @ApiOperation({
    operationId: 'adminGetPortal',
    summary: 'One portal with its settings',
  })
  @ApiOkResponse({ type: PortalResponse })
  @ApiProblems('not_found')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<PortalResponse> {
    return { portal: present(await this.settings.get(context, id), this.config) };
  }

  @Patch(':id')
  @RequireStaffPermission('portals:write')
  @ApiOperation({
    operationId: 'adminUpdatePortal',
    summary: 'Change settings; what is left out stays',
  })
  @ApiOkResponse({ type: PortalResponse })
  @ApiProblems('validation_failed', 'not_found', 'conflict')
  async update(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: UpdatePortalRequest,
  ): Promise<PortalResponse> {
    return { portal: present(await this.settings.update(context, id, body), this.config) };
  }
}

function present(portal: PortalEntity, { publicUrl }: AppConfig): PortalItem {
  const branding = brandingOf(portal.branding);
  const { light, dark } = branding.theme;
  return {
    id: portal.id,
    slug: portal.slug,
    name: portal.name,
    isDefault: portal.isDefault,
    version: portal.version,
    customDomain: portal.customDomain,
    domainVerified: portal.domainVerified,
    address: `${portalOrigin(portal, publicUrl)}/portal/`,
    branding: {
      ...branding,
      customCss: portal.customCss,
      theme: { light: presentColours(light), dark: presentColours(dark) },
    },
    settings: presentSettings(portal.settings),
    allowedInvitationDomains: portal.allowedInvitationDomains,
    updatedAt: portal.updatedAt,
  };
}
