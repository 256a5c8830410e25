import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { isForeignKeyViolation, newId } from '@balcao/platform-database';
import { DomainError, refusedField, unknownReference } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { isCurrency, type Day } from '@balcao/money';
import { Database, insertInto, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { BillingSettingsService, type BillingTerms } from './billing-settings.service.js';
import { Ledger, type Application } from './ledger.service.js';
import type { CreditNoteEntity, DepositMethod } from './persistence/billing.entities.js';
import { InvoiceRepository } from './persistence/invoice.repository.js';
import type { InvoiceHeld } from './persistence/invoice.rows.js';

export interface NewDeposit {
  billingAccountId: string;
  currency?: string;
  /** In minor units. */
  amount: bigint;
  method: DepositMethod;
  receivedOn?: Day;
  reference?: string | null;
  note?: string | null;
  /** What it pays; the oldest first where absent. */
  application?: Application;
  /** Whether what lateness has added to what it pays was counted elsewhere, where it was paid: it is charged nothing here. */
  isFinal?: boolean;
}

export type CreditNote = Pick<
  CreditNoteEntity,
  'id' | 'number' | 'invoiceId' | 'currency' | 'amount' | 'reason' | 'issuedOn'
>;

/** What lessens what customers owe, by the hands of staff: credit notes, money from outside, what is written off. */
@Injectable()
export class CreditService {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoiceRepository,
    private readonly ledger: Ledger,
    private readonly settings: BillingSettingsService,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /**
   * Takes back a part of an opened invoice, or all of what was not written off. It pays what is still owed of it first; the rest is
   * the customer's.
   * @throws DomainError not_found, invoice_not_open, credit_exceeds_invoice
   */
  async creditNote(
    context: OrganizationContext,
    invoiceId: string,
    note: { amount: bigint; reason: string },
  ): Promise<CreditNote> {
    return this.database.transaction(context, async (db) =>
      this.creditNoteHeld(db, context, await this.ledger.hold(db, invoiceId), note),
    );
  }

  /**
   * The same in the transaction of whoever holds the invoice behind its customer's ledger account.
   * @param refundId where money for it was given back
   * @throws DomainError invoice_not_open, credit_exceeds_invoice
   */
  async creditNoteHeld(
    db: Db,
    context: OrganizationContext,
    held: InvoiceHeld,
    { amount, reason, refundId }: { amount: bigint; reason: string; refundId?: string },
  ): Promise<CreditNote> {
    if (held.state === 'draft' || held.state === 'void') throw new DomainError('invoice_not_open');
    if (amount > creditable(held)) throw new DomainError('credit_exceeds_invoice');
    const { today } = await this.settings.terms(db, context);
    const { billingAccountId, currency, id: invoiceId } = held;
    const id = newId();
    const createdById = context.actor.type === 'staff' ? context.actor.id : null;
    const values = {
      billingAccountId,
      invoiceId,
      id,
      currency,
      amount,
      reason,
      createdById,
      issuedOn: today,
      refundId,
    };
    const year = Number(today.slice(0, 4));
    await db.execute(
      insertInto('credit_notes', {
        ...values,
        refundId: refundId ?? null,
        issuedAt: context.clock.now(),
        number: sql`(select 'NC-' || ${year}::text || '-' || lpad(n::text, greatest(6, length(n::text)), '0')
          from next_billing_number('credit_note', ${year}::integer, 1) n)`,
      }),
    );
    const account = { billingAccountId, currency };
    const entry = { ...account, kind: 'credit_note', amount, sourceId: id, invoiceId, reason: null } as const;
    await this.ledger.credit(db, context, { ...entry, postedOn: today }, { invoiceIds: [invoiceId] });
    await this.invoices.addEvent(db, context, held, { kind: 'credited', amount });
    await this.audit.record(db, context, {
      action: 'staff.credit_note.create',
      target: { type: 'credit_note', id },
      billingAccountId,
      changes: { after: values },
    });
    await this.events.publish(db, context, {
      name: 'invoice.credited',
      ids: { invoiceId, creditNoteId: id },
      billingAccountId,
      portalUserId: undefined,
    });
    const note = await db.first<{ number: string }>(
      sql`select n.number from credit_notes n where ${db.tenant('n')} and n.id = ${id}::uuid`,
    );
    return { id, number: note!.number, invoiceId, currency, amount, reason, issuedOn: today };
  }

  /**
   * Writes down money that came in outside of the product. It pays what it is for, and what lateness has added to that by the day on
   * which it was received; the rest stays as the customer's credit.
   * @returns how much of it paid something
   * @throws DomainError validation_failed for an account, an invoice or a currency that there is not
   */
  async deposit(context: OrganizationContext, deposit: NewDeposit): Promise<{ id: string; allocated: bigint }> {
    return this.database.transaction(context, (db) => this.depositWithin(db, context, deposit));
  }

  /** The same in the transaction of whoever has found the money, and holds nothing of the ledger yet. */
  async depositWithin(
    db: Db,
    context: OrganizationContext,
    { application = 'oldest', ...deposit }: NewDeposit,
  ): Promise<{ id: string; allocated: bigint }> {
    const terms = await this.settings.terms(db, context);
    const { billingAccountId } = deposit;
    const currency = deposit.currency ?? terms.currency;
    if (!isCurrency(currency)) throw refusedField('currency', 'isCurrency');
    const receivedOn = deposit.receivedOn ?? terms.today;
    if (receivedOn > terms.today) throw refusedField('receivedOn', 'notAfterToday');
    await this.lock(db, billingAccountId, currency);
    await this.requireOwn(db, { billingAccountId, currency }, application);
    return this.depositHeld(db, context, terms, { ...deposit, currency, receivedOn, application });
  }

  /** Writes down money in the transaction of whoever holds its customer's ledger account. */
  async depositHeld(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    {
      billingAccountId,
      currency,
      amount,
      receivedOn,
      application,
      isFinal = false,
      ...deposit
    }: NewDeposit & Required<Pick<NewDeposit, 'currency' | 'receivedOn' | 'application'>>,
  ): Promise<{ id: string; allocated: bigint }> {
    const id = newId();
    const values = {
      billingAccountId,
      id,
      currency,
      amount,
      method: deposit.method,
      receivedOn,
      reference: deposit.reference ?? null,
      note: deposit.note ?? null,
      recordedById: context.actor.type === 'staff' ? context.actor.id : null,
    };
    await db.execute(insertInto('deposits', { ...values, recordedAt: context.clock.now() }));
    const money = { billingAccountId, currency, kind: 'deposit', amount, sourceId: id, postedOn: receivedOn } as const;
    const { allocations } = isFinal
      ? await this.ledger.credit(db, context, { ...money, invoiceId: null, reason: null }, application)
      : await this.ledger.receive(db, context, terms, { ...money, paidOn: receivedOn }, application);
    await this.audit.record(db, context, {
      action: 'staff.deposit.create',
      target: { type: 'deposit', id },
      billingAccountId,
      changes: { after: values },
    });
    return { id, allocated: allocations.reduce((sum, each) => sum + each.amount, 0n) };
  }

  /**
   * Gives up what is still owed of an invoice, or a part of it.
   * @throws DomainError not_found, invoice_not_open, amount_exceeds_owed
   */
  async writeOff(
    context: OrganizationContext,
    invoiceId: string,
    { amount, reason }: { amount?: bigint; reason: string },
  ): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const held = await this.ledger.hold(db, invoiceId);
      if (held.owed === 0n) throw new DomainError('invoice_not_open');
      const given = amount ?? held.owed;
      if (given > held.owed) throw new DomainError('amount_exceeds_owed');
      const { today } = await this.settings.terms(db, context);
      const { billingAccountId, currency } = held;
      const entry = { billingAccountId, currency, kind: 'write_off', amount: given, invoiceId, reason } as const;
      await this.ledger.credit(db, context, { ...entry, postedOn: today }, { invoiceIds: [invoiceId] });
      await this.audit.record(db, context, {
        action: 'staff.ledger.adjust',
        target: { type: 'invoice', id: invoiceId },
        billingAccountId,
        changes: { after: { kind: 'write_off', amount: given, reason } },
      });
    });
  }

  /**
   * Takes a write-off back, once: what it gave up is owed again, as though nobody ever had, and late by the invoice's own due date. Credit
   * that is left pays it at once, where the terms let it pay what opens; so does money that came for the invoice meanwhile.
   * @throws DomainError not_found, write_off_taken_back, validation_failed for an entry that is no write-off of the invoice
   */
  async takeBackWriteOff(
    context: OrganizationContext,
    invoiceId: string,
    { writeOffId, reason }: { writeOffId: string; reason: string },
  ): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const held = await this.ledger.hold(db, invoiceId);
      const writeOff = await this.ledger.writeOffOf(db, invoiceId, writeOffId);
      if (!writeOff) throw unknownReference('writeOffId');
      if (writeOff.isTakenBack) throw new DomainError('write_off_taken_back');
      const { today: postedOn, appliesCredit } = await this.settings.terms(db, context);
      const { billingAccountId, currency } = held;
      const account = { billingAccountId, currency };
      const { amount } = writeOff;
      const entry = { ...account, kind: 'write_off_reversal', amount, invoiceId, reason, postedOn } as const;
      const credit = { kind: 'write_off', sourceIds: [writeOffId] } as const;
      await this.ledger.takeBack(db, context, credit, { ...entry, sourceId: writeOffId });
      await this.invoices.addEvent(db, context, held, { kind: 'write_off_taken_back', amount });
      await this.audit.record(db, context, {
        action: 'staff.ledger.adjust',
        target: { type: 'invoice', id: invoiceId },
        billingAccountId,
        changes: { after: { kind: entry.kind, amount, reason, writeOffId } },
      });
      await this.events.publish(db, context, {
        name: 'invoice.write_off_taken_back',
        ids: { invoiceId, ledgerEntryId: writeOffId },
        billingAccountId,
        portalUserId: undefined,
      });
      if (appliesCredit) await this.ledger.applyCredit(db, context, account, { invoiceIds: [invoiceId] });
    });
  }

  /** Lets the credit of an account pay what it owes, the oldest first. @returns how much of it was used */
  async applyCredit(context: OrganizationContext, billingAccountId: string, currency: string): Promise<bigint> {
    return this.database.transaction(context, async (db) => {
      await this.lock(db, billingAccountId, currency);
      const allocations = await this.ledger.applyCredit(db, context, { billingAccountId, currency }, 'oldest');
      const used = allocations.reduce((sum, each) => sum + each.amount, 0n);
      if (used === 0n) return used;
      await this.audit.record(db, context, {
        action: 'staff.ledger.apply_credit',
        target: { type: 'billing_account', id: billingAccountId },
        billingAccountId,
        changes: { after: { amount: used, currency } },
      });
      return used;
    });
  }

  private async lock(db: Db, billingAccountId: string, currency: string): Promise<void> {
    try {
      await this.ledger.lock(db, [billingAccountId], currency);
    } catch (error) {
      throw isForeignKeyViolation(error) ? unknownReference('billingAccountId') : error;
    }
  }

  /** @throws DomainError validation_failed where an invoice is another customer's, or in another currency, or not owed */
  private async requireOwn(
    db: Db,
    account: { billingAccountId: string; currency: string },
    application: Application,
  ): Promise<void> {
    if (typeof application === 'string') return;
    const held = await this.invoices.lockMany(db, application.invoiceIds);
    application.invoiceIds.forEach((id, place) => {
      const invoice = held.find((each) => each.id === id);
      const isOwn = invoice?.billingAccountId === account.billingAccountId && invoice.currency === account.currency;
      if (!isOwn || invoice.state === 'draft') throw unknownReference(`invoiceIds.${place}`);
    });
  }
}

/** How much of an invoice credit notes can still take back: neither they nor anybody's giving up have done so yet. */
export const creditable = ({
  total,
  credited,
  writtenOff,
}: Pick<InvoiceHeld, 'total' | 'credited' | 'writtenOff'>): bigint => total - credited - writtenOff;
