import { setImmediate } from 'node:timers/promises';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { isUf, normalizePostalCode, normalizeTaxId } from '@balcao/brazil';
import { FIELD_ERRORS, emailAddress, type FieldErrorCode } from '@balcao/contracts';
import { ACCOUNT_COLUMNS, type AccountColumn, type AccountRecord, type AccountRow } from '../imports/account-rows.js';
import { readTable, type ImportTable, type TableRow } from '../imports/import-table.js';
import { CreateBillingAccountRequest } from './dto/billing-account.dto.js';

/** Rows that are judged in one turn. */
const ROWS_AT_ONCE = 20;
const ADDRESS = ['street', 'number', 'complement', 'district', 'postalCode', 'city', 'state'] as const;

/**
 * The rows of a file of customers, each judged as the request to add one would be. Others have their turn between them.
 * @throws DomainError validation_failed as `readTable`
 */
export async function readAccounts(bytes: Uint8Array): Promise<{ headings: string[]; rows: AccountRow[] }> {
  const table = readTable<AccountColumn>(bytes, ACCOUNT_COLUMNS);
  const rows: AccountRow[] = [];
  for (const row of table.rows) {
    if (rows.length > 0 && rows.length % ROWS_AT_ONCE === 0) await setImmediate();
    rows.push(accountIn(table, row));
  }
  return { headings: table.headings, rows };
}

function accountIn(table: ImportTable<AccountColumn>, row: TableRow<AccountColumn>): AccountRow {
  const { line, cells } = row;
  const cell = (key: AccountColumn) => row.cell(key) || undefined;
  const taxId = cell('taxId');
  const address = without(Object.fromEntries(ADDRESS.map((key) => [key, cell(key)])));
  const asked = plainToInstance(
    CreateBillingAccountRequest,
    without({
      name: row.cell('name'),
      legalName: cell('legalName'),
      taxId: taxId && leading(normalizeTaxId(taxId)),
      externalId: cell('externalId'),
      email: cell('email'),
      phone: cell('phone'),
      ...(Object.keys(address).length > 0 && {
        address: { ...address, ...spelled(cell('postalCode'), cell('state')) },
      }),
    }),
  );
  const wrong = problemIn(asked);
  const { address: where, ...facts } = asked;
  const record = without({
    ...facts,
    email: facts.email && emailAddress(facts.email),
    address: where && without({ ...where }),
  });
  return {
    line,
    cells,
    record: record as AccountRecord,
    ...(wrong && { problem: wrong.code, heading: table.heading(wrong.column) }),
  };
}

/** A spreadsheet that took a tax id for a number has lost the zeros before it; which of both it was its check digits say. */
function leading(taxId: string): string {
  return /^\d{9,10}$/.test(taxId)
    ? taxId.padStart(11, '0')
    : /^\d{12,13}$/.test(taxId)
      ? taxId.padStart(14, '0')
      : taxId;
}

function spelled(postalCode: string | undefined, state: string | undefined) {
  const digits = postalCode && normalizePostalCode(postalCode);
  // Of a CEP that a spreadsheet took for a number as well.
  const whole = digits && /^[\d.\s-]+$/.test(postalCode) ? (digits.length === 7 ? `0${digits}` : digits) : postalCode;
  const uf = state?.toUpperCase();
  return without({ postalCode: whole, state: uf && isUf(uf) ? uf : state });
}

const without = <Fields extends object>(fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;

function problemIn(asked: CreateBillingAccountRequest): { code: FieldErrorCode; column: AccountColumn } | undefined {
  const errors = validateSync(asked, { stopAtFirstError: true }).flatMap(({ children = [], ...error }) =>
    children.length > 0 ? children : [error as ValidationError],
  );
  const [error] = errors;
  if (!error) return undefined;
  const column = error.property as AccountColumn;
  const [rule = ''] = Object.keys(error.constraints ?? {});
  const special: Partial<Record<AccountColumn, FieldErrorCode>> = { postalCode: 'isPostalCode', state: 'isUf' };
  const code = special[column] ?? (rule === 'minLength' ? 'required' : rule);
  return { code: Object.hasOwn(FIELD_ERRORS, code) ? (code as FieldErrorCode) : 'importFailed', column };
}
