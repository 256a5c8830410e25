import { Body, Delete, Get, Post, Put, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AudienceController,
  Operation,
  PostAction,
  RequireStaffPermission,
  SUCCESS,
  SendsFile,
  SendsMails,
  StaffCtx,
  SuccessResponse,
  Summary,
  TakesLongBody,
  UuidParam,
  pageOf,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { BillingExporter } from '../billing-exporter.service.js';
import { BillingReader } from '../billing-reader.service.js';
import { staffInvoicesFile } from './billing-files.js';
import { CreditService } from '../credit.service.js';
import { InvoiceDraftService } from '../invoice-draft.service.js';
import { InvoiceService } from '../invoice.service.js';
import {
  ChangeDueDateRequest,
  CreateCreditNoteRequest,
  CreateInvoiceRequest,
  CreditNoteResponse,
  LONGEST_INVOICE,
  OpenInvoiceRequest,
  ReplaceInvoiceRequest,
  StaffInvoiceItem,
  StaffInvoiceListQuery,
  StaffInvoiceResponse,
  TakeBackWriteOffRequest,
  VoidInvoiceRequest,
  WriteOffRequest,
  creditNote,
  invoiceFields,
  staffInvoice,
  staffInvoiceItem,
} from './dto/staff-invoice.dto.js';

@AudienceController('staff', 'api/v1/admin/invoices', 'Invoices')
export class StaffInvoicesController {
  constructor(
    private readonly billing: BillingReader,
    private readonly drafts: InvoiceDraftService,
    private readonly invoices: InvoiceService,
    private readonly credits: CreditService,
    private readonly exporter: BillingExporter,
  ) {}

  @Get()
  @RequireStaffPermission('invoices:read')
  @Operation('adminListInvoices', [StaffInvoiceItem])
  @Summary('Invoices of all customers, drafts among them')
  async list(@StaffCtx() context: StaffContext, @Query() query: StaffInvoiceListQuery) {
    const today = this.billing.today(context);
    const page = await this.billing.listForStaff(context, query);
    return pageOf(
      page.rows.map((row) => staffInvoiceItem(row, today)),
      page,
      query,
      page.nextCursor,
    );
  }

  @Get('export')
  @RequireStaffPermission('invoices:read')
  @SendsFile()
  @Operation('adminExportInvoices', 'text/csv', 'export_too_long')
  @Summary('The same invoices as CSV, all pages of them; at most 1,000,000')
  async export(
    @StaffCtx() context: StaffContext,
    @Query() query: StaffInvoiceListQuery,
    @Req() request: FastifyRequest,
  ) {
    const batches = await this.exporter.invoicesForStaff(context, query);
    return staffInvoicesFile(request, this.billing.today(context), batches);
  }

  @Post()
  @RequireStaffPermission('invoices:write')
  @TakesLongBody(LONGEST_INVOICE)
  @Operation('adminCreateInvoice', StaffInvoiceResponse)
  @Summary('Begin an invoice as a draft, which its customer does not see')
  async create(@StaffCtx() context: StaffContext, @Body() body: CreateInvoiceRequest) {
    return staffInvoice(await this.drafts.create(context, invoiceFields(body)), this.billing.today(context));
  }

  @Get(':id')
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetInvoice', StaffInvoiceResponse)
  @Summary('One invoice with its lines, what settled it and what became of it')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return staffInvoice(await this.invoices.get(context, id), this.billing.today(context));
  }

  @Put(':id')
  @RequireStaffPermission('invoices:write')
  @TakesLongBody(LONGEST_INVOICE)
  @Operation('adminReplaceInvoice', StaffInvoiceResponse, 'invoice_changed', 'invoice_not_draft')
  @Summary('Write a draft anew, lines and all')
  async replace(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { version, ...body }: ReplaceInvoiceRequest,
  ) {
    const invoice = await this.drafts.replace(context, id, invoiceFields(body), version);
    return staffInvoice(invoice, this.billing.today(context));
  }

  @Delete(':id')
  @RequireStaffPermission('invoices:write')
  @Operation('adminRemoveInvoice', SuccessResponse, 'invoice_not_draft')
  @Summary('Throw a draft away')
  async remove(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    await this.drafts.remove(context, id);
    return SUCCESS;
  }

  @PostAction(':id/open')
  @RequireStaffPermission('invoices:write')
  @SendsMails()
  @Operation('adminOpenInvoice', StaffInvoiceResponse, 'invoice_changed', 'invoice_not_draft')
  @Summary('Open a draft: it gets its number, is owed from now on, and its customer is told')
  async open(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Body() { version }: OpenInvoiceRequest) {
    return staffInvoice(await this.invoices.open(context, id, version), this.billing.today(context));
  }

  @PostAction(':id/void')
  @RequireStaffPermission('invoices:write')
  @SendsMails()
  @Operation('adminVoidInvoice', StaffInvoiceResponse, 'invoice_changed', 'invoice_not_open', 'invoice_has_payments')
  @Summary('Take an invoice back whole while nothing of it is paid; its number stays')
  async void(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { reason, version }: VoidInvoiceRequest,
  ) {
    return staffInvoice(await this.invoices.void(context, id, reason, version), this.billing.today(context));
  }

  @Put(':id/due-date')
  @RequireStaffPermission('invoices:write')
  @SendsMails()
  @Operation('adminChangeDueDate', StaffInvoiceResponse, 'invoice_changed', 'invoice_not_open')
  @Summary('Give a customer another day to pay')
  async changeDueDate(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { dueOn, version }: ChangeDueDateRequest,
  ) {
    return staffInvoice(await this.invoices.changeDueDate(context, id, dueOn, version), this.billing.today(context));
  }

  @Post(':id/credit-notes')
  @RequireStaffPermission('payments:write')
  @SendsMails()
  @Operation('adminCreateCreditNote', CreditNoteResponse, 'invoice_not_open', 'credit_exceeds_invoice')
  @Summary('Take back a part of an invoice, or all; what was paid already becomes credit')
  async credit(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { amount, reason }: CreateCreditNoteRequest,
  ) {
    return creditNote(await this.credits.creditNote(context, id, { amount: BigInt(amount), reason }));
  }

  @PostAction(':id/write-off')
  @RequireStaffPermission('payments:write')
  @Operation('adminWriteOffInvoice', StaffInvoiceResponse, 'invoice_not_open', 'amount_exceeds_owed')
  @Summary('Give up what is still owed, or a part of it')
  async writeOff(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { amount, reason }: WriteOffRequest,
  ) {
    await this.credits.writeOff(context, id, { amount: amount === undefined ? undefined : BigInt(amount), reason });
    return this.get(context, id);
  }

  @PostAction(':id/write-off/take-back')
  @RequireStaffPermission('payments:write')
  @SendsMails()
  @Operation('adminTakeBackWriteOff', StaffInvoiceResponse, 'write_off_taken_back')
  @Summary('Take a write-off back: what it gave up is owed again, late by its due date; credit that is left may pay it')
  async takeBackWriteOff(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: TakeBackWriteOffRequest,
  ) {
    await this.credits.takeBackWriteOff(context, id, body);
    return this.get(context, id);
  }
}
