import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { StaffResponse, staffItem } from '@balcao/module-directory/http';
import { ApiProblems, Audience, RequireStaffPermission, StaffCtx, UuidParam } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { StaffAccessService } from '../passwords/staff-access.service.js';

@ApiTags('Staff')
@Controller('api/v1/admin/staff')
@Audience('staff')
export class StaffAccessController {
  constructor(private readonly access: StaffAccessService) {}

  @Post(':id/unlock')
  @HttpCode(200)
  @RequireStaffPermission('staff:write')
  @ApiOperation({
    operationId: 'adminUnlockStaff',
    summary: 'End a lock before its time',
  })
  @ApiOkResponse({ type: StaffResponse })
  @ApiProblems('not_found', 'staff_owner_only')
  async unlock(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<StaffResponse> {
    return { staff: staffItem(await this.access.unlock(context, id)) };
  }
}
