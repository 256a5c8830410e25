import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PortalUserResponse, StaffResponse, staffItem } from '@balcao/module-directory/http';
import { Audience, Operation, RequireStaffPermission, StaffCtx, Summary, UuidParam } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { AccessService } from '../passwords/access.service.js';
import { CreatePortalUserRequest } from './dto/auth.dto.js';

@ApiTags('Customers')
@Controller('api/v1/admin/portal-users')
@Audience('staff')
export class PortalUserAccessController {
  constructor(private readonly access: AccessService) {}

  @Post()
  @RequireStaffPermission('users:write')
  @Operation('adminCreatePortalUser', PortalUserResponse, 'password_too_common', 'email_taken', 'username_taken')
  @Summary('Add a portal user with a first password')
  async create(@StaffCtx() context: StaffContext, @Body() { password, ...fields }: CreatePortalUserRequest) {
    return { user: await this.access.create(context, fields, password) };
  }

  @Post(':id/unlock')
  @HttpCode(200)
  @RequireStaffPermission('users:write')
  @Operation('adminUnlockPortalUser', PortalUserResponse)
  @Summary('End a lock before its time')
  async unlock(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { user: await this.access.unlock(context, id) };
  }
}

@ApiTags('Staff')
@Controller('api/v1/admin/staff')
@Audience('staff')
export class StaffAccessController {
  constructor(private readonly access: AccessService) {}

  @Post(':id/unlock')
  @HttpCode(200)
  @RequireStaffPermission('staff:write')
  @Operation('adminUnlockStaff', StaffResponse, 'staff_owner_only')
  @Summary('End a lock before its time')
  async unlock(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { staff: staffItem(await this.access.unlockStaff(context, id)) };
  }
}
