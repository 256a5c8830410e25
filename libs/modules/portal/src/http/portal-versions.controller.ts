import { Body, Get, Query } from '@nestjs/common';
import type { SettingChange } from '@balcao/module-directory';
import { VersionItem, VersionResponse, leftOutInWords, versionAnswer } from '@balcao/module-directory/http';
import { AppConfig } from '@balcao/platform-config';
import {
  AudienceController,
  NumberParam,
  Operation,
  PostAction,
  RequireStaffPermission,
  StaffCtx,
  Summary,
  UuidParam,
  pageOf,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { PortalVersionsService } from '../settings/portal-versions.service.js';
import { portalItem } from './dto/portal.dto.js';
import { PortalVersionListQuery, RestorePortalRequest, RestoredPortalResponse } from './dto/portal-version.dto.js';
import { settingRule } from './dto/settings.dto.js';

/** Characters of a text that a list shows. */
const LONGEST_LISTED = 200;

@AudienceController('staff', 'api/v1/admin/portals/:id', 'Portal settings')
export class PortalVersionsController {
  constructor(
    private readonly versions: PortalVersionsService,
    private readonly config: AppConfig,
  ) {}

  @Get('versions')
  @RequireStaffPermission('portals:read')
  @Operation('adminListPortalVersions', [VersionItem])
  @Summary('Versions of the settings, newest first; each change makes one')
  async list(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Query() query: PortalVersionListQuery) {
    const { section: part, limit, offset } = query;
    const { rows, total } = await this.versions.list(context, id, { part, limit, offset });
    return pageOf(
      rows.map((row) => ({ ...row, changes: row.changes.map(shortened) })),
      total,
      query,
    );
  }

  @Get('versions/:version')
  @RequireStaffPermission('portals:read')
  @Operation('adminGetPortalVersion', VersionResponse)
  @Summary('One version: what it changed, and what putting it back would change today')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @NumberParam('version') version: number) {
    return versionAnswer(await this.versions.get(context, id, version, settingRule), context.locale);
  }

  @PostAction('restore')
  @RequireStaffPermission('portals:write')
  @Operation('adminRestorePortal', RestoredPortalResponse, 'conflict')
  @Summary('Put an earlier version back as a new one; what cannot be said any more stays as it is, and is named')
  async restore(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() body: RestorePortalRequest) {
    const { sections: parts, ...request } = body;
    const { portal, leftOut } = await this.versions.restore(context, id, { ...request, parts }, settingRule);
    return { portal: portalItem(portal, this.config.publicUrl), leftOut: leftOutInWords(leftOut, context.locale) };
  }
}

function shortened({ setting, before, after }: SettingChange): SettingChange {
  const short = <Value>(value: Value) =>
    typeof value === 'string' && value.length > LONGEST_LISTED ? `${value.slice(0, LONGEST_LISTED - 1)}…` : value;
  return { setting, before: short(before), after: short(after) };
}
