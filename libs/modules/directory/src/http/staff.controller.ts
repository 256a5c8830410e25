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
import { StaffService } from '../staff.service.js';
import { StaffItem, StaffListQuery, StaffResponse, UpdateStaffRequest } from './dto/staff.dto.js';
import { presentStaff } from './staff.presenter.js';

@ApiTags('Staff')
@Controller('api/v1/admin/staff')
@Audience('staff')
export class StaffController {
  constructor(private readonly staff: StaffService) {}

  @Get()
  @RequireStaffPermission('staff:read')
  @ApiOperation({
    operationId: 'adminListStaff',
    summary: "The organization's own people, by name",
  })
  @ApiPageResponse(StaffItem)
  async list(@StaffCtx() context: StaffContext, @Query() query: StaffListQuery): Promise<Page<StaffItem>> {
    const { rows, total } = await this.staff.list(context, query);
    return pageOf(rows.map(presentStaff), total, query);
  }

  @Get(':id')
  @RequireStaffPermission('staff:read')
  @ApiOperation({ operationId: 'adminGetStaff', summary: 'One of them' })
  @ApiOkResponse({ type: StaffResponse })
  @ApiProblems('not_found')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<StaffResponse> {
    return { staff: presentStaff(await this.staff.get(context, id)) };
  }

  @Patch(':id')
  @RequireStaffPermission('staff:write')
  @ApiOperation({
    operationId: 'adminUpdateStaff',
    summary: 'Change name or role of a colleague; suspend or restore their access',
  })
  @ApiOkResponse({ type: StaffResponse })
  @ApiProblems('validation_failed', 'not_found', 'staff_owner_only', 'own_access')
  async update(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: UpdateStaffRequest,
  ): Promise<StaffResponse> {
    return { staff: presentStaff(await this.staff.update(context, id, body)) };
  }
}
