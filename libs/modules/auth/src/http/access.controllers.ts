import { Body, Post } from '@nestjs/common';
import { PortalUserResponse, StaffResponse, staffItem } from '@balcao/module-directory/http';
import {
  PostAction,
  AudienceController,
  Operation,
  RequireStaffPermission,
  StaffCtx,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { AccessService } from '../passwords/access.service.js';
import { CreatePortalUserRequest } from './dto/auth.dto.js';

@AudienceController('staff', 'api/v1/admin/portal-users', 'Customers')
export class PortalUserAccessController {
  constructor(private readonly access: AccessService) {}

  @Post()
  @RequireStaffPermission('users:write')
  @Operation('adminCreatePortalUser', PortalUserResponse, 'password_too_common', 'email_taken', 'username_taken')
  @Summary('Add a portal user with a first password')
  async create(@StaffCtx() context: StaffContext, @Body() { password, ...fields }: CreatePortalUserRequest) {
    return { user: await this.access.create(context, fields, password) };
  }

  @PostAction(':id/unlock')
  @RequireStaffPermission('users:write')
  @Operation('adminUnlockPortalUser', PortalUserResponse)
  @Summary('End a lock before its time')
  async unlock(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { user: await this.access.unlock(context, id) };
  }
}

@AudienceController('staff', 'api/v1/admin/staff', 'Staff')
export class StaffAccessController {
  constructor(private readonly access: AccessService) {}

  @PostAction(':id/unlock')
  @RequireStaffPermission('staff:write')
  @Operation('adminUnlockStaff', StaffResponse, 'staff_owner_only')
  @Summary('End a lock before its time')
  async unlock(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { staff: staffItem(await this.access.unlockStaff(context, id)) };
  }
}
