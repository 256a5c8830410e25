import { Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  AudienceController,
  Operation,
  RequireStaffPermission,
  SendsMails,
  StaffCtx,
  Summary,
  TakesFile,
  uploadedBytes,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { readTable } from '@balcao/module-directory';
import { FILE_WORDS, LARGEST_IMPORT, importsController } from '@balcao/module-directory/http';
import { InvoiceImportService } from '../imports/invoice-import.service.js';
import { INVOICE_COLUMNS, type InvoiceColumn } from '../imports/invoice-rows.js';
import {
  InvoiceImportItem,
  InvoiceImportQuery,
  InvoiceImportResponse,
  invoiceImportItem,
} from './dto/invoice-import.dto.js';

const InvoiceFiles = importsController({
  ...{ kind: 'invoices', name: 'Invoice', noun: 'invoices', reads: 'invoices:read', writes: 'invoices:write' },
  ...{ Item: InvoiceImportItem, Response: InvoiceImportResponse, itemOf: invoiceImportItem },
  starting: 'the worker opens invoice after invoice under its own number, and no mails go out',
  stays: 'what was opened stays',
});

@AudienceController('staff', 'api/v1/admin/invoice-imports', 'Invoices')
export class InvoiceImportsController extends InvoiceFiles {
  constructor(private readonly invoices: InvoiceImportService) {
    super();
  }

  @Post()
  @RequireStaffPermission('invoices:write')
  @SendsMails(40, 10)
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
}
