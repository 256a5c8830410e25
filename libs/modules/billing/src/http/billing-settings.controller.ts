import { Body, Get, Patch } from '@nestjs/common';
import { AudienceController, Operation, RequireStaffPermission, StaffCtx, Summary } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { BillingSettingsService } from '../billing-settings.service.js';
import { BillingSettingsResponse, UpdateBillingSettingsRequest } from './dto/billing-settings.dto.js';

@AudienceController('staff', 'api/v1/admin/billing-settings', 'Invoices')
export class BillingSettingsController {
  constructor(private readonly settings: BillingSettingsService) {}

  @Get()
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetBillingSettings', BillingSettingsResponse)
  @Summary('Who invoices are from, how they are numbered, and the terms that new ones begin with')
  async get(@StaffCtx() context: StaffContext) {
    return { billingSettings: await this.settings.get(context) };
  }

  @Patch()
  @RequireStaffPermission('billing_settings:write')
  @Operation('adminUpdateBillingSettings', BillingSettingsResponse, 'conflict')
  @Summary('Change them; what is open already keeps its terms')
  async update(@StaffCtx() context: StaffContext, @Body() body: UpdateBillingSettingsRequest) {
    return { billingSettings: await this.settings.update(context, body) };
  }
}
