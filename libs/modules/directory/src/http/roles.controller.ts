import { Body, Controller, Get, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, Audience, RequireStaffPermission, StaffCtx, UuidParam } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { RoleService, type RoleRow } from '../role.service.js';
import { CreateRoleRequest, RoleListResponse, RoleResponse, UpdateRoleRequest, type RoleItem } from './dto/role.dto.js';

@ApiTags('Roles')
@Controller('api/v1/admin/roles')
@Audience('staff')
export class RolesController {
  constructor(private readonly roles: RoleService) {}

  @Get()
  @RequireStaffPermission('roles:read')
  @ApiOperation({
    operationId: 'adminListRoles',
    summary: 'Roles for portal users; at most 100',
  })
  @ApiOkResponse({ type: RoleListResponse })
  async list(@StaffCtx() context: StaffContext): Promise<RoleListResponse> {
    return { data: (await this.roles.list(context)).map(presentRole) };
  }

  @Post()
  @RequireStaffPermission('roles:write')
  @ApiOperation({ operationId: 'adminCreateRole', summary: 'Add a role' })
  @ApiCreatedResponse({ type: RoleResponse })
  @ApiProblems('validation_failed', 'name_taken')
  async create(@StaffCtx() context: StaffContext, @Body() body: CreateRoleRequest): Promise<RoleResponse> {
    return { role: presentRole(await this.roles.create(context, body)) };
  }

  @Patch(':id')
  @RequireStaffPermission('roles:write')
  @ApiOperation({
    operationId: 'adminUpdateRole',
    summary: 'Change a role; it holds from the next request on',
  })
  @ApiOkResponse({ type: RoleResponse })
  @ApiProblems('validation_failed', 'not_found', 'name_taken')
  async update(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: UpdateRoleRequest,
  ): Promise<RoleResponse> {
    return { role: presentRole(await this.roles.update(context, id, body)) };
  }
}

function presentRole({ id, name, permissions, isDefault, grantableRoleIds }: RoleRow): RoleItem {
  return { id, name, permissions, isDefault, grantableRoleIds };
}
