import { Body, Get, Patch } from '@nestjs/common';
import { AudienceController, Operation, RequireStaffPermission, StaffCtx, Summary } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { SubscriptionSettingsService } from '../subscription-settings.service.js';
import { SubscriptionSettingsResponse, UpdateSubscriptionSettingsRequest } from './dto/subscription-settings.dto.js';

@AudienceController('staff', 'api/v1/admin/subscription-settings', 'Subscriptions')
export class SubscriptionSettingsController {
  constructor(private readonly settings: SubscriptionSettingsService) {}

  @Get()
  @RequireStaffPermission('subscriptions:read')
  @Operation('adminGetSubscriptionSettings', SubscriptionSettingsResponse)
  @Summary('What becomes of subscriptions whose invoices stay unpaid, and what is offered to who wants to leave')
  async get(@StaffCtx() context: StaffContext) {
    return { subscriptionSettings: await this.settings.get(context) };
  }

  @Patch()
  @RequireStaffPermission('plans:write')
  @Operation('adminUpdateSubscriptionSettings', SubscriptionSettingsResponse, 'conflict')
  @Summary('Change them; what was done by them already stays')
  async update(@StaffCtx() context: StaffContext, @Body() body: UpdateSubscriptionSettingsRequest) {
    return { subscriptionSettings: await this.settings.update(context, body) };
  }
}
