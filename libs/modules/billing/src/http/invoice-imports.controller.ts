import { Get, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AudienceController,
  Operation,
  PageQuery,
  PostAction,
  RequireStaffPermission,
  SendsFile,
  StaffCtx,
  Summary,
  TakesFile,
  UuidParam,
  pageOf,
  uploadedBytes,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { DataImportService, readTable } from '@balcao/module-directory';
import {
  FILE_WORDS,
  ImportRowItem,
  ImportRowsQuery,
  LARGEST_IMPORT,
  importRowItem,
  refusedRowsFile,
} from '@balcao/module-directory/http';
import { InvoiceImportService } from '../imports/invoice-import.service.js';
import { INVOICE_COLUMNS, type InvoiceColumn } from '../imports/invoice-rows.js';
import {
  InvoiceImportItem,
  InvoiceImportQuery,
  InvoiceImportResponse,
  invoiceImportItem,
} from './dto/invoice-import.dto.js';

@AudienceController('staff', 'api/v1/admin/invoice-imports', 'Invoices')
export class InvoiceImportsController {
  constructor(
    private readonly imports: DataImportService,
    private readonly invoices: InvoiceImportService,
  ) {}

  @Get()
  @RequireStaffPermission('invoices:read')
  @Operation('adminListInvoiceImports', [InvoiceImportItem])
  @Summary('Files of invoices of the last 30 days that were imported, newest first')
  async list(@StaffCtx() context: StaffContext, @Query() query: PageQuery) {
    const { rows, total } = await this.imports.list(context, 'invoices', query);
    return pageOf(rows.map(invoiceImportItem), total, query);
  }

  @Post()
  @RequireStaffPermission('invoices:write')
  @TakesFile(LARGEST_IMPORT, FILE_WORDS)
  @Operation('adminCheckInvoiceImport', InvoiceImportResponse)
  @Summary(
    'Check a file of invoices, without writing any; what becomes of each row is told, and starting it is asked for',
  )
  async check(
    @StaffCtx() context: StaffContext,
    @Query() { fileName, numbers, currency }: InvoiceImportQuery,
    @Req() request: FastifyRequest,
  ) {
    const table = readTable<InvoiceColumn>(await uploadedBytes(request), INVOICE_COLUMNS);
    const options = { fileName, locale: numbers, currency: currency ?? context.principal.organization.currency };
    return { import: invoiceImportItem(await this.invoices.check(context, options, table)) };
  }

  @Get(':id')
  @RequireStaffPermission('invoices:read')
  @Operation('adminGetInvoiceImport', InvoiceImportResponse)
  @Summary('How far an import of invoices has come')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { import: invoiceImportItem(await this.imports.get(context, 'invoices', id)) };
  }

  @Get(':id/rows')
  @RequireStaffPermission('invoices:read')
  @Operation('adminListInvoiceImportRows', [ImportRowItem])
  @Summary('The rows of a file of invoices in their order, with what becomes of each')
  async rows(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Query() query: ImportRowsQuery) {
    const { status, limit, offset } = query;
    const { rows, total } = await this.imports.rows(context, 'invoices', id, { status, limit, offset });
    return pageOf(
      rows.map((row) => importRowItem(row, context.locale)),
      total,
      query,
    );
  }

  @Get(':id/refused/export')
  @RequireStaffPermission('invoices:read')
  @SendsFile()
  @Operation('adminExportRefusedInvoiceRows', 'text/csv')
  @Summary('The rows of a file of invoices that were refused, as CSV with the reason of each')
  async refused(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Req() request: FastifyRequest) {
    const { headings } = await this.imports.get(context, 'invoices', id);
    return refusedRowsFile(request, headings, this.imports.refusedRows(context, 'invoices', id));
  }

  @PostAction(':id/start')
  @RequireStaffPermission('invoices:write')
  @Operation('adminStartInvoiceImport', InvoiceImportResponse, 'import_running', 'import_not_ready')
  @Summary('Import what was checked; the worker opens invoice after invoice under its own number, and no mails go out')
  async start(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { import: invoiceImportItem(await this.imports.start(context, 'invoices', id)) };
  }

  @PostAction(':id/stop')
  @RequireStaffPermission('invoices:write')
  @Operation('adminStopInvoiceImport', InvoiceImportResponse)
  @Summary('Import no more of a file; what was opened stays')
  async stop(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { import: invoiceImportItem(await this.imports.stop(context, 'invoices', id)) };
  }
}
