import {
  adminCheckAccountImport,
  adminCheckInvoiceImport,
  adminExportRefusedAccountRows,
  adminExportRefusedInvoiceRows,
  adminGetAccountImport,
  adminGetInvoiceImport,
  adminListAccountImportRows,
  adminListAccountImports,
  adminListInvoiceImportRows,
  adminListInvoiceImports,
  adminStartAccountImport,
  adminStartInvoiceImport,
  adminStopAccountImport,
  adminStopInvoiceImport,
  type AccountImportItem,
  type ImportRowItem,
  type InvoiceImportItem,
} from '@balcao/api-client';
import { list, one, query, useChange } from './keys.js';

export type AccountImport = AccountImportItem;
export type InvoiceImport = InvoiceImportItem;
export type ImportRow = ImportRowItem;
export type ImportKind = 'accounts' | 'invoices';
/** What both kinds of imports have. */
export type AnyImport = Omit<AccountImportItem, 'existing'>;

/** While an import is being written, events tell of it; this is for when they do not come. */
const STILL_WRITING_MS = 3_000;
const whileRunning = {
  refetchInterval: ({ state: { data } }: { state: { data?: AnyImport } }) =>
    data?.status === 'running' && STILL_WRITING_MS,
};

/** A file with what was chosen about it. */
export interface CheckedFile<Options> {
  file: File;
  options: Options;
}

export const checkAccounts = async ({ file, options }: CheckedFile<{ existing: AccountImport['existing'] }>) =>
  (await adminCheckAccountImport({ query: { fileName: file.name, ...options }, body: { file } })).import;

export const checkInvoices = async ({ file, options }: CheckedFile<{ numbers: InvoiceImport['numbers'] }>) =>
  (await adminCheckInvoiceImport({ query: { fileName: file.name, ...options }, body: { file } })).import;

export const useAccountImport = one(
  'account_import',
  async (call) => (await adminGetAccountImport(call)).import,
  whileRunning,
);
export const useInvoiceImport = one(
  'invoice_import',
  async (call) => (await adminGetInvoiceImport(call)).import,
  whileRunning,
);

export const useAccountImports = list('account_imports', adminListAccountImports, { limit: 1 });
export const useInvoiceImports = list('invoice_imports', adminListInvoiceImports, { limit: 1 });

/** Rows that are shown at a time. */
const ROWS_OF_A_PAGE = 50;
export type RowFilter = { status?: ImportRow['status']; page: number };

export const useAccountImportRows = query('account_import', (call, id: string, filter: RowFilter) =>
  adminListAccountImportRows({ ...call, path: { id }, query: { ...filter, limit: ROWS_OF_A_PAGE } }),
);
export const useInvoiceImportRows = query('invoice_import', (call, id: string, filter: RowFilter) =>
  adminListInvoiceImportRows({ ...call, path: { id }, query: { ...filter, limit: ROWS_OF_A_PAGE } }),
);

export const useStartImport = (kind: ImportKind) =>
  kind === 'accounts'
    ? useChange((id: string) => adminStartAccountImport({ path: { id } }), 'account_imports', 'account_import')
    : useChange((id: string) => adminStartInvoiceImport({ path: { id } }), 'invoice_imports', 'invoice_import');

export const useStopImport = (kind: ImportKind) =>
  kind === 'accounts'
    ? useChange((id: string) => adminStopAccountImport({ path: { id } }), 'account_imports', 'account_import')
    : useChange((id: string) => adminStopInvoiceImport({ path: { id } }), 'invoice_imports', 'invoice_import');

/** The rows that were refused, as a file to mend. */
export const refusedRowsFile = (kind: ImportKind, id: string): Promise<string> =>
  (kind === 'accounts' ? adminExportRefusedAccountRows : adminExportRefusedInvoiceRows)({ path: { id } });
