import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPageResponse,
  Audience,
  PageQuery,
  RequirePermission,
  TenantCtx,
  pageOf,
  type Page,
} from '@balcao/platform-http';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { StaffService } from '../staff.service.js';
import { StaffItem } from './dto/staff.dto.js';

@ApiTags('Staff')
@Controller('api/v1/admin/staff')
@Audience('staff')
export class StaffController {
  constructor(private readonly staff: StaffService) {}

  @Get()
  @RequirePermission('staff:read')
  @ApiOperation({
    operationId: 'adminListStaff',
    summary: "The organization's own people",
  })
  @ApiPageResponse(StaffItem)
  async list(@TenantCtx() context: OrganizationContext, @Query() query: PageQuery): Promise<Page<StaffItem>> {
    const { rows, total } = await this.staff.list(context, query);
    return pageOf(
      rows.map(({ id, name, email, role, status }) => ({
        id,
        name,
        email,
        role,
        status,
      })),
      total,
      query,
    );
  }
}
