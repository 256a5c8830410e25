import { Get, Query } from '@nestjs/common';
import { ReportQuery, askedReport } from '@balcao/module-billing/http';
import { AudienceController, Operation, RequireStaffPermission, StaffCtx, Summary } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { PaymentReports } from '../payment-report.service.js';
import { PaymentMixResponse, paymentMix } from './dto/payment-report.dto.js';

/** How all customers together pay. */
@AudienceController('staff', 'api/v1/admin/reports/payment-mix', 'Reports')
export class PaymentReportsController {
  constructor(private readonly reports: PaymentReports) {}

  @Get()
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetPaymentMix', PaymentMixResponse)
  @Summary('What came in by each way, through payment services and as staff wrote it down, the most first')
  async get(@StaffCtx() context: StaffContext, @Query() query: ReportQuery): Promise<PaymentMixResponse> {
    return paymentMix(await this.reports.mix(context, askedReport(query)));
  }
}
