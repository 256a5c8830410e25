import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '@balcao/contracts';
import { DomainError, found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import type { Day } from '@balcao/money';
import { newId } from '@balcao/platform-database';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import type { BillingTerms } from './billing-settings.service.js';
import { settle, type SettledTarget } from './domain/settlement.js';
import { InvoiceRepository } from './persistence/invoice.repository.js';
import type { EntryKind } from './persistence/billing.entities.js';
import type { InvoiceHeld } from './persistence/invoice.rows.js';
import { writeLateCharge, type NewLateCharge } from './persistence/late-charges.js';
import {
  LedgerRepository,
  type Allocation,
  type CreditUse,
  type LedgerAccount,
  type NewEntry,
} from './persistence/ledger.repository.js';

/**
 * What a credit goes to: these debits, those that come with it and those that are there, then these invoices, in their order; whatever
 * is owed by its due date; or nothing yet.
 */
export type Application = NamedDebits | 'oldest' | 'none';

export interface NamedDebits {
  invoiceIds: readonly string[];
  debits?: readonly NewEntry[];
  debitIds?: readonly string[];
}

/** Money that came. */
export interface ReceivedMoney extends Omit<NewEntry, 'kind' | 'sourceId' | 'invoiceId' | 'reason'> {
  kind: 'payment' | 'deposit';
  sourceId: string;
  /** The day that the payer's bank says. */
  paidOn: Day;
}

/** An invoice that money was asked for, with what was agreed to then. */
export interface AskedTarget extends SettledTarget {
  invoiceId: string;
  paymentTargetId: string;
}

/** What a credit has paid no more, in minor units. */
export interface TakenBack {
  debitId: string;
  kind: EntryKind;
  invoiceId: string | null;
  amount: bigint;
}

/** What is told of an invoice, a part or all of which credit has covered. */
const TOLD = {
  paid: 'invoice.paid',
  partially_paid: 'invoice.partially_paid',
  written_off: 'invoice.written_off',
} as const;

/**
 * The books: who owes what, and what has paid it. Everything happens in the transaction of whoever asks, who holds the ledger
 * account first, so that two at once wait for each other and nothing is counted twice. Whatever is posted or allocated is said
 * here, and nowhere else.
 */
@Injectable()
export class Ledger {
  constructor(
    private readonly entries: LedgerRepository,
    private readonly invoices: InvoiceRepository,
    private readonly events: Events,
  ) {}

  /** Holds the customers' accounts in one currency, before any invoice is held. */
  async lock(db: Db, billingAccountIds: readonly string[], currency: string): Promise<void> {
    await this.entries.lock(db, billingAccountIds, currency);
  }

  /**
   * Holds an invoice behind its customer's account, which no draft may have left meanwhile.
   * @throws DomainError not_found, invoice_changed
   */
  async hold(db: Db, invoiceId: string): Promise<InvoiceHeld> {
    const { billingAccountId, currency } = found(await this.invoices.accountOf(db, invoiceId));
    await this.entries.lock(db, [billingAccountId], currency);
    const held = found(await this.invoices.lock(db, invoiceId));
    if (held.billingAccountId !== billingAccountId || held.currency !== currency)
      throw new DomainError('invoice_changed');
    return held;
  }

  /** A write-off of an invoice, in minor units; undefined where an entry is none of it. */
  async writeOffOf(
    db: Db,
    invoiceId: string,
    id: string,
  ): Promise<{ amount: bigint; isTakenBack: boolean } | undefined> {
    return this.entries.writeOffOf(db, invoiceId, id);
  }

  /**
   * Adds a debit, once for each kind and source.
   * @param paidByCredit whether credit that is left of its customer pays it at once
   */
  async debit(
    db: Db,
    context: OrganizationContext,
    entry: NewEntry,
    { paidByCredit }: { paidByCredit: boolean },
  ): Promise<Allocation[]> {
    const id = await this.entries.post(db, context, entry);
    return this.allocate(db, context, entry, { debitIds: paidByCredit ? [id] : [] });
  }

  /** Adds a credit, once for each kind and source, and lets it pay what it is for; what is left of it stays the customer's. */
  async credit(
    db: Db,
    context: OrganizationContext,
    entry: NewEntry,
    application: Application,
  ): Promise<{ id: string; allocations: Allocation[] }> {
    const id = await this.entries.post(db, context, entry);
    const posted: string[] = [];
    if (typeof application === 'object')
      for (const debit of application.debits ?? []) posted.push(await this.entries.post(db, context, debit));
    const debitIds = [...posted, ...(await this.debitsFor(db, entry, application))];
    return {
      id,
      allocations: await this.allocate(db, context, entry, { debitIds, creditIds: [id], kind: entry.kind }),
    };
  }

  /**
   * Counts money that came: it pays what it is for, and what lateness has added to that, which becomes owed with it or is left open
   * for a later invoice, by the organization's terms. What is left of it stays the customer's.
   * @param application what staff say that it pays, or what a payer was asked for with it
   */
  async receive(
    db: Db,
    context: OrganizationContext,
    terms: Pick<BillingTerms, 'chargesFirst' | 'lateCharges'>,
    { paidOn, ...money }: ReceivedMoney,
    application: Application | { asked: readonly AskedTarget[] },
  ): Promise<{ allocations: Allocation[]; credit: bigint }> {
    const { billingAccountId, currency, postedOn, sourceId } = money;
    const [targets, pays] = await this.targetsOf(db, money, application);
    const { charges, carried, credit } = settle(money.amount, targets, paidOn, {
      chargesFirst: terms.chargesFirst,
      carries: terms.lateCharges === 'next_invoice',
    });
    const charged = [
      ...charges.map((each) => ({ ...each, isCarried: false })),
      ...carried.map((each) => ({ ...each, isCarried: true })),
    ].map(({ target: { invoiceId, paymentTargetId }, ...charge }): NewLateCharge => {
      const source = paymentTargetId ? { paymentReceiptId: sourceId, paymentTargetId } : { depositId: sourceId };
      return { ...charge, id: newId(), billingAccountId, currency, invoiceId: found(invoiceId), paidOn, source };
    });
    for (const charge of charged) await writeLateCharge(db, charge);
    const debits = charged
      .filter(({ isCarried }) => !isCarried)
      .map(({ id, amount, invoiceId }): NewEntry => ({
        ...{ billingAccountId, currency, postedOn, amount, invoiceId },
        ...{ kind: 'late_charge', sourceId: id, reason: null },
      }));
    const { allocations } = await this.credit(
      db,
      context,
      { ...money, invoiceId: null, reason: null },
      { ...pays, debits },
    );
    return { allocations, credit };
  }

  /** What money can pay, with what follows from its lateness, and the debits of that. */
  private async targetsOf(
    db: Db,
    account: LedgerAccount,
    application: Application | { asked: readonly AskedTarget[] },
  ): Promise<[targets: (SettledTarget & { invoiceId: string | null; paymentTargetId?: string })[], pays: NamedDebits]> {
    if (typeof application === 'object' && 'asked' in application) {
      const { asked } = application;
      return [[...asked], { invoiceIds: asked.map(({ invoiceId }) => invoiceId) }];
    }
    const debitIds = await this.debitsFor(db, account, application);
    const debts = await this.entries.debts(db, debitIds);
    const targets = debts.map((debt) => ({ ...debt, principal: debt.owed, fine: 0n, interest: 0n }));
    return [targets, { invoiceIds: [], debitIds }];
  }

  /** Lets credit that is left pay what is owed. */
  async applyCredit(
    db: Db,
    context: OrganizationContext,
    account: LedgerAccount,
    application: Application,
  ): Promise<Allocation[]> {
    const debitIds = await this.debitsFor(db, account, application);
    return debitIds.length > 0 ? this.allocate(db, context, account, { debitIds, isPosted: false }) : [];
  }

  /**
   * What settled something and does so no longer, such as money that was refunded, or what was written off: a debit that uses up the
   * credits which it came with. What of those had paid something is taken back, the last first, so that it is owed again.
   * @returns what is owed again
   */
  async takeBack(
    db: Db,
    context: OrganizationContext,
    credits: { kind: EntryKind; sourceIds: readonly string[] },
    debit: NewEntry,
  ): Promise<TakenBack[]> {
    const creditIds = await this.entries.idsOf(db, credits);
    const taken = await this.entries.unallocate(db, context, creditIds, debit.amount);
    const debitId = await this.entries.post(db, context, debit);
    await this.entries.allocate(db, context, debit, { debitIds: [debitId], creditIds });
    const { billingAccountId } = debit;
    const ids = { billingAccountId };
    await this.events.publish(db, context, { name: 'ledger.posted', ids, billingAccountId, portalUserId: undefined });
    return taken;
  }

  /**
   * Money that was gone is there after all: the debit that it went by is credited, and the credits which that had used up pay these
   * invoices again, as far as they are owed; the rest is the customer's.
   * @param gone as it was taken back
   */
  async bringBack(
    db: Db,
    context: OrganizationContext,
    gone: { kind: EntryKind; sourceId: string },
    { invoiceIds, ...entry }: Omit<NewEntry, 'kind' | 'sourceId' | 'invoiceId'> & { invoiceIds: readonly string[] },
  ): Promise<void> {
    const [debitId] = await this.entries.idsOf(db, { kind: gone.kind, sourceIds: [gone.sourceId] });
    const creditIds = await this.entries.uncover(db, context, found(debitId));
    const credit = { ...entry, kind: 'adjustment_credit', invoiceId: null } as const;
    await this.credit(db, context, credit, { debitIds: [debitId!], invoiceIds: [] });
    const debitIds = await this.entries.debitsOf(db, invoiceIds);
    if (debitIds.length > 0 && creditIds.length > 0)
      await this.allocate(db, context, entry, { debitIds, creditIds, isPosted: false });
  }

  /** Whether there is an entry of a kind that comes from a source. */
  async isPosted(db: Db, { kind, sourceId }: { kind: EntryKind; sourceId: string }): Promise<boolean> {
    return (await this.entries.idsOf(db, { kind, sourceIds: [sourceId] })).length > 0;
  }

  /** What the credits of sources pay now. */
  async usesOf(db: Db, credits: { kind: EntryKind; sourceIds: readonly string[] }): Promise<CreditUse[]> {
    return this.entries.usesOf(db, credits);
  }

  /** Allocates these credits, or all that are left, and says what became of each invoice and that the books are others. */
  private async allocate(
    db: Db,
    context: OrganizationContext,
    account: LedgerAccount,
    {
      debitIds,
      creditIds,
      kind: creditKind,
      isPosted = true,
    }: { debitIds: readonly string[]; creditIds?: readonly string[]; kind?: EntryKind; isPosted?: boolean },
  ): Promise<Allocation[]> {
    const allocations = await this.entries.allocate(db, context, account, { debitIds, creditIds });
    // Where nothing was posted either, the books are as they were.
    if (!isPosted && allocations.length === 0) return allocations;
    const { billingAccountId } = account;
    const concerned = { billingAccountId, portalUserId: undefined };
    const creditId = isPosted ? creditIds?.[0] : undefined;
    const events: DomainEvent[] = [];
    const covered = new Map<string, bigint>();
    for (const { invoiceId, amount } of allocations)
      if (invoiceId) covered.set(invoiceId, (covered.get(invoiceId) ?? 0n) + amount);
    for (const invoice of await this.invoices.lockMany(db, [...covered.keys()])) {
      // Its own event says that it is void, or what a credit note took off it: nobody has paid that.
      if (creditKind === 'credit_note' || invoice.state === 'void' || invoice.state === 'credited') continue;
      // Nor has anybody paid what is given up.
      const kind = creditKind === 'write_off' ? 'written_off' : invoice.owed === 0n ? 'paid' : 'partially_paid';
      await this.invoices.addEvent(db, context, invoice, { kind, amount: covered.get(invoice.id) });
      const ids = { invoiceId: invoice.id, ...(creditId && { ledgerEntryId: creditId }) };
      events.push({ name: TOLD[kind], ids, ...concerned });
    }
    await this.events.publish(db, context, ...events, {
      name: 'ledger.posted',
      ids: { billingAccountId },
      ...concerned,
    });
    return allocations;
  }

  private async debitsFor(db: Db, account: LedgerAccount, application: Application): Promise<string[]> {
    if (application === 'none') return [];
    if (application === 'oldest') return this.entries.openDebits(db, account);
    const named = [...(application.debitIds ?? []), ...(await this.entries.debitsOf(db, application.invoiceIds))];
    // One that is named twice is paid once.
    return [...new Set(named)];
  }
}
