import { Injectable } from '@nestjs/common';
import {
  BillingSettingsService,
  CreditService,
  InvoiceRepository,
  Ledger,
  creditable,
  type BillingTerms,
  type TakenBack,
} from '@balcao/module-billing';
import { dayAt, type Day } from '@balcao/money';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import type { DisputeSnapshot, RefundSnapshot, Snapshot } from '@balcao/platform-gateways';
import { Outbox } from '@balcao/platform-outbox';
import { Database, insertInto, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { isOpen, mergeSnapshot, type PaymentState } from './domain/payment.js';
import { nextLook } from './domain/looks.js';
import { MethodKeeper } from './methods/method-keeper.service.js';
import { PaymentRepository } from './persistence/payment.repository.js';
import type { PaymentHeld } from './persistence/payment.rows.js';
import { RefundRepository, type RefundHeld } from './persistence/refund.repository.js';

/** Said of money that had gone back and is here again, by how it had gone. */
const BACK = {
  refund: 'Devolução que o banco mandou de volta',
  chargeback: 'Contestação ganha depois de perdida',
} as const;

/**
 * Writes down what gateways say: the one place where money of a payment enters the books, and leaves them. The same snapshot any
 * number of times, in any order with others, writes it down once.
 */
@Injectable()
export class PaymentBooks {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentRepository,
    private readonly refunds: RefundRepository,
    private readonly invoices: InvoiceRepository,
    private readonly ledger: Ledger,
    private readonly credits: CreditService,
    private readonly settings: BillingSettingsService,
    private readonly keeper: MethodKeeper,
    private readonly audit: Audit,
    private readonly events: Events,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Merges a snapshot with what is known of the payment.
   * @param also what belongs into the same transaction
   * @throws OtherPayment where the gateway speaks of another one
   * @throws DomainError not_found
   */
  async write(
    context: OrganizationContext,
    paymentId: string,
    snapshot: Snapshot,
    also?: (db: Db) => Promise<void>,
  ): Promise<PaymentState> {
    return this.database.transaction(context, async (db) => {
      const { billingAccountId, currency } = found(await this.payments.peek(db, paymentId));
      // First of all locks, whether or not this snapshot moves money: whoever moves it looks behind it.
      await this.ledger.lock(db, [billingAccountId], currency);
      const held = found(await this.payments.lock(db, paymentId));
      const state = await this.merge(db, context, held, snapshot);
      await this.followCard(db, context, held, { state, saved: snapshot.saved });
      for (const refund of snapshot.refunds) await this.mergeRefund(db, context, held, refund);
      for (const dispute of snapshot.disputes) await this.mergeDispute(db, context, held, dispute);
      await also?.(db);
      return state;
    });
  }

  private async merge(
    db: Db,
    context: OrganizationContext,
    held: PaymentHeld,
    snapshot: Snapshot,
  ): Promise<PaymentState> {
    const { receivedAt: said, ...change } = mergeSnapshot(held, snapshot);
    const state = change.state ?? held.state;
    const now = context.clock.now();
    const expiresAt = change.expiresAt ?? held.expiresAt;
    const looks = { askedAt: new Date(), askAt: nextLook({ ...held, state, expiresAt }, new Date()) };
    if (Object.keys(change).length === 0) {
      await this.payments.update(db, held.id, looks, now);
      return state;
    }
    if (change.received === undefined) {
      await this.payments.update(db, held.id, { ...change, ...looks }, now);
      await this.publish(db, context, held, change.state === 'failed' ? 'payment.failed' : 'payment.changed');
      return state;
    }
    const terms = await this.settings.terms(db, context);
    const receivedAt = said ?? now;
    const receipt = {
      id: newId(),
      amount: change.received - held.received,
      upto: change.received,
      receivedAt,
      receivedOn: dayAt(receivedAt, terms.timeZone),
    };
    const { receivedOn } = receipt;
    await this.payments.update(db, held.id, { ...change, ...looks, receivedAt, receivedOn }, now);
    await this.count(db, context, terms, held, receipt);
    await this.publish(db, context, held, 'payment.succeeded');
    return state;
  }

  /** Keeps the card that paid, where its payer wanted that; and has the end of a saved card's charge written down where it is collected by. */
  private async followCard(
    db: Db,
    context: OrganizationContext,
    { id, savesMethod, paymentMethodId, state: before, ...held }: PaymentHeld,
    { state, saved }: { state: PaymentState; saved: Snapshot['saved'] },
  ): Promise<void> {
    if (savesMethod && saved && state === 'succeeded') {
      const { billingAccountId, gatewayAccountId, gatewayKind } = held;
      const method = { billingAccountId, gatewayAccountId, gatewayKind, setupId: null, paymentId: id };
      await this.keeper.keep(db, context, method, saved);
    }
    if (paymentMethodId && state !== before && !isOpen({ state }))
      await this.outbox.add(db, context, 'payments.conclude', { paymentId: id });
  }

  /** Money has come: it becomes a credit that pays what it is for, and what lateness has added. */
  private async count(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    { id: paymentId, billingAccountId, currency }: PaymentHeld,
    receipt: { id: string; amount: bigint; upto: bigint; receivedAt: Date; receivedOn: Day },
  ): Promise<void> {
    const countedAt = context.clock.now();
    await db.execute(insertInto('payment_receipts', { ...receipt, billingAccountId, paymentId, currency, countedAt }));
    const asked = await this.payments.askedTargets(db, paymentId);
    const { amount, receivedOn } = receipt;
    const account = { billingAccountId, currency, postedOn: terms.today };
    const money = { ...account, kind: 'payment', amount, sourceId: receipt.id, paidOn: receivedOn } as const;
    const { credit } = await this.ledger.receive(db, context, terms, money, { asked });
    await this.audit.record(db, context, {
      action: 'system.payment.count',
      target: { type: 'payment', id: paymentId },
      billingAccountId,
      changes: { after: { received: amount, currency, receivedOn, credit } },
    });
  }

  /** One that was given back at the gateway itself comes as news, and is written down like one of ours. */
  private async mergeRefund(
    db: Db,
    context: OrganizationContext,
    payment: PaymentHeld,
    snapshot: RefundSnapshot,
  ): Promise<void> {
    const known =
      (await this.refunds.lockBy(db, payment.id, snapshot)) ??
      (snapshot.status === 'failed' ? undefined : await this.refunds.found(db, context, payment, snapshot));
    if (!known || known.state === snapshot.status) return;
    const isBack = known.state === 'succeeded' && snapshot.status === 'failed';
    if (known.state === 'succeeded' && !isBack) return;
    // What was counted and came back is not counted by an old word of it.
    const isOver = () => this.ledger.isPosted(db, { kind: 'refund', sourceId: known.id });
    if (known.state === 'failed' && (snapshot.status !== 'succeeded' || (await isOver()))) return;
    await this.refunds.update(
      db,
      known.id,
      {
        state: snapshot.status,
        gatewayId: known.gatewayId ?? snapshot.gatewayId,
        failure: snapshot.status === 'failed' ? (known.failure ?? 'other') : null,
        // However long ago it was paid.
        askAt:
          snapshot.status === 'pending'
            ? nextLook({ ...payment, state: 'unknown', asks: known.asks }, new Date())
            : null,
      },
      context.clock.now(),
    );
    if (snapshot.status === 'succeeded') await this.countRefund(db, context, payment, known);
    if (isBack)
      await this.bringBack(db, context, payment, { kind: 'refund', sourceId: known.id, amount: known.amount });
    await this.publishRefund(db, context, known, snapshot.status);
  }

  /** Money has gone back: the credit that it came with is used up, and what it had paid is credited, or owed again. */
  private async countRefund(
    db: Db,
    context: OrganizationContext,
    payment: PaymentHeld,
    refund: RefundHeld,
  ): Promise<void> {
    const { billingAccountId, currency, id: paymentId } = payment;
    const { today: postedOn } = await this.settings.terms(db, context);
    const account = { billingAccountId, currency, postedOn };
    const { id: sourceId, amount, reason } = refund;
    const taken = await this.ledger.takeBack(db, context, await this.creditsOf(db, paymentId), {
      ...account,
      kind: 'refund',
      amount,
      sourceId,
      invoiceId: null,
      reason: null,
    });
    for (const { kind, debitId, invoiceId, amount: part } of taken) {
      if (kind === 'invoice' && refund.becomes === 'credited') {
        const held = found(await this.invoices.lock(db, invoiceId!));
        const left = creditable(held);
        const amount = part < left ? part : left;
        if (amount > 0n) await this.credits.creditNoteHeld(db, context, held, { amount, reason, refundId: refund.id });
        // What was credited before is the customer's, and pays it in the money's place.
        if (amount < part) await this.ledger.applyCredit(db, context, account, { invoiceIds: [invoiceId!] });
      }
      // Charges for lateness are never asked for twice.
      else if (kind === 'late_charge')
        await this.ledger.credit(
          db,
          context,
          { ...account, kind: 'adjustment_credit', amount: part, invoiceId, reason },
          { debitIds: [debitId], invoiceIds: [] },
        );
    }
    await this.owedAgain(db, context, taken, 'refunded');
    await this.audit.record(db, context, {
      action: 'system.refund.count',
      target: { type: 'refund', id: refund.id },
      billingAccountId,
      changes: { after: { paymentId, amount, currency, becomes: refund.becomes } },
    });
  }

  private async mergeDispute(
    db: Db,
    context: OrganizationContext,
    payment: PaymentHeld,
    snapshot: DisputeSnapshot,
  ): Promise<void> {
    const { billingAccountId, currency, id: paymentId } = payment;
    const { gatewayId, amount, reason, status: state, respondBy } = snapshot;
    const known = await db.first<{ id: string; state: DisputeSnapshot['status'] }>(sql`
      select d.id, d.state from disputes d where ${db.tenant('d')} and d.payment_id = ${paymentId}::uuid and d.gateway_id = ${gatewayId}
      for update`);
    // What the bank has decided stays, but who appealed may win what was lost.
    const isBack = known?.state === 'lost' && state === 'won';
    if (known && (known.state === state || known.state === 'won' || (known.state === 'lost' && !isBack))) return;
    const now = context.clock.now();
    const id = known?.id ?? newId();
    if (known)
      await db.execute(sql`update disputes d set state = ${state}, respond_by = ${respondBy}, updated_at = ${now}
        where ${db.tenant('d')} and d.id = ${id}::uuid`);
    else
      await db.execute(
        insertInto('disputes', {
          billingAccountId,
          paymentId,
          id,
          currency,
          gatewayId,
          amount,
          reason: reason?.slice(0, 200) ?? null,
          state,
          respondBy,
          createdAt: now,
          updatedAt: now,
        }),
      );
    if (state === 'lost') {
      const { today: postedOn } = await this.settings.terms(db, context);
      const entry = { billingAccountId, currency, postedOn, kind: 'chargeback', amount, sourceId: id } as const;
      const credits = await this.creditsOf(db, paymentId);
      const taken = await this.ledger.takeBack(db, context, credits, { ...entry, invoiceId: null, reason: null });
      await this.owedAgain(db, context, taken, 'charged_back');
    }
    if (isBack) await this.bringBack(db, context, payment, { kind: 'chargeback', sourceId: id, amount });
    await this.audit.record(db, context, {
      action: 'system.dispute.count',
      target: { type: 'dispute', id },
      billingAccountId,
      changes: { before: known && { state: known.state }, after: { paymentId, amount, currency, state } },
    });
    await this.events.publish(db, context, {
      name: state === 'won' || state === 'lost' ? 'dispute.closed' : 'dispute.opened',
      ids: { paymentId, disputeId: id },
      billingAccountId,
      portalUserId: undefined,
    });
  }

  /** Money that had gone back is here again: it pays what it had paid, as far as that is owed. */
  private async bringBack(
    db: Db,
    context: OrganizationContext,
    { id: paymentId, billingAccountId, currency }: PaymentHeld,
    { amount, ...gone }: { kind: keyof typeof BACK; sourceId: string; amount: bigint },
  ): Promise<void> {
    const { today: postedOn } = await this.settings.terms(db, context);
    const targets = await this.payments.askedTargets(db, paymentId);
    const invoiceIds = targets.map(({ invoiceId }) => invoiceId);
    const entry = { billingAccountId, currency, postedOn, amount, reason: BACK[gone.kind] };
    await this.ledger.bringBack(db, context, gone, { ...entry, invoiceIds });
    if (gone.kind === 'chargeback') return;
    await this.audit.record(db, context, {
      action: 'system.refund.count',
      target: { type: 'refund', id: gone.sourceId },
      billingAccountId,
      changes: { before: { state: 'succeeded' }, after: { state: 'failed', paymentId, amount, currency } },
    });
  }

  /** The credits that a payment's money has become. */
  private async creditsOf(db: Db, paymentId: string): Promise<{ kind: 'payment'; sourceIds: string[] }> {
    const rows = await db.query<{ id: string }>(sql`
      select t.id from payment_receipts t where ${db.tenant('t')} and t.payment_id = ${paymentId}::uuid`);
    return { kind: 'payment', sourceIds: rows.map(({ id }) => id) };
  }

  /** Says of each invoice whose payment went back that it did. */
  private async owedAgain(
    db: Db,
    context: OrganizationContext,
    taken: readonly TakenBack[],
    kind: 'refunded' | 'charged_back',
  ): Promise<void> {
    for (const { kind: debit, invoiceId, amount } of taken) {
      if (debit !== 'invoice') continue;
      const held = found(await this.invoices.lock(db, invoiceId!));
      await this.invoices.addEvent(db, context, held, { kind, amount });
      await this.events.publish(db, context, {
        name: 'invoice.updated',
        ids: { invoiceId: held.id },
        billingAccountId: held.billingAccountId,
        portalUserId: undefined,
      });
    }
  }

  private async publish(
    db: Db,
    context: OrganizationContext,
    { id, billingAccountId }: PaymentHeld,
    name: 'payment.changed' | 'payment.failed' | 'payment.succeeded',
  ): Promise<void> {
    await this.events.publish(db, context, { name, ids: { paymentId: id }, billingAccountId, portalUserId: undefined });
  }

  private async publishRefund(
    db: Db,
    context: OrganizationContext,
    { id: refundId, paymentId, billingAccountId }: RefundHeld,
    state: RefundSnapshot['status'],
  ): Promise<void> {
    const name = state === 'succeeded' ? 'refund.succeeded' : state === 'failed' ? 'refund.failed' : 'refund.changed';
    await this.events.publish(db, context, {
      name,
      ids: { paymentId, refundId },
      billingAccountId,
      portalUserId: undefined,
    });
  }
}
