import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPageResponse,
  ApiProblems,
  Audience,
  RequireStaffPermission,
  StaffCtx,
  UuidParam,
  pageOf,
  type Page,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { PortalUserService } from '../portal-user.service.js';
import {
  PortalUserItem,
  PortalUserListQuery,
  PortalUserResponse,
  UpdatePortalUserRequest,
} from './dto/portal-user.dto.js';
import { presentPortalUser } from './portal-user.presenter.js';

@ApiTags('Customers')
@Controller('api/v1/admin/portal-users')
@Audience('staff')
export class PortalUsersController {
  constructor(private readonly users: PortalUserService) {}

  @Get()
  @RequireStaffPermission('users:read')
  @ApiOperation({
    operationId: 'adminListPortalUsers',
    summary: 'List portal users',
  })
  @ApiPageResponse(PortalUserItem)
  async list(@StaffCtx() context: StaffContext, @Query() query: PortalUserListQuery): Promise<Page<PortalUserItem>> {
    const { rows, total } = await this.users.list(context, query);
    return pageOf(rows.map(presentPortalUser), total, query);
  }

  @Get(':id')
  @RequireStaffPermission('users:read')
  @ApiOperation({
    operationId: 'adminGetPortalUser',
    summary: 'One portal user',
  })
  @ApiOkResponse({ type: PortalUserResponse })
  @ApiProblems('not_found')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<PortalUserResponse> {
    return { user: presentPortalUser(await this.users.get(context, id)) };
  }

  @Patch(':id')
  @RequireStaffPermission('users:write')
  @ApiOperation({
    operationId: 'adminUpdatePortalUser',
    summary: 'Change, suspend or restore a portal user',
  })
  @ApiOkResponse({ type: PortalUserResponse })
  @ApiProblems('validation_failed', 'not_found', 'email_taken', 'username_taken')
  async update(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: UpdatePortalUserRequest,
  ): Promise<PortalUserResponse> {
    return {
      user: presentPortalUser(await this.users.update(context, id, body)),
    };
  }
}
