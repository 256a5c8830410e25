import { Injectable } from '@nestjs/common';
import type { Day } from '@balcao/money';
import { DomainError } from '@balcao/platform-errors';
import { Database, type PortalContext, type StaffContext } from '@balcao/platform-tenancy';
import {
  portalInvoicesExport,
  staffInvoicesExport,
  type ExportedList,
  type PortalInvoiceFilter,
  type StaffInvoiceFilter,
} from './persistence/invoice-list.js';
import type { InvoiceListRow, StaffInvoiceListRow } from './persistence/invoice.rows.js';
import {
  accountName,
  entriesExport,
  transactionsExport,
  type EntryRow,
  type TransactionFilter,
  type TransactionRow,
} from './persistence/statement.js';
import { todayOf } from './today.js';

/** Rows that a file has at most: what a spreadsheet opens. */
export const MOST_EXPORTED = 1_000_000;
/** Rows that are read at a time; the connection is given back in between. */
const ROWS_OF_A_BATCH = 1_000;

/** Lists as files, of whatever length up to `MOST_EXPORTED`: batch after batch, so that memory holds one. */
@Injectable()
export class BillingExporter {
  /** Rows that a file has at most. */
  protected readonly most: number = MOST_EXPORTED;

  constructor(private readonly database: Database) {}

  /** @throws DomainError export_too_long */
  invoices(context: PortalContext, filter: PortalInvoiceFilter): Promise<AsyncGenerator<InvoiceListRow[]>> {
    return this.batches(context, portalInvoicesExport(filter, todayOf(context)));
  }

  /** @throws DomainError export_too_long */
  invoicesForStaff(context: StaffContext, filter: StaffInvoiceFilter): Promise<AsyncGenerator<StaffInvoiceListRow[]>> {
    return this.batches(context, staffInvoicesExport(filter, todayOf(context)));
  }

  /** @throws DomainError not_found for an account that there is not, export_too_long */
  async transactions(
    context: PortalContext | StaffContext,
    filter: Pick<TransactionFilter, 'billingAccountId' | 'kind' | 'from' | 'to'>,
  ): Promise<AsyncGenerator<TransactionRow[]>> {
    await this.database.read(context, (db) => accountName(db, filter.billingAccountId));
    return this.batches(context, transactionsExport(filter));
  }

  /** The books of all customers, for whoever books them elsewhere. @throws DomainError validation_failed, export_too_long */
  async entries(context: StaffContext, days: { from: Day; to: Day }): Promise<AsyncGenerator<EntryRow[]>> {
    return this.batches(context, entriesExport(days));
  }

  /** Whether there are too many is said before the first of them: behind it the answer has begun. */
  private async batches<Row>(
    context: PortalContext | StaffContext,
    list: ExportedList<Row>,
  ): Promise<AsyncGenerator<Row[]>> {
    const isTooLong = await this.database.read(context, (db) => list.isTooLong(db, this.most));
    if (isTooLong) throw new DomainError('export_too_long');
    return this.read(context, list);
  }

  private async *read<Row>(context: PortalContext | StaffContext, list: ExportedList<Row>): AsyncGenerator<Row[]> {
    let cursor: string | undefined;
    do {
      const { rows, nextCursor } = await this.database.read(context, (db) => list.batch(db, cursor, ROWS_OF_A_BATCH));
      if (rows.length > 0) yield rows;
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
}
