import { Body, Get, Patch, Post } from '@nestjs/common';
import {
  AudienceController,
  Operation,
  PostAction,
  RequireStaffPermission,
  StaffCtx,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { PlanService } from '../plan.service.js';
import {
  AddPriceRequest,
  CreatePlanRequest,
  PlanResponse,
  PlansResponse,
  UpdatePlanRequest,
  planFacts,
  planFields,
  priceFields,
} from './dto/plan.dto.js';

@AudienceController('staff', 'api/v1/admin/plans', 'Subscriptions')
export class PlansController {
  constructor(private readonly plans: PlanService) {}

  @Get()
  @RequireStaffPermission('subscriptions:read')
  @Operation('adminListPlans', PlansResponse)
  @Summary('What is sold again and again, and what it costs; 500 at most, archived ones last')
  async list(@StaffCtx() context: StaffContext) {
    return { data: (await this.plans.list(context)).map(planFacts) };
  }

  @Post()
  @RequireStaffPermission('plans:write')
  @Operation('adminCreatePlan', PlanResponse, 'name_taken')
  @Summary('Add a plan; it has no price yet')
  async create(@StaffCtx() context: StaffContext, @Body() body: CreatePlanRequest) {
    return { plan: planFacts(await this.plans.create(context, planFields(body))) };
  }

  @Get(':id')
  @RequireStaffPermission('subscriptions:read')
  @Operation('adminGetPlan', PlanResponse)
  @Summary('One plan with all its prices, the latest first')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { plan: planFacts(await this.plans.get(context, id)) };
  }

  @Patch(':id')
  @RequireStaffPermission('plans:write')
  @Operation('adminUpdatePlan', PlanResponse, 'conflict', 'name_taken')
  @Summary('Change what it is called and to whom it is offered, archive it or bring it back')
  async update(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() body: UpdatePlanRequest) {
    return { plan: planFacts(await this.plans.update(context, id, body)) };
  }

  @Post(':id/prices')
  @RequireStaffPermission('plans:write')
  @Operation('adminAddPlanPrice', PlanResponse, 'plan_archived')
  @Summary('Add a price; subscriptions keep theirs until they are changed')
  async addPrice(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() body: AddPriceRequest) {
    return { plan: planFacts(await this.plans.addPrice(context, id, priceFields(body))) };
  }

  @PostAction(':id/prices/:priceId/archive')
  @RequireStaffPermission('plans:write')
  @Operation('adminArchivePlanPrice', PlanResponse)
  @Summary('From now on nobody takes it; who has it keeps it')
  async archivePrice(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @UuidParam('priceId') priceId: string,
  ) {
    return { plan: planFacts(await this.plans.archivePrice(context, id, priceId)) };
  }
}
