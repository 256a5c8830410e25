import { Injectable } from '@nestjs/common';
import { CreditService } from '@balcao/module-billing';
import { Audit } from '@balcao/platform-audit';
import { DomainError, found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import type { GatewayMethod } from '@balcao/platform-gateways';
import { Database, columnsOf, sql, type Db, type OrganizationContext, type PageWish } from '@balcao/platform-tenancy';
import { PaymentRunner } from './payment-runner.service.js';
import {
  listGatewayEvents,
  listPayments,
  listStrayPayments,
  type GatewayEventRow,
  type GatewayEventState,
  type ListPage,
  type PaymentFilter,
  type StaffPaymentListRow,
  type StrayPaymentRow,
  type StrayState,
} from './persistence/payment-lists.js';
import { PaymentRepository } from './persistence/payment.repository.js';
import type { PaymentRow } from './persistence/payment.rows.js';
import { REFUND_COLUMNS, type RefundHeld } from './persistence/refund.repository.js';

/** Money as it came, each time. In minor units. */
export interface ReceiptRow {
  id: string;
  amount: bigint;
  receivedAt: Date;
  receivedOn: string;
  /** Of it, what pays nothing: the customer's credit. */
  left: bigint;
}

export interface DisputeRow {
  id: string;
  amount: bigint;
  reason: string | null;
  state: 'needs_response' | 'under_review' | 'won' | 'lost';
  respondBy: Date | null;
  createdAt: Date;
}

/** A payment with all that became of it. */
export interface StaffPayment extends PaymentRow {
  billingAccountName: string;
  gatewayName: string;
  askAt: Date | null;
  receipts: ReceiptRow[];
  refunds: (RefundHeld & { createdByName: string | null })[];
  disputes: DisputeRow[];
}

/** Payments as staff see them, and what they decide about them. */
@Injectable()
export class StaffPaymentService {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentRepository,
    private readonly runner: PaymentRunner,
    private readonly credits: CreditService,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  async list(context: OrganizationContext, filter: PaymentFilter): Promise<ListPage<StaffPaymentListRow>> {
    return this.database.read(context, (db) => listPayments(db, filter));
  }

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<StaffPayment> {
    return this.database.read(context, async (db) => {
      const payment = found((await this.payments.read(db, sql`p.id = ${id}::uuid`, 1))[0]);
      const [facts, receipts, refunds, disputes] = await Promise.all([
        db.first<{ billingAccountName: string; gatewayName: string; askAt: Date | null }>(sql`
          select a.name as "billingAccountName", g.name as "gatewayName", p.ask_at as "askAt" from payments p
          join billing_accounts a on ${db.tenant('a')} and a.id = p.billing_account_id
          join gateway_accounts g on ${db.tenant('g')} and g.id = p.gateway_account_id
          where ${db.tenant('p')} and p.id = ${id}::uuid`),
        db.query<ReceiptRow>(sql`
          select ${columnsOf('t', ['id', 'amount', 'receivedAt', 'receivedOn'])}, e.amount - e.allocated as left from payment_receipts t
          join ledger_entries e on ${db.tenant('e')} and e.kind = 'payment' and e.source_id = t.id
          where ${db.tenant('t')} and t.payment_id = ${id}::uuid order by t.upto limit 100`),
        db.query<RefundHeld & { createdByName: string | null }>(sql`
          select ${REFUND_COLUMNS}, s.name as "createdByName" from refunds r
          left join staff_users s on ${db.tenant('s')} and s.id = r.created_by_id
          where ${db.tenant('r')} and r.payment_id = ${id}::uuid order by r.created_at, r.id limit 100`),
        db.query<DisputeRow>(sql`
          select ${columnsOf('d', ['id', 'amount', 'reason', 'state', 'respondBy', 'createdAt'])} from disputes d
          where ${db.tenant('d')} and d.payment_id = ${id}::uuid order by d.created_at, d.id limit 100`),
      ]);
      return { ...payment, ...facts!, receipts, refunds, disputes };
    });
  }

  /** Says that nobody shall pay by it any more. @throws DomainError not_found, payment_not_open */
  async withdraw(context: OrganizationContext, id: string): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const payment = found(await this.payments.lock(db, id));
      await this.runner.withdraw(db, context, payment, 'staff');
      await this.audit.record(db, context, {
        action: 'staff.payment.withdraw',
        target: { type: 'payment', id },
        billingAccountId: payment.billingAccountId,
      });
    });
  }

  /** Asks the gateway at once how a payment stands. @throws DomainError not_found, gateway_unreachable */
  async ask(context: OrganizationContext, id: string): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const { billingAccountId } = found(await this.payments.peek(db, id));
      const target = { type: 'payment', id } as const;
      await this.audit.record(db, context, { action: 'staff.payment.ask', target, billingAccountId });
    });
    if (!(await this.runner.ask(context, id))) throw new DomainError('gateway_unreachable');
  }

  async gatewayEvents(
    context: OrganizationContext,
    filter: PageWish & { state?: GatewayEventState[]; paymentId?: string },
  ): Promise<ListPage<GatewayEventRow>> {
    return this.database.read(context, (db) => listGatewayEvents(db, filter));
  }

  async strays(
    context: OrganizationContext,
    filter: PageWish & { state?: StrayState[] },
  ): Promise<ListPage<StrayPaymentRow>> {
    return this.database.read(context, (db) => listStrayPayments(db, filter));
  }

  /**
   * Says whose money it is: it becomes a deposit of theirs, which pays what is named, or what is due first.
   * @throws DomainError not_found, stray_payment_decided, validation_failed for a customer or an invoice that there is not
   */
  async assign(
    context: OrganizationContext,
    id: string,
    {
      billingAccountId,
      invoiceIds,
      note,
    }: { billingAccountId: string; invoiceIds?: readonly string[]; note?: string | null },
  ): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const { currency, amount, method, receivedOn, gatewayId } = await this.holdStray(db, id);
      const { id: depositId } = await this.credits.depositWithin(db, context, {
        billingAccountId,
        currency,
        amount,
        method,
        receivedOn,
        reference: gatewayId.slice(0, 100),
        note: note ?? null,
        application: invoiceIds?.length ? { invoiceIds } : 'oldest',
      });
      await this.decide(db, context, id, { state: 'assigned', depositId, note: note ?? null });
      await this.audit.record(db, context, {
        action: 'staff.stray_payment.assign',
        target: { type: 'stray_payment', id },
        billingAccountId,
        changes: { after: { depositId, amount, currency } },
      });
    });
  }

  /** Says that it is no customer's, and why. @throws DomainError not_found, stray_payment_decided */
  async dismiss(context: OrganizationContext, id: string, note: string): Promise<void> {
    await this.database.transaction(context, async (db) => {
      await this.holdStray(db, id);
      await this.decide(db, context, id, { state: 'dismissed', depositId: null, note });
      await this.audit.record(db, context, {
        action: 'staff.stray_payment.dismiss',
        target: { type: 'stray_payment', id },
        changes: { after: { note } },
      });
    });
  }

  private async holdStray(db: Db, id: string) {
    const stray = found(
      await db.first<{
        state: StrayState;
        currency: string;
        amount: bigint;
        method: GatewayMethod;
        receivedOn: string;
        gatewayId: string;
      }>(sql`
        select ${columnsOf('t', ['state', 'currency', 'method', 'receivedOn', 'gatewayId'])}, t.amount - t.returned as amount from stray_payments t
        where ${db.tenant('t')} and t.id = ${id}::uuid for no key update`),
    );
    if (stray.state !== 'open') throw new DomainError('stray_payment_decided');
    return stray;
  }

  private async decide(
    db: Db,
    context: OrganizationContext,
    id: string,
    {
      state,
      depositId,
      note,
    }: {
      state: StrayState;
      depositId: string | null;
      note: string | null;
    },
  ): Promise<void> {
    await db.execute(sql`
      update stray_payments t set state = ${state}, deposit_id = ${depositId}::uuid,
        note = ${note}, decided_by_id = ${context.actor.id ?? null}::uuid, decided_at = ${context.clock.now()}
      where ${db.tenant('t')} and t.id = ${id}::uuid`);
    await this.events.publish(db, context, { name: 'stray_payment.changed', ids: { strayPaymentId: id } });
  }
}
