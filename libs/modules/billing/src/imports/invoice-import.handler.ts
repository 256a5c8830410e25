import { Injectable } from '@nestjs/common';
import type { FieldErrorCode } from '@balcao/contracts';
import { startOfDay } from '@balcao/money';
import { ImportSlices, attempt, type ItemOutcome, type WaitingItem } from '@balcao/module-directory/worker';
import { DomainError } from '@balcao/platform-errors';
import { Events, liveOnly } from '@balcao/platform-events';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { Database, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import type { BillingTerms } from '../billing-settings.service.js';
import { InvoiceRepository } from '../persistence/invoice.repository.js';
import { quietBilling, type QuietBilling } from '../quiet-billing.js';
import { knownNumbers, namedCustomers } from './invoice-import.service.js';
import type { InvoiceRecord } from './invoice-plan.js';
import { customerBy, type InvoiceImportOptions } from './invoice-rows.js';

/** Their ledger accounts stay held to the end of a turn. */
const INVOICES_OF_A_TURN = 20;

/** Opens the invoices of a file under the numbers that they had, with what was paid of them, and tells nobody but open pages. */
@Injectable()
@JobHandler('invoices.import')
export class InvoiceImportHandler implements JobHandler<'invoices.import'> {
  private readonly billing: QuietBilling;

  constructor(
    database: Database,
    private readonly events: Events,
    private readonly slices: ImportSlices,
    private readonly repository: InvoiceRepository,
  ) {
    this.billing = quietBilling(database, liveOnly(events));
  }

  async handle({ payload, context }: HandledJob<'invoices.import'>, finish: Finish): Promise<void> {
    const write = (
      db: Db,
      as: OrganizationContext,
      options: InvoiceImportOptions,
      items: WaitingItem<InvoiceRecord>[],
    ) => this.write(db, as, options, items);
    await this.slices.run<InvoiceRecord, InvoiceImportOptions>(
      context!,
      payload.importId,
      { kind: 'invoices', itemsOfATurn: INVOICES_OF_A_TURN, write },
      finish,
    );
  }

  /** The ledger accounts of all of them first, so that two at once come to them in one order. */
  private async write(
    db: Db,
    context: OrganizationContext,
    { currency }: InvoiceImportOptions,
    items: WaitingItem<InvoiceRecord>[],
  ): Promise<ItemOutcome[]> {
    const terms = await this.billing.settings.terms(db, context);
    const customers = await namedCustomers(
      db,
      items.map(({ record }) => record.customer),
    );
    const found = items.map(({ item, record }) => ({ item, record, customer: customerBy(record.customer, customers) }));
    const ids = found.flatMap(({ customer }) => (typeof customer === 'string' ? [] : [customer.id]));
    await this.billing.ledger.lock(db, [...new Set(ids)], currency);
    const numbers = await knownNumbers(
      db,
      items.map(({ record }) => record.number),
    );
    const outcomes: ItemOutcome[] = [];
    for (const { item, record, customer } of found) {
      if (numbers.has(record.number)) outcomes.push({ item, status: 'known' });
      else if (typeof customer === 'string') outcomes.push({ item, status: 'refused', problem: customer });
      else
        outcomes.push({
          item,
          ...(await this.open(db, context, terms, { ...record, customerId: customer.id, currency })),
        });
    }
    return outcomes;
  }

  private async open(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    record: InvoiceRecord & { customerId: string; currency: string },
  ): Promise<{ status: 'created' | 'known' | 'refused'; problem?: FieldErrorCode }> {
    try {
      await attempt(db, () => this.openOne(db, context, terms, record));
      return { status: 'created' };
    } catch (error) {
      // What is no answer about this invoice is tried again, with the whole turn.
      if (!(error instanceof DomainError)) throw error;
      // It came while this turn was under way.
      if (error.code === 'invoice_number_taken') return { status: 'known' };
      return { status: 'refused', problem: error.fields[0]?.code ?? 'importFailed' };
    }
  }

  private async openOne(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    {
      customerId: billingAccountId,
      currency,
      payment,
      ...record
    }: InvoiceRecord & { customerId: string; currency: string },
  ): Promise<void> {
    const lines = record.lines.map(({ unitPrice, discount, ...line }) => ({
      ...line,
      unitPrice: BigInt(unitPrice),
      discount:
        discount &&
        (discount.amount === undefined ? { percent: discount.percent! } : { amount: BigInt(discount.amount) }),
    }));
    const { number, title, issuedOn, dueOn } = record;
    const id = await this.billing.drafts.insert(
      db,
      context,
      terms,
      { billingAccountId, currency, title, dueOn, lines },
      'import',
    );
    const held = (await this.repository.lock(db, id))!;
    await this.billing.invoices.openHeld(db, context, terms, held, {
      number,
      openedAt: startOfDay(issuedOn, terms.timeZone),
    });
    const concerned = { billingAccountId, portalUserId: undefined };
    await this.events.publish(db, context, { name: 'invoice.imported', ids: { invoiceId: id }, ...concerned });
    if (!payment) return;
    const { paidOn: receivedOn, method, amount } = payment;
    const deposit = {
      billingAccountId,
      currency,
      amount: BigInt(amount),
      method,
      receivedOn,
      reference: null,
      note: null,
    };
    const application = { invoiceIds: [id] };
    await this.billing.credits.depositHeld(db, context, terms, { ...deposit, application, isFinal: true });
  }
}
