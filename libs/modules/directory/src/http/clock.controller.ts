import { Body, Get } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PostAction,
  RequireStaffPermission,
  StaffCtx,
  Summary,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { OrganizationClockService } from '../clock/organization-clock.service.js';
import { AdvanceClockRequest, AdvancedClockResponse, ClockResponse, StoppedClockResponse } from './dto/clock.dto.js';

/** What time it is in a sandbox organization. */
@AudienceController('staff', 'api/v1/admin/clock', 'Test clock')
export class ClockController {
  constructor(private readonly clock: OrganizationClockService) {}

  @Get()
  @RequireStaffPermission('clock:read')
  @Operation('adminGetClock', ClockResponse)
  @Summary('What time it is in a sandbox organization')
  async get(@StaffCtx() context: StaffContext) {
    return { clock: (await this.clock.find(context)) ?? null };
  }

  @PostAction('advance')
  @RequireStaffPermission('clock:write')
  @Operation('adminAdvanceClock', AdvancedClockResponse, 'no_test_clock', 'clock_advancing')
  @Summary('Move the clock of a sandbox organization ahead; what falls due on the way is done day by day')
  async advance(@StaffCtx() context: StaffContext, @Body() { until }: AdvanceClockRequest) {
    return { clock: await this.clock.advance(context, until) };
  }

  @PostAction('stop')
  @RequireStaffPermission('clock:write')
  @Operation('adminStopClock', StoppedClockResponse, 'no_test_clock')
  @Summary('Let the clock of a sandbox organization stand where it is on its way')
  async stop(@StaffCtx() context: StaffContext) {
    return { clock: await this.clock.stop(context) };
  }
}
