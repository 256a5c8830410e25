import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PortalUserResponse } from '@balcao/module-directory/http';
import { ApiProblems, Audience, RequireStaffPermission, StaffCtx, UuidParam } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { PortalUserAccessService } from '../passwords/portal-user-access.service.js';
import { CreatePortalUserRequest } from './dto/portal-user-access.dto.js';

@ApiTags('Customers')
@Controller('api/v1/admin/portal-users')
@Audience('staff')
export class PortalUserAccessController {
  constructor(private readonly access: PortalUserAccessService) {}

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
