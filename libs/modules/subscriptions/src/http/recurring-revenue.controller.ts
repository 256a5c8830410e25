import { Get, Query } from '@nestjs/common';
import { AudienceController, Operation, RequireStaffPermission, StaffCtx, Summary } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { RecurringRevenueService } from '../recurring-revenue.service.js';
import { RecurringRevenueQuery, RecurringRevenueResponse, revenueMonths } from './dto/recurring-revenue.dto.js';

@AudienceController('staff', 'api/v1/admin/recurring-revenue', 'Subscriptions')
export class RecurringRevenueController {
  constructor(private readonly revenue: RecurringRevenueService) {}

  @Get()
  @RequireStaffPermission('subscriptions:read')
  @Operation('adminRecurringRevenue', RecurringRevenueResponse)
  @Summary('What recurs by the month, as it came and went: each month, each currency')
  async months(@StaffCtx() context: StaffContext, @Query() query: RecurringRevenueQuery) {
    return revenueMonths(await this.revenue.months(context, query));
  }
}
