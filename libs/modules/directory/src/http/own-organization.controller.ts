import { Body, Get, Patch, Query } from '@nestjs/common';
import {
  AudienceController,
  NumberParam,
  Operation,
  PageQuery,
  PostAction,
  RequireStaffPermission,
  StaffCtx,
  Summary,
  pageOf,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { OwnOrganizationService } from '../own-organization.service.js';
import {
  NameOrganizationRequest,
  OwnOrganizationResponse,
  RestoreOrganizationRequest,
} from './dto/organization.dto.js';
import { VersionItem, VersionResponse, versionAnswer } from './dto/version.dto.js';

/** What an organization's own people say of it. */
@AudienceController('staff', 'api/v1/admin/organization', 'Portal settings')
export class OwnOrganizationController {
  constructor(private readonly organization: OwnOrganizationService) {}

  @Get()
  @RequireStaffPermission('portals:read')
  @Operation('adminGetOrganization', OwnOrganizationResponse)
  @Summary('The organization as its own people name it')
  async get(@StaffCtx() context: StaffContext) {
    return { organization: await this.organization.get(context) };
  }

  @Patch()
  @RequireStaffPermission('portals:write')
  @Operation('adminNameOrganization', OwnOrganizationResponse, 'conflict')
  @Summary('Change the name of the organization')
  async name(@StaffCtx() context: StaffContext, @Body() body: NameOrganizationRequest) {
    return { organization: await this.organization.rename(context, body) };
  }

  @Get('versions')
  @RequireStaffPermission('portals:read')
  @Operation('adminListOrganizationVersions', [VersionItem])
  @Summary('Versions of the name, newest first; each change makes one')
  async versions(@StaffCtx() context: StaffContext, @Query() query: PageQuery) {
    const { rows, total } = await this.organization.versions(context, query);
    return pageOf(rows, total, query);
  }

  @Get('versions/:version')
  @RequireStaffPermission('portals:read')
  @Operation('adminGetOrganizationVersion', VersionResponse)
  @Summary('One version: what it changed, and what putting it back would change today')
  async version(@StaffCtx() context: StaffContext, @NumberParam('version') version: number) {
    return versionAnswer(await this.organization.version(context, version), context.locale);
  }

  @PostAction('restore')
  @RequireStaffPermission('portals:write')
  @Operation('adminRestoreOrganization', OwnOrganizationResponse, 'conflict')
  @Summary('Put an earlier name back as a new version')
  async restore(@StaffCtx() context: StaffContext, @Body() body: RestoreOrganizationRequest) {
    return { organization: await this.organization.restore(context, body) };
  }
}
