import { Body, Get, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AudienceController,
  Operation,
  PostAction,
  RequireStaffPermission,
  SendsFile,
  SendsMails,
  StaffCtx,
  Summary,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { BillingExporter } from '../billing-exporter.service.js';
import { BillingReader } from '../billing-reader.service.js';
import { CreditService } from '../credit.service.js';
import {
  ApplyCreditRequest,
  ApplyCreditResponse,
  RecordDepositRequest,
  RecordDepositResponse,
} from './dto/ledger.dto.js';
import { EntryExportQuery } from './dto/report.dto.js';
import { entriesFile } from './billing-files.js';

@AudienceController('staff', 'api/v1/admin/ledger', 'Ledger')
export class StaffLedgerController {
  constructor(
    private readonly billing: BillingReader,
    private readonly credits: CreditService,
    private readonly exporter: BillingExporter,
  ) {}

  @Get('entries/export')
  @RequireStaffPermission('invoices:read')
  @SendsFile()
  @Operation('adminExportEntries', 'text/csv', 'export_too_long')
  @Summary('The books of all customers between two days as CSV, for accountants; a year and 1,000,000 rows at most')
  async entries(@StaffCtx() context: StaffContext, @Query() query: EntryExportQuery, @Req() request: FastifyRequest) {
    return entriesFile(request, this.billing.today(context), await this.exporter.entries(context, query));
  }

  @Post('deposits')
  @RequireStaffPermission('payments:write')
  @SendsMails()
  @Operation('adminRecordDeposit', RecordDepositResponse)
  @Summary(
    'Write down money that came in elsewhere; it pays invoices and what lateness has added until that day; the rest stays as credit',
  )
  async deposit(@StaffCtx() context: StaffContext, @Body() { amount, invoiceIds, ...body }: RecordDepositRequest) {
    const application = invoiceIds && (invoiceIds.length > 0 ? { invoiceIds } : 'none');
    const { id, allocated } = await this.credits.deposit(context, { ...body, amount: BigInt(amount), application });
    return { id, allocated: Number(allocated) };
  }

  @PostAction('apply-credit')
  @RequireStaffPermission('payments:write')
  @SendsMails()
  @Operation('adminApplyCredit', ApplyCreditResponse)
  @Summary("Let a customer's credit pay what is owed, what is due first before the rest")
  async applyCredit(@StaffCtx() context: StaffContext, @Body() { billingAccountId, currency }: ApplyCreditRequest) {
    const { organization } = context.principal;
    const used = await this.credits.applyCredit(context, billingAccountId, currency ?? organization.currency);
    return { used: Number(used) };
  }
}
