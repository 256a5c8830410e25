import { addMonths, type Day } from '@balcao/money';
import { MOST_COUNTED, columnsOf, empty, sql, totalOf, type Db, type Sql, type Total } from '@balcao/platform-tenancy';
import { FISCAL_NOTE_COLUMNS, type FiscalNoteRow } from '../persistence/invoice.rows.js';

/** Of which notes a folder is asked: those of a customer, those issued in a month (`2026-11`). */
export interface FolderFilter {
  billingAccountId?: string;
  month?: string;
}

/** A note with its invoice. */
export interface FolderNoteRow extends FiscalNoteRow {
  invoiceId: string;
  invoiceNumber: string | null;
}

/** A month in which notes were issued. */
export interface FolderMonthRow {
  /** `2026-11` */
  month: string;
  notes: number;
  /** Of how many there are files. */
  withXml: number;
}

/** A note's files, as they are kept. */
export interface FolderFileRow {
  number: string;
  issuedOn: Day;
  accessKey: string;
  xmlKey: string;
  eventXmlKey: string | null;
  documentKey: string | null;
}

/** How a month is written: `2026-11`. */
export const MONTH = /^2\d{3}-(?:0[1-9]|1[0-2])$/;

/** A folder goes so many months back. */
const MOST_MONTHS = 120;

const within = (db: Db, { billingAccountId, month }: FolderFilter): Sql => {
  const first = month && `${month}-01`;
  return sql`${db.account('f')}
    ${billingAccountId ? sql`and f.billing_account_id = ${billingAccountId}::uuid` : empty}
    ${first ? sql`and f.issued_on >= ${first}::date and f.issued_on < ${addMonths(first, 1)}::date` : empty}`;
};

/** A page of notes, the newest first. */
export async function listFiscalNotes(
  db: Db,
  filter: FolderFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<Total & { rows: FolderNoteRow[] }> {
  const [rows, [counted]] = await Promise.all([
    db.query<FolderNoteRow>(sql`
      select ${FISCAL_NOTE_COLUMNS}, ${columnsOf('f', ['invoiceId'])}, t.number as "invoiceNumber"
      from fiscal_notes f
      join invoices t on ${db.account('t')} and t.id = f.invoice_id
      where ${within(db, filter)} order by f.issued_on desc, f.id desc limit ${limit} offset ${offset}`),
    db.query<{ count: number }>(sql`
      select count(*)::int as count from (select from fiscal_notes f where ${within(db, filter)} limit ${MOST_COUNTED + 1}) f`),
  ]);
  return { rows, ...totalOf(counted!.count) };
}

/** The months in which notes were issued, the latest first. */
export const listFiscalMonths = (db: Db, filter: FolderFilter): Promise<FolderMonthRow[]> =>
  db.query(sql`
    select to_char(f.issued_on, 'YYYY-MM') as month, count(*)::int as notes, count(f.xml_key)::int as "withXml"
    from fiscal_notes f where ${within(db, filter)} group by 1 order by 1 desc limit ${MOST_MONTHS}`);

/** The files of a month's notes, in their order; one more than `limit` where there are more. */
export const listFiscalFiles = (db: Db, filter: FolderFilter, limit: number): Promise<FolderFileRow[]> =>
  db.query(sql`
    select ${columnsOf('f', ['number', 'issuedOn', 'accessKey', 'xmlKey', 'eventXmlKey', 'documentKey'])}
    from fiscal_notes f where ${within(db, filter)} and f.xml_key is not null
    order by f.issued_on, f.id limit ${limit + 1}`);
