import { Get, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AudienceController,
  Operation,
  RequireStaffPermission,
  SendsFile,
  StaffCtx,
  Summary,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { ReceivablesReports } from '../receivables-report.service.js';
import { receivablesFile } from './billing-files.js';
import { ReceivablesReportResponse, ReportQuery, askedReport, receivablesReport } from './dto/report.dto.js';

/** What all customers together were invoiced, owe and have paid. */
@AudienceController('staff', 'api/v1/admin/reports/receivables', 'Reports')
export class ReceivablesReportsController {
  constructor(private readonly reports: ReceivablesReports) {}

  @Get()
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetReceivables', ReceivablesReportResponse)
  @Summary('What was invoiced month by month, what became of it, and what is owed by how late it is')
  async get(@StaffCtx() context: StaffContext, @Query() query: ReportQuery): Promise<ReceivablesReportResponse> {
    return receivablesReport(await this.reports.get(context, askedReport(query)));
  }

  @Get('export')
  @RequireStaffPermission('invoices:read')
  @SendsFile()
  @Operation('adminExportReceivables', 'text/csv')
  @Summary('The same months as CSV')
  async export(@StaffCtx() context: StaffContext, @Query() query: ReportQuery, @Req() request: FastifyRequest) {
    return receivablesFile(request, context, await this.reports.months(context, askedReport(query)));
  }
}
