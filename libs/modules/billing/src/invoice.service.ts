import { Injectable } from '@nestjs/common';
import { nextBankingDay } from '@balcao/brazil';
import { MOST_LINES, addDays, dayAt, type Day } from '@balcao/money';
import { Audit } from '@balcao/platform-audit';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Database, refusing, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { BillingSettingsService, issuerOf, type BillingTerms } from './billing-settings.service.js';
import { Ledger } from './ledger.service.js';
import { chargeLine } from './domain/charge-line.js';
import { returnCarriedCharges, takeCarriedCharges } from './persistence/late-charges.js';
import { InvoiceRepository } from './persistence/invoice.repository.js';
import type { InvoiceHeld, StaffInvoiceDetailRow } from './persistence/invoice.rows.js';
import { partyOf } from './persistence/parties.js';

/** How an invoice that is brought in was known before. */
export interface EarlierInvoice {
  number: string;
  openedAt: Date;
}

/** What becomes of an invoice from its opening on. */
@Injectable()
export class InvoiceService {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoiceRepository,
    private readonly ledger: Ledger,
    private readonly settings: BillingSettingsService,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<StaffInvoiceDetailRow> {
    return this.database.read(context, async (db) => found(await this.invoices.staffDetail(db, id)));
  }

  /**
   * Opens a draft: it gets its number, its customer owes it and is told, and credit that is left pays it first. Charges for lateness that
   * are open of earlier invoices come to it, where the terms say so.
   * @param version the one that was read
   * @throws DomainError not_found, invoice_changed, invoice_not_draft, validation_failed without lines, or due before today
   */
  async open(context: OrganizationContext, id: string, version: number): Promise<StaffInvoiceDetailRow> {
    return this.database.transaction(context, async (db) => {
      const held = await this.ledger.hold(db, id);
      if (held.state !== 'draft') throw new DomainError('invoice_not_draft');
      if (held.version !== version) throw new DomainError('invoice_changed');
      await this.openHeld(db, context, await this.settings.terms(db, context), held);
      return found(await this.invoices.staffDetail(db, id));
    });
  }

  /**
   * Opens a draft in the transaction of whoever made it, who holds its customer's ledger account.
   * @param earlier where it was opened elsewhere before: its number and its day stay, and no credit of here pays it
   */
  async openHeld(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    held: InvoiceHeld,
    earlier?: EarlierInvoice,
  ): Promise<void> {
    const openedAt = earlier?.openedAt ?? context.clock.now();
    const openedOn = dayAt(openedAt, terms.timeZone);
    const dueOn = held.dueOn ?? addDays(openedOn, terms.dueDays);
    if (dueOn < openedOn) throw refusedField('dueOn', 'notBeforeToday');
    const billTo = await partyOf(db, held.billingAccountId);
    const lines = await this.invoices.lineCount(db, held.id);
    if (lines === 0) throw refusedField('lines', 'arrayMinSize', { min: 1 });
    const asksForCharges = terms.lateCharges === 'next_invoice' && !earlier;
    const total = asksForCharges ? await this.addCharges(db, terms, held, MOST_LINES - lines) : held.total;
    const { id, billingAccountId, currency } = held;
    await this.invoices.open(db, id, {
      openedOn,
      openedAt,
      dueOn,
      payableUntil: payableUntil(dueOn, currency),
      remindedUntil: terms.today,
      issuer: issuerOf(terms),
      billTo,
    });
    await this.invoices.addEvent(db, context, held, { kind: 'opened', amount: total });
    await this.audit.record(db, context, {
      action: 'staff.invoice.open',
      target: { type: 'invoice', id },
      billingAccountId,
      changes: { before: { state: 'draft' }, after: { state: 'open', total, dueOn } },
    });
    await this.publish(db, context, 'invoice.opened', held);
    if (total > 0n) {
      const entry = {
        billingAccountId,
        currency,
        kind: 'invoice',
        amount: total,
        sourceId: id,
        invoiceId: id,
      } as const;
      const paidByCredit = terms.appliesCredit && !earlier;
      await this.ledger.debit(db, context, { ...entry, reason: null, postedOn: openedOn }, { paidByCredit });
    }
    if (earlier) {
      await refusing({ invoices_organization_id_number_key: 'invoice_number_taken' }, () =>
        this.invoices.keepNumber(db, id, earlier.number),
      );
      return;
    }
    // Last, because the counter stays held from here to the commit.
    const numbering = { prefix: terms.numberPrefix, year: Number(openedOn.slice(0, 4)), first: terms.firstNumber };
    await this.invoices.number(db, id, numbering);
  }

  /**
   * Takes an invoice back whole, which stays with its number. Only while nothing of it is settled: what was paid is credited.
   * @throws DomainError not_found, invoice_changed, invoice_not_open, invoice_has_payments
   */
  async void(
    context: OrganizationContext,
    id: string,
    reason: string,
    version: number,
  ): Promise<StaffInvoiceDetailRow> {
    return this.database.transaction(context, async (db) => {
      const held = await this.ledger.hold(db, id);
      if (held.version !== version) throw new DomainError('invoice_changed');
      await this.voidHeld(db, context, held, reason);
      return found(await this.invoices.staffDetail(db, id));
    });
  }

  /**
   * The same in the transaction of whoever holds the invoice behind its customer's ledger account.
   * @throws DomainError invoice_not_open, invoice_has_payments
   */
  async voidHeld(db: Db, context: OrganizationContext, held: InvoiceHeld, reason: string): Promise<void> {
    if (held.state === 'draft' || held.state === 'void') throw new DomainError('invoice_not_open');
    if (held.settled > 0n) throw new DomainError('invoice_has_payments');
    const terms = await this.settings.terms(db, context);
    const { id, billingAccountId, currency, total, state } = held;
    await this.invoices.void(db, id, reason, context.clock.now());
    await returnCarriedCharges(db, id);
    if (total > 0n) {
      const credit = { billingAccountId, currency, kind: 'void', amount: total, sourceId: id, invoiceId: id } as const;
      await this.ledger.credit(db, context, { ...credit, reason: null, postedOn: terms.today }, { invoiceIds: [id] });
    }
    await this.invoices.addEvent(db, context, held, { kind: 'voided' });
    await this.audit.record(db, context, {
      action: 'staff.invoice.void',
      target: { type: 'invoice', id },
      billingAccountId,
      changes: { before: { state }, after: { state: 'void', reason } },
    });
    await this.publish(db, context, 'invoice.voided', held);
  }

  /**
   * Gives more time, or less: of what the invoice says nothing else changes.
   * @throws DomainError not_found, invoice_changed, invoice_not_open, validation_failed for a day before today
   */
  async changeDueDate(
    context: OrganizationContext,
    id: string,
    dueOn: Day,
    version: number,
  ): Promise<StaffInvoiceDetailRow> {
    return this.database.transaction(context, async (db) => {
      const held = found(await this.invoices.lock(db, id));
      if (held.version !== version) throw new DomainError('invoice_changed');
      if (held.owed === 0n) throw new DomainError('invoice_not_open');
      const terms = await this.settings.terms(db, context);
      if (dueOn < terms.today) throw refusedField('dueOn', 'notBeforeToday');
      await this.invoices.changeDueDate(
        db,
        id,
        { dueOn, payableUntil: payableUntil(dueOn, held.currency) },
        context.clock.now(),
      );
      await this.invoices.addEvent(db, context, held, { kind: 'due_changed', dueOn });
      await this.audit.record(db, context, {
        action: 'staff.invoice.due_date.update',
        target: { type: 'invoice', id },
        billingAccountId: held.billingAccountId,
        changes: { before: { dueOn: held.dueOn }, after: { dueOn } },
      });
      await this.publish(db, context, 'invoice.due_changed', held);
      return found(await this.invoices.staffDetail(db, id));
    });
  }

  /**
   * Asks for charges for lateness that payments of earlier invoices left open, a line for each.
   * @returns the total with them
   */
  private async addCharges(db: Db, { locale }: BillingTerms, held: InvoiceHeld, most: number): Promise<bigint> {
    const charges = await takeCarriedCharges(db, held.id, most);
    if (charges.length === 0) return held.total;
    return this.invoices.appendLines(
      db,
      held,
      charges.map((charge) => chargeLine(charge, locale)),
    );
  }

  /** Leaves in an invoice's history that its customer disputes it, in the transaction of whoever keeps the dispute. */
  async disputed(
    db: Db,
    context: OrganizationContext,
    invoice: { id: string; billingAccountId: string },
  ): Promise<void> {
    await this.invoices.addEvent(db, context, invoice, { kind: 'disputed' });
    await this.publish(db, context, 'invoice.updated', invoice);
  }

  private async publish(
    db: Db,
    context: OrganizationContext,
    name: 'invoice.opened' | 'invoice.voided' | 'invoice.due_changed' | 'invoice.updated',
    { id, billingAccountId }: { id: string; billingAccountId: string },
  ): Promise<void> {
    await this.events.publish(db, context, { name, ids: { invoiceId: id }, billingAccountId, portalUserId: undefined });
  }
}

/** The last day on which a bill that is due on a day is paid in time: banks take no payment where they are closed (Law 7.089/1983). */
export const payableUntil = (dueOn: Day, currency: string): Day => (currency === 'BRL' ? nextBankingDay(dueOn) : dueOn);
