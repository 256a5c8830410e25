import { Injectable } from '@nestjs/common';
import { DomainError, found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import type { FailureCode, Gateway, Outcome, PaymentOrder, Snapshot } from '@balcao/platform-gateways';
import { Outbox } from '@balcao/platform-outbox';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { nextLook } from './domain/looks.js';
import { isOpen, type Withdrawal } from './domain/payment.js';
import { GatewayDesk } from './gateway-desk.js';
import { PaymentMethodRepository, type SavedToken } from './methods/payment-method.repository.js';
import { PaymentBooks } from './payment-books.service.js';
import { payerOf } from './payer.js';
import { PaymentRepository } from './persistence/payment.repository.js';
import type { PaymentHeld } from './persistence/payment.rows.js';

/** What the gateway does not know so long behind the call was never asked for. */
const ABSENT_MS = 10 * 60_000;

/** What a call is made with, read before it. */
interface Prepared {
  gateway: Gateway;
  payment: PaymentHeld;
}

/** What happens between us and the gateway: one call at a time, behind a commit that says so and before one that says what came of it. */
@Injectable()
export class PaymentRunner {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentRepository,
    private readonly methods: PaymentMethodRepository,
    private readonly books: PaymentBooks,
    private readonly desk: GatewayDesk,
    private readonly events: Events,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Asks the gateway for what the payer pays with. After a crash it asks by the same key again, or how it stands.
   * @param finish ends the job within the transaction that says what came of it
   */
  async send(context: OrganizationContext, paymentId: string, finish: (db: Db) => Promise<void>): Promise<void> {
    const prepared = await this.database.transaction(context, async (db) => {
      const payment = found(await this.payments.lock(db, paymentId));
      const isRepeated = payment.state === 'sending' || payment.state === 'unknown';
      if (payment.state !== 'created' && !isRepeated) return undefined;
      if (!isRepeated && (payment.withdrawnFor || !(await this.isOwed(db, payment)))) {
        await this.end(db, context, payment, 'canceled');
        return undefined;
      }
      const saved = payment.paymentMethodId ? await this.methods.tokenOf(db, payment.paymentMethodId) : undefined;
      if (payment.paymentMethodId && !saved && !isRepeated) {
        await this.payments.update(db, paymentId, { state: 'sending' }, context.clock.now());
        await this.end(db, context, payment, 'failed', 'method_gone');
        return undefined;
      }
      const { gateway, portalHome } = await this.desk.open(db, context, payment.gatewayAccountId, payment.portalId);
      if (!isRepeated) {
        const calledAt = new Date();
        const askAt = nextLook({ ...payment, state: 'sending' }, calledAt);
        await this.payments.update(db, paymentId, { state: 'sending', calledAt, askAt }, context.clock.now());
      }
      return { gateway, payment, isRepeated, order: await this.orderOf(db, payment, portalHome, saved) };
    });
    if (!prepared) return this.database.transaction(context, finish);
    const { gateway, payment, isRepeated, order } = prepared;
    const keyLives = gateway.capabilities(payment.method, payment.currency)?.keyLifeMs ?? 0;
    const age = Date.now() - (payment.calledAt?.getTime() ?? Date.now());
    // Without what charges it nothing can be asked for once more.
    const cannotRepeat = payment.paymentMethodId !== null && !order.saved;
    if (isRepeated && (age >= keyLives || cannotRepeat)) {
      await this.ask(context, paymentId);
      return this.database.transaction(context, finish);
    }
    const outcome = await gateway.create(order, `create:${paymentId}`);
    if (typeof outcome === 'object' && 'known' in outcome) {
      await this.books.write(context, paymentId, outcome.known, async (db) => {
        await this.shown(db, context, payment);
        await finish(db);
      });
      return;
    }
    await this.database.transaction(context, async (db) => {
      const held = found(await this.payments.lock(db, paymentId));
      if (outcome === 'unknown') await this.unheard(db, context, held);
      else await this.end(db, context, held, 'failed', outcome.refused);
      await finish(db);
    });
  }

  /**
   * Asks how a payment stands, and writes it down.
   * @returns false where the gateway could not be asked
   */
  async ask(context: OrganizationContext, paymentId: string): Promise<boolean> {
    const { gateway, payment } = await this.prepare(context, paymentId);
    if (payment.state === 'created') return true;
    const outcome = await gateway.find({
      paymentId,
      gatewayId: payment.gatewayId,
      since: new Date(payment.createdAt.getTime() - 60_000),
    });
    return this.take(context, payment, outcome);
  }

  /**
   * Says that nobody shall pay by it any more, and has the gateway end it. Money that comes all the same counts.
   * @throws DomainError payment_not_open
   */
  async withdraw(db: Db, context: OrganizationContext, payment: PaymentHeld, reason: Withdrawal): Promise<void> {
    if (!isOpen(payment)) throw new DomainError('payment_not_open');
    if (payment.withdrawnFor) return;
    const now = context.clock.now();
    await this.payments.update(db, payment.id, { withdrawnFor: reason, withdrawnAt: now }, now);
    await this.outbox.add(db, context, 'payments.withdraw', { paymentId: payment.id });
    await this.publish(db, context, payment, 'payment.changed');
  }

  /** Has the gateway end a payment that was withdrawn. */
  async endWithdrawn(context: OrganizationContext, paymentId: string): Promise<void> {
    const { gateway, payment } = await this.prepare(context, paymentId);
    if (payment.state === 'created') {
      await this.database.transaction(context, async (db) => {
        const held = found(await this.payments.lock(db, paymentId));
        if (held.state === 'created') await this.end(db, context, held, 'canceled');
      });
      return;
    }
    if (payment.state !== 'pending' && payment.state !== 'unknown' && payment.state !== 'sending') return;
    // What it is called there is not known yet: whoever asks how it stands learns that first.
    if (payment.gatewayId === null) {
      if (!(await this.ask(context, paymentId))) throw new Error('The gateway does not say how the payment stands');
      const again = await this.database.read(context, (db) => this.payments.peek(db, paymentId));
      if (again?.gatewayId) return this.endWithdrawn(context, paymentId);
      return;
    }
    const outcome = await gateway.cancel(payment.gatewayId, `cancel:${paymentId}`);
    if (await this.take(context, payment, outcome)) return;
    throw new Error('The gateway has not said whether the payment is ended');
  }

  private async prepare(context: OrganizationContext, paymentId: string): Promise<Prepared> {
    return this.database.read(context, async (db) => {
      const payment = found(await this.payments.peek(db, paymentId));
      const { gateway } = await this.desk.open(db, context, payment.gatewayAccountId, payment.portalId);
      return { gateway, payment };
    });
  }

  /** Writes down what an answer says. @returns whether it says anything */
  private async take(
    context: OrganizationContext,
    payment: PaymentHeld,
    outcome: Outcome<Snapshot | 'absent'>,
  ): Promise<boolean> {
    if (outcome !== 'unknown' && 'known' in outcome && outcome.known !== 'absent') {
      await this.books.write(context, payment.id, outcome.known, (db) => this.shown(db, context, payment));
      return true;
    }
    const isAbsent =
      outcome !== 'unknown' && 'known' in outcome && Date.now() - (payment.calledAt?.getTime() ?? 0) >= ABSENT_MS;
    await this.database.transaction(context, async (db) => {
      const held = found(await this.payments.lock(db, payment.id));
      if (isAbsent && held.gatewayId === null && (held.state === 'sending' || held.state === 'unknown'))
        await this.end(db, context, held, 'failed', 'other');
      else await this.unheard(db, context, held);
    });
    return outcome !== 'unknown' && 'known' in outcome;
  }

  /** Nothing was heard: whatever was asked for may have happened. It is looked at again. */
  private async unheard(db: Db, context: OrganizationContext, held: PaymentHeld): Promise<void> {
    const state = held.state === 'sending' ? 'unknown' : held.state;
    const asks = held.asks + 1;
    const now = new Date();
    await this.payments.update(
      db,
      held.id,
      { state, asks, askedAt: now, askAt: nextLook({ ...held, state, asks }, now) },
      context.clock.now(),
    );
    if (state !== held.state) await this.publish(db, context, held, 'payment.changed');
  }

  private async end(
    db: Db,
    context: OrganizationContext,
    held: PaymentHeld,
    state: 'failed' | 'canceled',
    failure?: FailureCode,
  ): Promise<void> {
    await this.payments.update(db, held.id, { state, ...(failure && { failure }), askAt: null }, context.clock.now());
    if (held.paymentMethodId) await this.outbox.add(db, context, 'payments.conclude', { paymentId: held.id });
    await this.publish(db, context, held, state === 'failed' ? 'payment.failed' : 'payment.changed');
  }

  /** Whether of every invoice as much is owed as the payment asks for. */
  private async isOwed(db: Db, { id }: PaymentHeld): Promise<boolean> {
    const targets = await this.payments.askedTargets(db, id);
    return targets.every(({ owed, principal }) => owed >= principal);
  }

  /** What the payer pays with is there: codes that it replaces are withdrawn. One for a document replaces none. */
  private async shown(db: Db, context: OrganizationContext, { id, origin }: PaymentHeld): Promise<void> {
    if (origin !== 'opening') await this.replaceOthers(db, context, id);
  }

  /**
   * Withdraws what would, together with this one, pay more of an invoice by the same way than is owed of it; but not what stands on
   * its document, which somebody may have on paper.
   */
  private async replaceOthers(db: Db, context: OrganizationContext, paymentId: string): Promise<void> {
    const rows = await db.query<{ id: string }>(sql`
      select distinct o.id from payments p
      join payment_targets t on ${db.tenant('t')} and t.payment_id = p.id
      join payment_targets u on ${db.tenant('u')} and u.invoice_id = t.invoice_id and u.payment_id <> p.id
      join payments o on ${db.tenant('o')} and o.id = u.payment_id and o.method = p.method and o.origin <> 'opening' and o.created_at <= p.created_at and o.id < p.id
        and o.state in ('created', 'pending') and o.withdrawn_at is null
      join invoices i on ${db.tenant('i')} and i.id = t.invoice_id and i.owed < t.principal + u.principal
      where ${db.tenant('p')} and p.id = ${paymentId}::uuid and p.state = 'pending' and p.withdrawn_at is null order by o.id`);
    for (const { id } of rows) {
      const other = await this.payments.lock(db, id);
      if (!other || other.withdrawnFor || (other.state !== 'created' && other.state !== 'pending')) continue;
      await this.withdraw(db, context, other, 'replaced');
      await this.payments.update(db, id, { replacedById: paymentId }, context.clock.now());
    }
  }

  private async orderOf(
    db: Db,
    payment: PaymentHeld,
    portalHome: string,
    saved: SavedToken | undefined,
  ): Promise<PaymentOrder> {
    const back =
      payment.origin === 'link' ? `${portalHome}/pay?payment=${payment.id}` : `${portalHome}/payments/${payment.id}`;
    return {
      paymentId: payment.id,
      method: payment.method,
      currency: payment.currency,
      amount: payment.amount,
      description: payment.description,
      payer: await payerOf(db, payment.billingAccountId),
      expiresAt: payment.expiresAt,
      ...(payment.dueOn && {
        boleto: {
          dueOn: payment.dueOn,
          finePercent: payment.finePercent,
          interestPercentPerMonth: payment.interestPercent,
        },
      }),
      ...(payment.method === 'card' &&
        (saved ? { saved } : { page: { successUrl: back, cancelUrl: back, savesMethod: payment.savesMethod } })),
    };
  }

  private async publish(
    db: Db,
    context: OrganizationContext,
    { id, billingAccountId }: PaymentHeld,
    name: 'payment.changed' | 'payment.failed',
  ): Promise<void> {
    await this.events.publish(db, context, { name, ids: { paymentId: id }, billingAccountId, portalUserId: undefined });
  }
}
