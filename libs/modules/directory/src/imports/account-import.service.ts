import { Injectable } from '@nestjs/common';
import { Database, sql, type Db, type StaffContext } from '@balcao/platform-tenancy';
import { planAccounts, type AccountRow, type ExistingAccounts, type KnownAccount } from './account-rows.js';
import { DataImportService, type DataImport } from './data-import.service.js';

/** Files of customers: who of them is here already, and what would become of each. */
@Injectable()
export class AccountImportService {
  constructor(
    private readonly database: Database,
    private readonly imports: DataImportService,
  ) {}

  /** Checks the rows against the customers that are here, and keeps what was found. */
  async check(
    context: StaffContext,
    { fileName, headings, existing }: { fileName: string; headings: string[]; existing: ExistingAccounts },
    rows: readonly AccountRow[],
  ): Promise<DataImport> {
    const known = await this.database.read(context, (db) =>
      knownAccounts(
        db,
        rows.map(({ record }) => record),
      ),
    );
    const checked = planAccounts(rows, known, existing);
    return this.imports.create(context, 'accounts', {
      fileName,
      headings,
      options: { existing },
      summary: {},
      rows: checked,
    });
  }
}

/** The customers that have one of these tax ids or external ids. */
export async function knownAccounts(
  db: Db,
  records: readonly { taxId?: string | null; externalId?: string | null }[],
): Promise<KnownAccount[]> {
  const taxIds = records.flatMap(({ taxId }) => taxId ?? []);
  const externalIds = records.flatMap(({ externalId }) => externalId ?? []);
  return db.query<KnownAccount>(sql`
    select a.id, a.tax_id as "taxId", a.external_id as "externalId" from billing_accounts a
    where ${db.tenant('a')} and (a.tax_id = any(${taxIds}::text[]) or a.external_id = any(${externalIds}::text[]))`);
}
