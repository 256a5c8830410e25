import { Injectable } from '@nestjs/common';
import { found } from '@balcao/platform-errors';
import { Database, sql, type Db, type PortalContext, type StaffContext } from '@balcao/platform-tenancy';
import { invoiceDifference, type InvoiceDifference } from './domain/invoice-difference.js';
import { invoiceSteps, type InvoiceStep } from './domain/invoice-steps.js';
import { InvoiceRepository } from './persistence/invoice.repository.js';
import type { InvoiceDetailRow } from './persistence/invoice.rows.js';
import { todayOf } from './today.js';

/** Why an invoice comes to what it comes to. */
export interface InvoiceExplanation {
  currency: string;
  steps: InvoiceStep[];
  /** Against the invoice that was opened before of the same customer and currency; null for the first one. */
  comparison: (InvoiceDifference & { previous: InvoiceDetailRow }) | null;
}

/** Explains opened invoices: the way that each has come, and what is otherwise than the time before. */
@Injectable()
export class InvoiceExplanationService {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoiceRepository,
  ) {}

  /** @throws DomainError not_found for a draft as well, and for another account's */
  async explain(context: PortalContext | StaffContext, id: string): Promise<InvoiceExplanation> {
    return this.database.read(context, async (db) => {
      const invoice = found(await this.invoices.detail(db, id));
      found(invoice.state === 'draft' ? undefined : invoice);
      const previousId = await openedBefore(db, invoice);
      const previous = previousId && (await this.invoices.detail(db, previousId));
      return {
        currency: invoice.currency,
        steps: invoiceSteps(invoice, todayOf(context)),
        comparison: previous ? { ...invoiceDifference(previous, invoice), previous } : null,
      };
    });
  }
}

/** The invoice of the same customer and currency that was opened last before; one that was voided asked for nothing. */
async function openedBefore(db: Db, { id, billingAccountId, currency, openedAt }: InvoiceDetailRow) {
  const row = await db.first<{ id: string }>(sql`
    select t.id from invoices t
    where ${db.account('t')} and t.billing_account_id = ${billingAccountId}::uuid and t.currency = ${currency}
      and t.opened_at is not null and t.state <> 'void' and (t.opened_at, t.id) < (${openedAt}::timestamptz, ${id}::uuid)
    order by t.opened_at desc, t.id desc limit 1`);
  return row?.id;
}
