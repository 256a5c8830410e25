import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PortalUserResponse, StaffResponse, staffItem } from '@balcao/module-directory/http';
import { ApiProblems, Audience, RequireStaffPermission, StaffCtx, UuidParam } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { AccessService } from '../passwords/access.service.js';
import { CreatePortalUserRequest } from './dto/portal-user-access.dto.js';

@ApiTags('Customers')
@Controller('api/v1/admin/portal-users')
@Audience('staff')
export class PortalUserAccessController {
  constructor(private readonly access: AccessService) {}

  @Post()
  @RequireStaffPermission('users:write')
  @ApiOperation({
    operationId: 'adminCreatePortalUser',
    summary: 'Add a portal user with a first password',
  })
  @ApiCreatedResponse({ type: PortalUserResponse })
  @ApiProblems('validation_failed', 'password_too_common', 'email_taken', 'username_taken')
  async create(
    @StaffCtx() context: StaffContext,
    @Body() { password, ...fields }: CreatePortalUserRequest,
  ): Promise<PortalUserResponse> {
    return { user: await this.access.create(context, fields, password) };
  }

  @Post(':id/unlock')
  @HttpCode(200)
  @RequireStaffPermission('users:write')
  @ApiOperation({
    operationId: 'adminUnlockPortalUser',
    summary: 'End a lock before its time',
  })
  @ApiOkResponse({ type: PortalUserResponse })
  @ApiProblems('not_found')
  async unlock(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<PortalUserResponse> {
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
  @ApiOperation({ operationId: 'adminUnlockStaff', summary: 'End a lock before its time' })
  @ApiOkResponse({ type: StaffResponse })
  @ApiProblems('not_found', 'staff_owner_only')
  async unlock(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<StaffResponse> {
    return { staff: staffItem(await this.access.unlockStaff(context, id)) };
  }
}
