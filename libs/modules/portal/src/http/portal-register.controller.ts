import { Body, Patch, Post } from '@nestjs/common';
import { AppConfig } from '@balcao/platform-config';
import {
  AudienceController,
  Operation,
  PostAction,
  RequireStaffPermission,
  StaffCtx,
  StoresNothing,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { PortalService } from '../portals/portal.service.js';
import { PortalResponse, portalItem } from './dto/portal.dto.js';
import {
  CheckPortalSlugRequest,
  CreatePortalRequest,
  PortalRolesRequest,
  PortalSlugRequest,
  PortalSlugResponse,
  ShutOutRequest,
  ShutOutResponse,
} from './dto/portal-register.dto.js';

@AudienceController('staff', 'api/v1/admin/portals', 'Portal settings')
export class PortalRegisterController {
  constructor(
    private readonly portals: PortalService,
    private readonly config: AppConfig,
  ) {}

  @Post()
  @RequireStaffPermission('portals:write')
  @Operation('adminCreatePortal', PortalResponse, 'too_many_portals')
  @Summary('Add a portal; 20 may be active')
  async create(@StaffCtx() context: StaffContext, @Body() body: CreatePortalRequest) {
    return this.answer(this.portals.create(context, body));
  }

  @PostAction('slug/check')
  @StoresNothing()
  @RequireStaffPermission('portals:write')
  @Operation('adminCheckPortalSlug', PortalSlugResponse)
  @Summary('Whether a slug is free, in the whole installation')
  async checkSlug(@StaffCtx() context: StaffContext, @Body() { slug, portalId }: CheckPortalSlugRequest) {
    return { slug, isFree: await this.portals.isFree(context, slug, portalId) };
  }

  @Patch(':id/slug')
  @RequireStaffPermission('portals:write')
  @Operation('adminRenamePortal', PortalResponse, 'conflict', 'portal_archived')
  @Summary('Give it another slug; the old one leads to it for 90 days')
  async rename(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { version, slug }: PortalSlugRequest,
  ) {
    return this.answer(this.portals.rename(context, id, version, slug));
  }

  @Patch(':id/roles')
  @RequireStaffPermission('portals:write')
  @Operation('adminSetPortalRoles', PortalResponse, 'conflict', 'portal_archived')
  @Summary('Say which roles it lets in; it holds from the next request on')
  async setRoles(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { version, roleIds }: PortalRolesRequest,
  ) {
    return this.answer(this.portals.setRoles(context, id, version, roleIds));
  }

  @PostAction(':id/roles/check')
  @StoresNothing()
  @RequireStaffPermission('portals:write')
  @Operation('adminCheckPortalRoles', ShutOutResponse)
  @Summary('Whom these roles would shut out; changes nothing')
  async checkRoles(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() body: ShutOutRequest) {
    return this.portals.shutOut(context, id, body.roleIds);
  }

  @PostAction(':id/make-default')
  @RequireStaffPermission('portals:write')
  @Operation('adminMakePortalDefault', PortalResponse, 'portal_archived')
  @Summary('Take it where no portal is named')
  async makeDefault(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return this.answer(this.portals.makeDefault(context, id));
  }

  @PostAction(':id/archive')
  @RequireStaffPermission('portals:write')
  @Operation('adminArchivePortal', PortalResponse, 'portal_is_default')
  @Summary('Answer nothing at it any more, and end its sessions; what happened there stays')
  async archive(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return this.answer(this.portals.archive(context, id));
  }

  @PostAction(':id/unarchive')
  @RequireStaffPermission('portals:write')
  @Operation('adminUnarchivePortal', PortalResponse, 'too_many_portals')
  @Summary('Bring an archived one back')
  async unarchive(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return this.answer(this.portals.unarchive(context, id));
  }

  private async answer(portal: ReturnType<PortalService['archive']>): Promise<PortalResponse> {
    return { portal: portalItem(await portal, this.config.publicUrl) };
  }
}
