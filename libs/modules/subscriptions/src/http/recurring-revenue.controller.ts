import { Get, Query, Req } from '@nestjs/common';
import { ReportQuery, askedReport, reportFile } from '@balcao/module-billing/http';
import {
  AudienceController,
  Operation,
  RequireStaffPermission,
  SendsFile,
  StaffCtx,
  Summary,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import type { FastifyRequest } from 'fastify';
import { RecurringRevenueService } from '../recurring-revenue.service.js';
import { REVENUE_COLUMNS, RecurringRevenueResponse, recurringRevenue } from './dto/recurring-revenue.dto.js';

/** What recurs by the month, and what has moved it. */
@AudienceController('staff', 'api/v1/admin/reports/recurring-revenue', 'Reports')
export class RecurringRevenueController {
  constructor(private readonly revenue: RecurringRevenueService) {}

  @Get()
  @RequireStaffPermission('subscriptions:read')
  @Operation('adminGetRecurringRevenue', RecurringRevenueResponse)
  @Summary('What recurs by the month, as it came and went: each month, in one currency')
  async months(@StaffCtx() context: StaffContext, @Query() query: ReportQuery): Promise<RecurringRevenueResponse> {
    return recurringRevenue(await this.revenue.months(context, askedReport(query)));
  }

  @Get('export')
  @RequireStaffPermission('subscriptions:read')
  @SendsFile()
  @Operation('adminExportRecurringRevenue', 'text/csv')
  @Summary('The same months as CSV')
  async export(@StaffCtx() context: StaffContext, @Query() query: ReportQuery, @Req() request: FastifyRequest) {
    const { currency, months } = await this.revenue.months(context, askedReport(query));
    return reportFile(
      request,
      context,
      { 'pt-BR': 'receita-recorrente', 'en-US': 'recurring-revenue' },
      REVENUE_COLUMNS,
      {
        currency,
        months,
      },
    );
  }
}
