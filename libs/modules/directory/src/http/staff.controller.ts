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
import { StaffService } from '../staff.service.js';
import { StaffItem, StaffListQuery, StaffResponse, UpdateStaffRequest, staffItem } from './dto/staff.dto.js';

@AudienceController('staff', 'api/v1/admin/staff', 'Staff')
export class StaffController {
  constructor(private readonly staff: StaffService) {}

  @Get()
  @RequireStaffPermission('staff:read')
  @Operation('adminListStaff', [StaffItem])
  @Summary("The organization's own people, by name")
  async list(@StaffCtx() context: StaffContext, @Query() query: StaffListQuery) {
    const { rows, total } = await this.staff.list(context, query);
    return pageOf(rows.map(staffItem), total, query);
  }

  @Get(':id')
  @RequireStaffPermission('staff:read')
  @Operation('adminGetStaff', StaffResponse)
  @Summary('One of them')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { staff: staffItem(await this.staff.get(context, id)) };
  }

  @Patch(':id')
  @RequireStaffPermission('staff:write')
  @Operation('adminUpdateStaff', StaffResponse, 'staff_owner_only', 'own_access')
  @Summary('Change name or role of a colleague; suspend or restore their access')
  async update(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() body: UpdateStaffRequest) {
    return { staff: staffItem(await this.staff.update(context, id, body)) };
  }
}
