import { Body, Get, Patch, Post } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  Summary,
  RequireStaffPermission,
  StaffCtx,
  UuidParam,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { RoleService } from '../role.service.js';
import { CreateRoleRequest, RoleListResponse, RoleResponse, UpdateRoleRequest } from './dto/role.dto.js';

@AudienceController('staff', 'api/v1/admin/roles', 'Roles')
export class RolesController {
  constructor(private readonly roles: RoleService) {}

  @Get()
  @RequireStaffPermission('roles:read')
  @Operation('adminListRoles', RoleListResponse)
  @Summary('Roles for portal users; at most 100')
  async list(@StaffCtx() context: StaffContext) {
    return { data: await this.roles.list(context) };
  }

  @Post()
  @RequireStaffPermission('roles:write')
  @Operation('adminCreateRole', RoleResponse, 'name_taken')
  @Summary('Add a role')
  async create(@StaffCtx() context: StaffContext, @Body() body: CreateRoleRequest) {
    return { role: await this.roles.create(context, body) };
  }

  @Patch(':id')
  @RequireStaffPermission('roles:write')
  @Operation('adminUpdateRole', RoleResponse, 'name_taken')
  @Summary('Change a role; it holds from the next request on')
  async update(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() body: UpdateRoleRequest) {
    return { role: await this.roles.update(context, id, body) };
  }
}
