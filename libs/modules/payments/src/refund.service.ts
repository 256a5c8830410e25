import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { DomainError, found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { capabilitiesOf } from '@balcao/platform-gateways';
import { Outbox } from '@balcao/platform-outbox';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { nextLook } from './domain/looks.js';
import { GatewayDesk } from './gateway-desk.js';
import { PaymentBooks } from './payment-books.service.js';
import { PaymentRunner } from './payment-runner.service.js';
import { PaymentRepository } from './persistence/payment.repository.js';
import type { PaymentHeld } from './persistence/payment.rows.js';
import {
  REFUND_COLUMNS,
  RefundRepository,
  type RefundHeld,
  type RefundOutcome,
} from './persistence/refund.repository.js';

export interface RefundRequest {
  /** In minor units; all that is left of the payment where absent. */
  amount?: bigint;
  reason: string;
  becomes: RefundOutcome;
}

/** Money on its way back. The row is there before the call, so that what a gateway tells of it always finds it. */
@Injectable()
export class RefundService {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentRepository,
    private readonly refunds: RefundRepository,
    private readonly books: PaymentBooks,
    private readonly runner: PaymentRunner,
    private readonly desk: GatewayDesk,
    private readonly audit: Audit,
    private readonly events: Events,
    private readonly outbox: Outbox,
  ) {}

  /** @throws DomainError not_found, payment_not_open, refund_not_possible, refund_exceeds_payment */
  async create(
    context: OrganizationContext,
    paymentId: string,
    { amount, reason, becomes }: RefundRequest,
  ): Promise<string> {
    return this.database.transaction(context, async (db) => {
      const payment = found(await this.payments.lock(db, paymentId));
      if (payment.state !== 'succeeded') throw new DomainError('payment_not_open');
      const able = capabilitiesOf(payment.gatewayKind, payment.method, payment.currency)?.refund ?? 'none';
      if (able === 'none') throw new DomainError('refund_not_possible');
      const left = payment.received - (await this.gone(db, paymentId));
      const given = amount ?? left;
      if (given > left || given === 0n) throw new DomainError('refund_exceeds_payment');
      if (able === 'full' && given !== payment.received) throw new DomainError('refund_not_possible');
      const { billingAccountId, currency } = payment;
      const refundId = await this.refunds.insert(db, context, {
        paymentId,
        billingAccountId,
        currency,
        amount: given,
        reason,
        becomes,
        createdById: context.actor.type === 'staff' ? (context.actor.id ?? null) : null,
      });
      await this.outbox.add(db, context, 'payments.refund', { refundId });
      await this.audit.record(db, context, {
        action: 'staff.refund.create',
        target: { type: 'refund', id: refundId },
        billingAccountId,
        changes: { after: { paymentId, amount: given, currency, reason, becomes } },
      });
      await this.changed(db, context, { id: refundId, paymentId, billingAccountId });
      return refundId;
    });
  }

  async ofPayment(context: OrganizationContext, paymentId: string): Promise<RefundHeld[]> {
    return this.database.read(context, (db) =>
      db.query<RefundHeld>(sql`
        select ${REFUND_COLUMNS} from refunds r where ${db.account('r')} and r.payment_id = ${paymentId}::uuid
        order by r.created_at desc, r.id desc limit 100`),
    );
  }

  /** Asks the gateway to give it back; after a crash by the same key again. */
  async send(context: OrganizationContext, refundId: string, finish: (db: Db) => Promise<void>): Promise<void> {
    const prepared = await this.database.transaction(context, async (db) => {
      const { refund, payment } = await this.hold(db, refundId);
      if (!['created', 'sending', 'unknown'].includes(refund.state)) return undefined;
      const { gateway } = await this.desk.open(db, context, payment.gatewayAccountId);
      if (refund.state === 'created') {
        const calledAt = new Date();
        const askAt = nextLook({ ...payment, state: 'sending', asks: 0 }, calledAt);
        await this.refunds.update(db, refundId, { state: 'sending', calledAt, askAt }, context.clock.now());
      }
      return { refund, payment, gateway };
    });
    if (!prepared) return this.database.transaction(context, finish);
    const { refund, payment, gateway } = prepared;
    const { amount, currency, reason } = refund;
    const order = { refundId, gatewayId: payment.gatewayId!, amount, currency, reason };
    const keyLives = gateway.capabilities(payment.method, currency)?.keyLifeMs ?? 0;
    // Where the key is forgotten, only the payment itself can say whether it was given back.
    const isLate = refund.state !== 'created' && Date.now() - (refund.calledAt?.getTime() ?? Date.now()) >= keyLives;
    const outcome = isLate ? 'unknown' : await gateway.refund(order, `refund:${refundId}`);
    if (typeof outcome === 'object' && 'known' in outcome) {
      await this.books.write(context, payment.id, outcome.known, finish);
      return;
    }
    await this.database.transaction(context, async (db) => {
      const { refund: held } = await this.hold(db, refundId);
      const asks = held.asks + 1;
      const now = context.clock.now();
      if (outcome === 'unknown') {
        const askAt = nextLook({ ...payment, state: 'unknown', asks }, new Date());
        await this.refunds.update(db, refundId, { state: 'unknown', asks, askAt }, now);
      } else await this.refunds.update(db, refundId, { state: 'failed', failure: outcome.refused, askAt: null }, now);
      await this.changed(db, context, held);
      await finish(db);
    });
  }

  /** Looks how a refund stands of which nothing was heard: by its payment, which names its refunds. */
  async ask(context: OrganizationContext, refundId: string): Promise<void> {
    const refund = await this.database.read(context, (db) => this.refunds.peek(db, refundId));
    if (!refund || refund.state === 'succeeded' || refund.state === 'failed') return;
    const isAnswered = await this.runner.ask(context, refund.paymentId);
    await this.database.transaction(context, async (db) => {
      const { refund: held, payment } = await this.hold(db, refundId);
      if (held.state === 'succeeded' || held.state === 'failed') return;
      if (isAnswered && isAbsent(held, payment)) {
        const ended = { state: 'failed', failure: 'other', askAt: null } as const;
        await this.refunds.update(db, refundId, ended, context.clock.now());
        return this.changed(db, context, held);
      }
      const asks = held.asks + 1;
      const state = held.state === 'sending' ? 'unknown' : held.state;
      const askAt = nextLook({ state: 'unknown', asks, expiresAt: new Date() }, new Date());
      await this.refunds.update(db, refundId, { state, asks, askAt }, context.clock.now());
      // Once more by the same key: within its life that is the same refund, and the gateway answers how it stands.
      if (state === 'unknown') await this.outbox.add(db, context, 'payments.refund', { refundId });
    });
  }

  /** Holds a refund behind its payment, as whoever writes down what a gateway says does. */
  private async hold(db: Db, refundId: string): Promise<{ refund: RefundHeld; payment: PaymentHeld }> {
    const { paymentId } = found(await this.refunds.peek(db, refundId));
    const payment = found(await this.payments.lock(db, paymentId));
    return { payment, refund: found(await this.refunds.lock(db, refundId)) };
  }

  /** What of a payment went back or is on its way, and what its payer contests: a bank gives that back by itself. */
  private async gone(db: Db, paymentId: string): Promise<bigint> {
    const row = await db.first<{ sum: bigint }>(sql`
      select coalesce(sum(g.amount), 0)::bigint as sum from (
        select r.amount from refunds r where ${db.tenant('r')} and r.payment_id = ${paymentId}::uuid and r.state <> 'failed'
        union all
        select d.amount from disputes d where ${db.tenant('d')} and d.payment_id = ${paymentId}::uuid and d.state <> 'won'
      ) g`);
    return row!.sum;
  }

  private async changed(
    db: Db,
    context: OrganizationContext,
    { id: refundId, paymentId, billingAccountId }: Pick<RefundHeld, 'id' | 'paymentId' | 'billingAccountId'>,
  ): Promise<void> {
    await this.events.publish(db, context, {
      name: 'refund.changed',
      ids: { paymentId, refundId },
      billingAccountId,
      portalUserId: undefined,
    });
  }
}

/** Of what a gateway does not know so long after it was asked for the last time, it never heard. */
const ABSENT_MS = 10 * 60_000;

/** Whether a gateway that has answered, and does not know of it, will not do so any more: its key is forgotten, too. */
function isAbsent(refund: RefundHeld, { gatewayKind, method, currency }: PaymentHeld): boolean {
  if (refund.gatewayId !== null || refund.calledAt === null) return false;
  const keyLives = capabilitiesOf(gatewayKind, method, currency)?.keyLifeMs ?? 0;
  return Date.now() - refund.calledAt.getTime() >= keyLives + ABSENT_MS;
}
