import { Injectable } from '@nestjs/common';
import { isCurrency } from '@balcao/money';
import { DataImportService, type DataImport, type ImportTable } from '@balcao/module-directory';
import { refusedField } from '@balcao/platform-errors';
import { Database, sql, type Db, type StaffContext } from '@balcao/platform-tenancy';
import { planInvoices } from './invoice-plan.js';
import { taxIdsOf, type InvoiceColumn, type InvoiceImportOptions, type NamedCustomer } from './invoice-rows.js';
import { todayOf } from '../today.js';

/** Files of invoices that were opened in another system: whose they are, whether they are here, and what would become of each. */
@Injectable()
export class InvoiceImportService {
  constructor(
    private readonly database: Database,
    private readonly imports: DataImportService,
  ) {}

  /** Checks the rows against what is here, and keeps what was found. @throws DomainError validation_failed for what is no currency */
  async check(
    context: StaffContext,
    { fileName, ...options }: InvoiceImportOptions & { fileName: string },
    table: ImportTable<InvoiceColumn>,
  ): Promise<DataImport> {
    if (!isCurrency(options.currency)) throw refusedField('currency', 'isCurrency');
    const today = todayOf(context);
    const here = await this.database.read(context, async (db) => ({
      ...(await namedCustomers(
        db,
        table.rows.map(({ cell }) => cell('customer')),
      )),
      numbers: await knownNumbers(
        db,
        table.rows.map(({ cell }) => cell('number')),
      ),
    }));
    const { rows, summary } = await planInvoices(table, options, { ...here, today });
    const { headings } = table;
    return this.imports.create(context, 'invoices', { fileName, options, headings, summary, rows });
  }
}

/** The customers that go by one of these, as tax id or as external id. */
export async function namedCustomers(
  db: Db,
  texts: readonly string[],
): Promise<{ taxIds: Map<string, NamedCustomer>; externalIds: Map<string, NamedCustomer> }> {
  const named = [...new Set(texts)];
  const rows = await db.query<NamedCustomer>(sql`
    select a.id, a.name, a.tax_id as "taxId", a.external_id as "externalId" from billing_accounts a
    where ${db.tenant('a')} and (a.tax_id = any(${named.flatMap(taxIdsOf)}::text[]) or a.external_id = any(${named}::text[]))`);
  return {
    taxIds: new Map(rows.flatMap((row) => (row.taxId ? [[row.taxId, row]] : []))),
    externalIds: new Map(rows.flatMap((row) => (row.externalId ? [[row.externalId, row]] : []))),
  };
}

/** Which of these numbers invoices have already. */
export async function knownNumbers(db: Db, numbers: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ number: string }>(sql`
    select t.number from invoices t where ${db.tenant('t')} and t.number = any(${[...new Set(numbers)]}::text[])`);
  return new Set(rows.map(({ number }) => number));
}
