import { Body, Get, Patch } from '@nestjs/common';
import { AudienceController, Operation, RequireStaffPermission, StaffCtx, Summary } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { GettingStartedService } from '../getting-started/getting-started.service.js';
import { GettingStartedResponse, PostponeStepRequest } from './dto/getting-started.dto.js';

@AudienceController('staff', 'api/v1/admin/getting-started', 'Getting started')
export class GettingStartedController {
  constructor(private readonly gettingStarted: GettingStartedService) {}

  @Get()
  @RequireStaffPermission('portals:read')
  @Operation('adminGetGettingStarted', GettingStartedResponse)
  @Summary('What the organization has done before its first customers come, and what is left')
  async get(@StaffCtx() context: StaffContext) {
    return { gettingStarted: await this.gettingStarted.get(context) };
  }

  @Patch()
  @RequireStaffPermission('portals:write')
  @Operation('adminPostponeStep', GettingStartedResponse)
  @Summary('Put a step aside for everybody of the organization, or take it up again')
  async postpone(@StaffCtx() context: StaffContext, @Body() { step, postponed }: PostponeStepRequest) {
    return { gettingStarted: await this.gettingStarted.postpone(context, step, postponed) };
  }
}
