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
import { AccountImportService } from '../imports/account-import.service.js';
import { DataImportService } from '../imports/data-import.service.js';
import {
  AccountImportItem,
  AccountImportQuery,
  AccountImportResponse,
  accountImportItem,
} from './dto/account-import.dto.js';
import { FILE_WORDS, ImportRowItem, ImportRowsQuery, LARGEST_IMPORT, importRowItem } from './dto/data-import.dto.js';
import { readAccounts } from './read-accounts.js';
import { refusedRowsFile } from './refused-rows-file.js';

@AudienceController('staff', 'api/v1/admin/account-imports', 'Customers')
export class AccountImportsController {
  constructor(
    private readonly imports: DataImportService,
    private readonly accounts: AccountImportService,
  ) {}

  @Get()
  @RequireStaffPermission('customers:read')
  @Operation('adminListAccountImports', [AccountImportItem])
  @Summary('Files of customers of the last 30 days that were imported, newest first')
  async list(@StaffCtx() context: StaffContext, @Query() query: PageQuery) {
    const { rows, total } = await this.imports.list(context, 'accounts', query);
    return pageOf(rows.map(accountImportItem), total, query);
  }

  @Post()
  @RequireStaffPermission('customers:write')
  @TakesFile(LARGEST_IMPORT, FILE_WORDS)
  @Operation('adminCheckAccountImport', AccountImportResponse)
  @Summary(
    'Check a file of customers, without writing any; what becomes of each row is told, and starting it is asked for',
  )
  async check(
    @StaffCtx() context: StaffContext,
    @Query() { fileName, existing }: AccountImportQuery,
    @Req() request: FastifyRequest,
  ) {
    const { headings, rows } = await readAccounts(await uploadedBytes(request));
    return { import: accountImportItem(await this.accounts.check(context, { fileName, headings, existing }, rows)) };
  }

  @Get(':id')
  @RequireStaffPermission('customers:read')
  @Operation('adminGetAccountImport', AccountImportResponse)
  @Summary('How far an import of customers has come')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { import: accountImportItem(await this.imports.get(context, 'accounts', id)) };
  }

  @Get(':id/rows')
  @RequireStaffPermission('customers:read')
  @Operation('adminListAccountImportRows', [ImportRowItem])
  @Summary('The rows of a file of customers in their order, with what becomes of each')
  async rows(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Query() query: ImportRowsQuery) {
    const { status, limit, offset } = query;
    const { rows, total } = await this.imports.rows(context, 'accounts', id, { status, limit, offset });
    return pageOf(
      rows.map((row) => importRowItem(row, context.locale)),
      total,
      query,
    );
  }

  @Get(':id/refused/export')
  @RequireStaffPermission('customers:read')
  @SendsFile()
  @Operation('adminExportRefusedAccountRows', 'text/csv')
  @Summary('The rows of a file of customers that were refused, as CSV with the reason of each')
  async refused(@StaffCtx() context: StaffContext, @UuidParam('id') id: string, @Req() request: FastifyRequest) {
    const { headings } = await this.imports.get(context, 'accounts', id);
    return refusedRowsFile(request, headings, this.imports.refusedRows(context, 'accounts', id));
  }

  @PostAction(':id/start')
  @RequireStaffPermission('customers:write')
  @Operation('adminStartAccountImport', AccountImportResponse, 'import_running', 'import_not_ready')
  @Summary('Import what was checked; the worker adds customer after customer')
  async start(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { import: accountImportItem(await this.imports.start(context, 'accounts', id)) };
  }

  @PostAction(':id/stop')
  @RequireStaffPermission('customers:write')
  @Operation('adminStopAccountImport', AccountImportResponse)
  @Summary('Import no more of a file; what was added stays')
  async stop(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { import: accountImportItem(await this.imports.stop(context, 'accounts', id)) };
  }
}
