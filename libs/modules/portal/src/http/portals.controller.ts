import { Body, Get, Patch } from '@nestjs/common';
import { AppConfig } from '@balcao/platform-config';
import {
  AudienceController,
  Operation,
  PostAction,
  StoresNothing,
  Summary,
  RequireStaffPermission,
  StaffCtx,
  UuidParam,
  fieldErrorsInWords,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { StylePreviewService } from '../branding/style-preview.service.js';
import { PortalSettingsService } from '../settings/portal-settings.service.js';
import {
  PortalListResponse,
  PortalResponse,
  UpdatePortalRequest,
  UpdatedPortalResponse,
  portalItem,
} from './dto/portal.dto.js';
import { StylePreviewRequest, StylePreviewResponse } from './dto/style-preview.dto.js';
import { portalPictureItem } from './dto/portal-picture.dto.js';

@AudienceController('staff', 'api/v1/admin/portals', 'Portal settings')
export class PortalsController {
  constructor(
    private readonly settings: PortalSettingsService,
    private readonly previews: StylePreviewService,
    private readonly config: AppConfig,
  ) {}

  @Get()
  @RequireStaffPermission('portals:read')
  @Operation('adminListPortals', PortalListResponse)
  @Summary('Portals of the organization; at most 100')
  async list(@StaffCtx() context: StaffContext) {
    return { data: (await this.settings.list(context)).map((portal) => portalItem(portal, this.config.publicUrl)) };
  }

  @Get(':id')
  @RequireStaffPermission('portals:read')
  @Operation('adminGetPortal', PortalResponse)
  @Summary('One portal with its settings')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { portal: portalItem(await this.settings.get(context, id), this.config.publicUrl) };
  }

  @Patch(':id')
  @RequireStaffPermission('portals:write')
  @Operation('adminUpdatePortal', UpdatedPortalResponse, 'conflict')
  @Summary('Change settings; what is left out stays')
  async update(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() body: UpdatePortalRequest) {
    const { portal, arriving } = await this.settings.update(context, id, body);
    return {
      portal: portalItem(portal, this.config.publicUrl),
      arriving: arriving.map((picture) => portalPictureItem(picture, context.locale)),
    };
  }

  @PostAction(':id/style/preview')
  @StoresNothing()
  @RequireStaffPermission('portals:write')
  @Operation('adminPreviewStyle', StylePreviewResponse)
  @Summary('The stylesheet that a portal would serve after a change; stores nothing')
  async previewStyle(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: StylePreviewRequest,
  ) {
    const { css, problems } = await this.previews.look(context, id, body);
    return { css, problems: fieldErrorsInWords(problems, context.locale) };
  }
}
