import { Injectable } from '@nestjs/common';
import {
  CreditService,
  InvoiceDraftService,
  InvoiceRepository,
  InvoiceService,
  Ledger,
  type BillingTerms,
  type DraftLine,
} from '@balcao/module-billing';
import { addDays, type Day } from '@balcao/money';
import { found } from '@balcao/platform-errors';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import { totalOf } from './domain/charges.js';
import type { PeriodInvoice, SubscriptionRow } from './persistence/subscription.rows.js';
import { SubscriptionCollection } from './subscription-collection.js';

/**
 * What subscriptions ask for and give back, by billing's own services, in the transaction of whoever holds the customer's ledger
 * account, then the subscription.
 */
@Injectable()
export class SubscriptionInvoicing {
  constructor(
    private readonly ledger: Ledger,
    private readonly drafts: InvoiceDraftService,
    private readonly invoices: InvoiceService,
    private readonly rows: InvoiceRepository,
    private readonly credits: CreditService,
    private readonly collection: SubscriptionCollection,
  ) {}

  /** First of all locks. */
  async hold(db: Db, accounts: readonly Pick<SubscriptionRow, 'billingAccountId' | 'currency'>[]): Promise<void> {
    for (const currency of [...new Set(accounts.map((each) => each.currency))].sort()) {
      const ids = accounts.filter((each) => each.currency === currency).map((each) => each.billingAccountId);
      await this.ledger.lock(db, [...new Set(ids)], currency);
    }
  }

  /** Makes an invoice and opens it; nothing where nothing is to pay. @returns its id */
  async open(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    subscription: SubscriptionRow,
    { title, lines }: { title: string; lines: readonly DraftLine[] },
  ): Promise<string | null> {
    const { id, number, billingAccountId, currency, reference } = subscription;
    if (lines.length === 0 || totalOf(lines, currency) === 0n) return null;
    const dueOn = dueDayOf(subscription, terms);
    const invoice = {
      billingAccountId,
      title: title.slice(0, 255),
      currency,
      dueOn,
      purchaseOrder: reference,
      lines,
      subscription: { id, number },
    };
    const invoiceId = await this.drafts.insert(db, context, terms, invoice, 'subscription');
    await this.invoices.openHeld(db, context, terms, found(await this.rows.lock(db, invoiceId)));
    // Credit may have paid all of it.
    const { owed } = found(await this.rows.lock(db, invoiceId));
    if (owed > 0n) await this.collection.opened(db, context, subscription, invoiceId);
    return invoiceId;
  }

  /** Gives back so much of a period's invoices, the latest first; they can bear it. */
  async credit(
    db: Db,
    context: OrganizationContext,
    invoices: readonly PeriodInvoice[],
    amount: bigint,
    reason: string,
  ): Promise<void> {
    const held = await this.rows.lockMany(
      db,
      invoices.map(({ id }) => id),
    );
    let left = amount;
    for (const { id, creditable } of invoices) {
      const part = creditable < left ? creditable : left;
      if (part <= 0n) continue;
      left -= part;
      const invoice = found(held.find((each) => each.id === id));
      await this.credits.creditNoteHeld(db, context, invoice, { amount: part, reason });
    }
  }

  /** Takes back an invoice of which nothing is paid. @throws DomainError invoice_not_open, invoice_has_payments */
  async void(db: Db, context: OrganizationContext, invoiceId: string, reason: string): Promise<void> {
    await this.invoices.voidHeld(db, context, found(await this.rows.lock(db, invoiceId)), reason);
  }
}

/** When an invoice of a subscription that opens on a day is due. */
export const dueDayOf = (
  { dueDays }: Pick<SubscriptionRow, 'dueDays'>,
  { today, dueDays: usual }: { today: Day; dueDays: number },
): Day => addDays(today, dueDays ?? usual);
