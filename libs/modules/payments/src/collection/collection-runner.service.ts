import { Injectable } from '@nestjs/common';
import { BillingSettingsService, isInReview, type BillingTerms } from '@balcao/module-billing';
import { Audit } from '@balcao/platform-audit';
import { found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Outbox } from '@balcao/platform-outbox';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { costOn } from '../domain/payment-terms.js';
import { isOpen } from '../domain/payment.js';
import { describePayment } from '../domain/payment-words.js';
import { PaymentMethodRepository } from '../methods/payment-method.repository.js';
import { placeOf } from '../payment-place.js';
import { FIRST_LOOK_MS } from '../payment.service.js';
import { PaymentRepository } from '../persistence/payment.repository.js';
import type { PaymentHeld } from '../persistence/payment.rows.js';
import { CollectionMailer } from './collection-mailer.js';
import { CollectionRepository, endActionOf, type Collection } from './collection.repository.js';
import { isHardDecline, nextStep, waitUntil, MOST_TRIES } from './dunning.js';

/** So long a charge of a saved card may take, before somebody looks. */
const CHARGE_MS = 60 * 60_000;

/** Charges saved cards, each due try once, and writes down what became of it. */
@Injectable()
export class CollectionRunner {
  constructor(
    private readonly database: Database,
    private readonly collections: CollectionRepository,
    private readonly methods: PaymentMethodRepository,
    private readonly payments: PaymentRepository,
    private readonly settings: BillingSettingsService,
    private readonly mailer: CollectionMailer,
    private readonly audit: Audit,
    private readonly events: Events,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Begins the try that is due, in one transaction with the payment that it is, which the gateway is asked for behind it: done twice
   * it is begun once. Where there is no card to charge, it waits for one; where nobody waits any longer, it is given up.
   */
  async tryDue(context: OrganizationContext, id: string, finish?: (db: Db) => Promise<void>): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const held = await this.collections.lock(db, id);
      if (held?.state === 'waiting') await this.advance(db, context, held);
      await finish?.(db);
    });
  }

  /**
   * Writes down what became of a try: once, however often it is told.
   * @param finish ends the job within the same transaction
   */
  async conclude(context: OrganizationContext, paymentId: string, finish?: (db: Db) => Promise<void>): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const attempt = await this.collections.attemptOf(db, paymentId);
      const held = attempt && (await this.collections.lock(db, attempt.collectionId));
      const payment = held && (await this.payments.peek(db, paymentId));
      if (attempt && held && payment && !isOpen(payment)) {
        if (payment.state === 'succeeded') await this.paid(db, context, held);
        // Told a second time, behind the lock it is seen that it was concluded.
        else if ((await this.collections.attemptOf(db, paymentId))?.concludedAt === null)
          await this.failed(db, context, held, attempt, payment);
        await this.collections.conclude(db, paymentId, context.clock.now());
      }
      await finish?.(db);
    });
  }

  /** Tells the payer beforehand of a first try, once. */
  async notice(context: OrganizationContext, id: string): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const held = await this.collections.lock(db, id);
      if (held?.state !== 'waiting' || held.noticedAt || held.attempts > 0 || !held.nextAt) return;
      const now = context.clock.now();
      await this.collections.update(db, id, { noticedAt: now }, now);
      // Without a card nothing is going to be charged; and of what is due by now the try itself tells.
      const method = await this.methods.standingFor(db, held.billingAccountId, held.paymentMethodId);
      if (method && held.nextAt > now)
        await this.mailer.tell(db, context, 'collection-upcoming', held, held.nextAt.toISOString());
    });
  }

  private async advance(db: Db, context: OrganizationContext, held: Collection): Promise<void> {
    const now = context.clock.now();
    const isDue = held.nextAt ? held.nextAt <= now : held.endsAt !== null && held.endsAt <= now;
    if (!isDue) return;
    const terms = await this.settings.terms(db, context);
    const invoice = await this.collections.invoice(db, held.invoiceId);
    if (!invoice || invoice.owed === 0n)
      return this.end(db, context, held, { state: 'stopped', stoppedFor: 'settled' });
    // Somebody says that it is paid, or wrong: it is looked at again when that is decided.
    if (await this.isInReview(db, held.invoiceId, terms)) return;
    if (held.nextAt === null || held.attempts >= MOST_TRIES) return this.giveUp(db, context, held, terms);
    const method = await this.methods.standingFor(db, held.billingAccountId, held.paymentMethodId);
    if (!method || method.refusedFor !== null) {
      const endsAt = waitUntil(held.attempts, dunningOf(terms), now);
      await this.collections.update(db, held.id, { nextAt: null, endsAt }, now);
      await this.mailer.tell(db, context, 'collection-failed', held, `no card:${held.attempts}`);
      await this.changed(db, context, held);
      return;
    }
    await this.charge(db, context, held, method, terms);
  }

  private async charge(
    db: Db,
    context: OrganizationContext,
    held: Collection,
    method: { id: string; gatewayAccountId: string; gatewayKind: 'sandbox' | 'stripe' },
    terms: BillingTerms,
  ): Promise<void> {
    const now = context.clock.now();
    const place = await placeOf(db, context);
    const invoice = found((await this.payments.payable(db, [held.invoiceId]))[0]);
    const { billingAccountId } = held;
    const account = await db.first<{ isTest: boolean }>(sql`
      select a.is_test as "isTest" from gateway_accounts a where ${db.tenant('a')} and a.id = ${method.gatewayAccountId}::uuid`);
    const paymentId = await this.payments.insert(
      db,
      context,
      {
        billingAccountId,
        gatewayAccountId: method.gatewayAccountId,
        gatewayKind: method.gatewayKind,
        isTest: found(account).isTest,
        method: 'card',
        currency: invoice.currency,
        origin: 'collection',
        createdById: null,
        portalId: place.portalId,
        description: describePayment(place, [invoice]),
        dueOn: null,
        finePercent: '0',
        interestPercent: '0',
        expiresAt: new Date(now.getTime() + CHARGE_MS),
        savesMethod: false,
        paymentMethodId: method.id,
        targets: [costOn(invoice, terms.today)],
      },
      new Date(Date.now() + FIRST_LOOK_MS),
    );
    const number = held.attempts + 1;
    await this.collections.addAttempt(db, {
      billingAccountId,
      collectionId: held.id,
      number,
      paymentId,
      paymentMethodId: method.id,
      madeAt: now,
    });
    await this.collections.update(db, held.id, { state: 'trying', attempts: number, nextAt: null, endsAt: null }, now);
    await this.audit.record(db, context, {
      action: 'system.collection.try',
      target: { type: 'collection', id: held.id },
      billingAccountId,
      changes: { after: { number, paymentId, paymentMethodId: method.id } },
    });
    await this.outbox.add(db, context, 'payments.send', { paymentId });
    await this.events.publish(db, context, {
      name: 'payment.changed',
      ids: { paymentId },
      billingAccountId,
      portalUserId: undefined,
    });
    await this.changed(db, context, held);
  }

  /** Money has come by one of its tries, perhaps behind its end. */
  private async paid(db: Db, context: OrganizationContext, held: Collection): Promise<void> {
    if (held.state === 'paid' || held.state === 'given_up') return;
    const now = context.clock.now();
    await this.collections.update(
      db,
      held.id,
      { state: 'paid', stoppedFor: null, nextAt: null, ...(held.state !== 'stopped' && { endedAt: now }) },
      now,
    );
    await this.audit.record(db, context, {
      action: 'system.collection.end',
      target: { type: 'collection', id: held.id },
      billingAccountId: held.billingAccountId,
      changes: { after: { state: 'paid' } },
    });
    await this.changed(db, context, held);
  }

  private async failed(
    db: Db,
    context: OrganizationContext,
    held: Collection,
    attempt: { number: number; paymentMethodId: string },
    { state, failure: said, withdrawnFor }: Pick<PaymentHeld, 'state' | 'failure' | 'withdrawnFor'>,
  ): Promise<void> {
    const now = context.clock.now();
    if (isHardDecline(said)) await this.methods.update(db, attempt.paymentMethodId, { refusedFor: said }, now);
    // It was stopped meanwhile, or something else pays it.
    if (held.state !== 'trying') return;
    const invoice = await this.collections.invoice(db, held.invoiceId);
    if (!invoice || invoice.owed === 0n)
      return this.end(db, context, held, { state: 'stopped', stoppedFor: 'settled' });
    const terms = await this.settings.terms(db, context);
    if (withdrawnFor === 'staff') return this.end(db, context, held, { state: 'stopped', stoppedFor: 'staff' });
    // Nothing was charged, as another amount is owed by now, or as its payer is about to pay by another page.
    if (state === 'canceled' && attempt.number < MOST_TRIES) {
      const nextAt = withdrawnFor === 'replaced' ? new Date(now.getTime() + CHARGE_MS) : now;
      await this.collections.update(db, held.id, { state: 'waiting', nextAt }, now);
      await this.changed(db, context, held);
      return;
    }
    const step = nextStep(attempt.number, said ?? 'other', dunningOf(terms), now);
    if (step.kind === 'give_up') return this.giveUp(db, context, held, terms);
    const method = await this.methods.standingFor(db, held.billingAccountId, held.paymentMethodId);
    // Another card has become the one to charge while this one was tried.
    const isOther = method && method.id !== attempt.paymentMethodId && method.refusedFor === null;
    await this.collections.update(
      db,
      held.id,
      isOther
        ? { state: 'waiting', nextAt: now }
        : step.kind === 'retry'
          ? { state: 'waiting', nextAt: step.at }
          : { state: 'waiting', nextAt: null, endsAt: step.until },
      now,
    );
    if (isOther) await this.outbox.add(db, context, 'payments.try', { collectionId: held.id });
    else await this.mailer.tell(db, context, 'collection-failed', held, String(attempt.number));
    await this.changed(db, context, held);
  }

  private async giveUp(db: Db, context: OrganizationContext, held: Collection, terms: BillingTerms): Promise<void> {
    await this.end(db, context, held, { state: 'given_up', endAction: endActionOf(held, terms) });
    await this.mailer.tell(db, context, 'collection-given-up', held, 'end');
    await this.events.publish(db, context, {
      name: 'collection.given_up',
      ids: { collectionId: held.id, invoiceId: held.invoiceId },
      billingAccountId: held.billingAccountId,
      portalUserId: undefined,
    });
  }

  private async end(
    db: Db,
    context: OrganizationContext,
    held: Collection,
    ending: Pick<Collection, 'state'> & Partial<Pick<Collection, 'stoppedFor' | 'endAction'>>,
  ): Promise<void> {
    const now = context.clock.now();
    await this.collections.update(db, held.id, { ...ending, nextAt: null, endedAt: now }, now);
    await this.audit.record(db, context, {
      action: 'system.collection.end',
      target: { type: 'collection', id: held.id },
      billingAccountId: held.billingAccountId,
      changes: { after: ending },
    });
    await this.changed(db, context, held);
  }

  private async isInReview(db: Db, invoiceId: string, { today }: BillingTerms): Promise<boolean> {
    const [row] = await db.query(
      sql`select from invoices i where ${db.tenant('i')} and i.id = ${invoiceId}::uuid and ${isInReview(sql`i`, today)}`,
    );
    return row !== undefined;
  }

  private async changed(db: Db, context: OrganizationContext, held: Collection): Promise<void> {
    await this.events.publish(db, context, {
      name: 'collection.changed',
      ids: { collectionId: held.id, invoiceId: held.invoiceId },
      billingAccountId: held.billingAccountId,
      portalUserId: undefined,
    });
  }
}

const dunningOf = ({ collectionRetryDays, timeZone }: BillingTerms) => ({ retryDays: collectionRetryDays, timeZone });
