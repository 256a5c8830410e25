import { Injectable } from '@nestjs/common';
import type { Day } from '@balcao/money';
import { found } from '@balcao/platform-errors';
import { Database, sql, type Db, type PortalContext, type StaffContext, type Total } from '@balcao/platform-tenancy';
import {
  ageing,
  amountsDue,
  listPortalInvoices,
  listStaffInvoices,
  type AgeingRow,
  type AmountDue,
  type InvoicePage,
  type PortalInvoiceFilter,
  type StaffInvoiceFilter,
} from './persistence/invoice-list.js';
import { InvoiceRepository } from './persistence/invoice.repository.js';
import type { InvoiceDetailRow, InvoiceListRow, StaffInvoiceListRow } from './persistence/invoice.rows.js';
import {
  accountName,
  balancesOf,
  listTransactions,
  readStatement,
  statementPeriod,
  type AskedPeriod,
  type Statement,
  type TransactionFilter,
  type TransactionRow,
} from './persistence/statement.js';
import { pausesOf, type ReminderPause } from './persistence/reminder-pauses.js';
import { todayOf } from './today.js';

/** Customers' invoices and books, as they are read: by themselves, who have one account, and by staff, who name one. */
@Injectable()
export class BillingReader {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoiceRepository,
  ) {}

  /** The day that the organization has, by the context's clock. */
  today(context: PortalContext | StaffContext): Day {
    return todayOf(context);
  }

  /** With the version of the account's books when it was read. @throws DomainError validation_failed for a cursor of another list */
  async list(
    context: PortalContext,
    filter: PortalInvoiceFilter,
  ): Promise<InvoicePage<InvoiceListRow> & { version: string }> {
    const today = this.today(context);
    return this.database.read(context, async (db) => {
      const [version, page] = await Promise.all([versionOf(db, today), listPortalInvoices(db, filter, today)]);
      return { version, ...page };
    });
  }

  /** What tells whether an account's answers are still true: its books, and the day, which makes invoices late. */
  async version(context: PortalContext): Promise<string> {
    return this.database.read(context, (db) => versionOf(db, this.today(context)));
  }

  async listForStaff(context: StaffContext, filter: StaffInvoiceFilter): Promise<InvoicePage<StaffInvoiceListRow>> {
    return this.database.read(context, (db) => listStaffInvoices(db, filter, this.today(context)));
  }

  /** @throws DomainError not_found for a draft as well, and for another account's */
  async get(context: PortalContext, id: string): Promise<InvoiceDetailRow> {
    return this.database.read(context, async (db) => {
      const invoice = found(await this.invoices.detail(db, id));
      return found(invoice.state === 'draft' ? undefined : invoice);
    });
  }

  /** What is to pay, the credit that is there, the invoices that are due first, and why reminders of some of them wait. */
  async overview(
    context: PortalContext,
    limit: number,
  ): Promise<{
    due: AmountDue[];
    rows: InvoiceListRow[];
    balances: { currency: string; credit: bigint }[];
    pauses: Map<string, ReminderPause[]>;
  }> {
    const today = this.today(context);
    const { billingAccountId } = context.scope;
    return this.database.read(context, async (db) => {
      const [due, balances] = await Promise.all([amountsDue(db, today, limit), balancesOf(db, billingAccountId)]);
      const pauses = await pausesOf(
        db,
        due.rows.map(({ id }) => id),
        today,
      );
      return { ...due, balances, pauses };
    });
  }

  /** @throws DomainError not_found for an account that there is not, validation_failed for a cursor of another list */
  async transactions(
    context: PortalContext | StaffContext,
    filter: TransactionFilter,
  ): Promise<Total & { rows: TransactionRow[]; nextCursor: string | null }> {
    return this.database.read(context, async (db) => {
      const [, page] = await Promise.all([accountName(db, filter.billingAccountId), listTransactions(db, filter)]);
      return page;
    });
  }

  /**
   * The books between two days, three months up to today where none are named, with what is owed by its age.
   * @throws DomainError not_found for an account that there is not, validation_failed for days in the wrong order or too far apart
   */
  async statement(
    context: PortalContext | StaffContext,
    { billingAccountId, ...asked }: AskedPeriod & { billingAccountId: string },
  ): Promise<Statement & { billingAccountName: string; ageing: AgeingRow[] }> {
    const today = this.today(context);
    const of = {
      billingAccountId,
      ...statementPeriod(asked, { today, currency: context.principal.organization.currency }),
    };
    return this.database.read(context, async (db) => {
      const [billingAccountName, statement, late] = await Promise.all([
        accountName(db, billingAccountId),
        readStatement(db, of),
        ageing(db, today, billingAccountId),
      ]);
      return { ...statement, billingAccountName, ageing: late };
    });
  }

  /** What a customer owes in each currency. @throws DomainError not_found for an account that there is not */
  async balances(
    context: StaffContext,
    billingAccountId: string,
  ): Promise<{ currency: string; balance: bigint; credit: bigint }[]> {
    return this.database.read(context, async (db) => {
      const [, balances] = await Promise.all([accountName(db, billingAccountId), balancesOf(db, billingAccountId)]);
      return balances;
    });
  }
}

const versionOf = async (db: Db, today: Day): Promise<string> => {
  const row = await db.first<{ version: string }>(sql`
    select coalesce((select v.version from account_versions v where ${db.account('v')} and v.resource = 'billing'), 0)::text as version`);
  return `${row!.version}/${today}`;
};
