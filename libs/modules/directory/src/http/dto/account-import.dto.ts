import { ApiProperty } from '@nestjs/swagger';
import { EnumField, Single } from '@balcao/platform-http';
import { EXISTING_ACCOUNTS, type ExistingAccounts } from '../../imports/account-rows.js';
import type { DataImport } from '../../imports/data-import.service.js';
import { DataImportItem, ImportFileQuery, dataImportItem } from './data-import.dto.js';

export class AccountImportQuery extends ImportFileQuery {
  @EnumField({
    description: 'What becomes of customers that are here already, by their tax id or external id',
    values: EXISTING_ACCOUNTS,
    optional: true,
  })
  existing: ExistingAccounts = 'skip';
}

export class AccountImportItem extends DataImportItem {
  @ApiProperty({ enum: EXISTING_ACCOUNTS, description: 'What becomes of customers that are here already' })
  existing: ExistingAccounts;
}

export class AccountImportResponse extends Single('import', AccountImportItem) {}

export const accountImportItem = (row: DataImport): AccountImportItem => ({
  ...dataImportItem(row),
  existing: (row.options as { existing: ExistingAccounts }).existing,
});
