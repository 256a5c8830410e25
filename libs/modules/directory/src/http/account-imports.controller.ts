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
import { AccountImportService } from '../imports/account-import.service.js';
import {
  AccountImportItem,
  AccountImportQuery,
  AccountImportResponse,
  accountImportItem,
} from './dto/account-import.dto.js';
import { FILE_WORDS, LARGEST_IMPORT } from './dto/data-import.dto.js';
import { importsController } from './imports-controller.js';
import { readAccounts } from './read-accounts.js';

const AccountFiles = importsController({
  ...{ kind: 'accounts', name: 'Account', noun: 'customers', reads: 'customers:read', writes: 'customers:write' },
  ...{ Item: AccountImportItem, Response: AccountImportResponse, itemOf: accountImportItem },
  starting: 'the worker adds customer after customer',
  stays: 'what was added stays',
});

@AudienceController('staff', 'api/v1/admin/account-imports', 'Customers')
export class AccountImportsController extends AccountFiles {
  constructor(private readonly accounts: AccountImportService) {
    super();
  }

  @Post()
  @RequireStaffPermission('customers:write')
  @SendsMails(40, 10)
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
}
