import { Body, Get, Patch, Query } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  Summary,
  RequireStaffPermission,
  StaffCtx,
  UuidParam,
  pageOf,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { PortalUserService } from '../portal-user.service.js';
import {
  PortalUserItem,
  PortalUserListQuery,
  PortalUserResponse,
  UpdatePortalUserRequest,
} from './dto/portal-user.dto.js';

@AudienceController('staff', 'api/v1/admin/portal-users', 'Customers')
export class PortalUsersController {
  constructor(private readonly users: PortalUserService) {}

  @Get()
  @RequireStaffPermission('users:read')
  @Operation('adminListPortalUsers', [PortalUserItem])
  @Summary('List portal users')
  async list(@StaffCtx() context: StaffContext, @Query() query: PortalUserListQuery) {
    const { rows, total } = await this.users.list(context, query);
    return pageOf(rows, total, query);
  }

  @Get(':id')
  @RequireStaffPermission('users:read')
  @Operation('adminGetPortalUser', PortalUserResponse)
  @Summary('One portal user')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { user: await this.users.get(context, id) };
  }

  @Patch(':id')
  @RequireStaffPermission('users:write')
  @Operation('adminUpdatePortalUser', PortalUserResponse, 'email_taken', 'username_taken')
  @Summary('Change, suspend or restore a portal user')
  async update(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() body: UpdatePortalUserRequest) {
    return { user: await this.users.update(context, id, body) };
  }
}
