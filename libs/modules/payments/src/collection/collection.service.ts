import { Injectable } from '@nestjs/common';
import { BillingSettingsService } from '@balcao/module-billing';
import { Audit } from '@balcao/platform-audit';
import { DomainError, found, unknownReference } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Outbox } from '@balcao/platform-outbox';
import { Database, sql, type Db, type OrganizationContext, type Sql } from '@balcao/platform-tenancy';
import { PaymentMethodRepository } from '../methods/payment-method.repository.js';
import { CollectionRepository, type Collection, type EndAction } from './collection.repository.js';
import { chargeAt, type CollectionOrigin, type CollectionStop } from './dunning.js';

export interface CollectOptions {
  /** The card to charge; the account's default where absent. */
  methodId?: string;
  /** When it is charged first, by the organization's clock; at once where absent. */
  at?: Date;
  origin?: CollectionOrigin;
}

/** What is collected by saved cards: begun, moved and ended; the tries themselves are `CollectionRunner`'s. */
@Injectable()
export class CollectionService {
  constructor(
    private readonly database: Database,
    private readonly collections: CollectionRepository,
    private readonly methods: PaymentMethodRepository,
    private readonly settings: BillingSettingsService,
    private readonly audit: Audit,
    private readonly events: Events,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Has an invoice collected by a saved card, from now on until it is paid, given up or stopped. One that is collected already stays so.
   * @returns the collection's id
   * @throws DomainError not_found, invoice_not_owed, validation_failed for a card of somebody else's
   */
  async collect(context: OrganizationContext, invoiceId: string, options: CollectOptions = {}): Promise<string> {
    return this.database.transaction(context, (db) => this.collectWithin(db, context, invoiceId, options));
  }

  /** The same in the caller's transaction, such as that in which the invoice opens. */
  async collectWithin(
    db: Db,
    context: OrganizationContext,
    invoiceId: string,
    { methodId, at, origin = 'renewal' }: CollectOptions = {},
  ): Promise<string> {
    const invoice = found(await this.collections.invoice(db, invoiceId));
    if (invoice.owed === 0n) throw new DomainError('invoice_not_owed');
    const { billingAccountId } = invoice;
    if (methodId) {
      const method = await this.methods.find(db, methodId);
      if (method?.billingAccountId !== billingAccountId) throw unknownReference('methodId');
    }
    const now = context.clock.now();
    const nextAt = at ?? now;
    const paymentMethodId = methodId ?? null;
    const id = await this.collections.insert(
      db,
      { billingAccountId, invoiceId, origin, paymentMethodId, nextAt, endsAt: null },
      now,
    );
    if (!id) return this.takenUp(db, context, invoiceId, origin);
    await this.audit.record(db, context, {
      action: 'system.collection.begin',
      target: { type: 'collection', id },
      billingAccountId,
      changes: { after: { invoiceId, origin, nextAt, paymentMethodId } },
    });
    await this.changed(db, context, { id, invoiceId, billingAccountId });
    if (nextAt <= now) await this.outbox.add(db, context, 'payments.try', { collectionId: id });
    return id;
  }

  /**
   * Has an invoice collected by a card of its account's, as staff want it.
   * @throws DomainError not_found, invoice_not_owed, payment_method_missing where no card can be charged
   */
  async collectByStaff(context: OrganizationContext, invoiceId: string): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const { billingAccountId } = found(await this.collections.invoice(db, invoiceId));
      const method = await this.methods.standingFor(db, billingAccountId, null);
      if (!method || method.refusedFor !== null) throw new DomainError('payment_method_missing');
      await this.collectWithin(db, context, invoiceId, { origin: 'staff' });
    });
  }

  /** Ends what an invoice is collected by; of none that is open it does nothing. @throws DomainError not_found */
  async stopByStaff(context: OrganizationContext, invoiceId: string): Promise<void> {
    await this.database.transaction(context, async (db) => {
      found(await this.collections.invoice(db, invoiceId));
      const open = await this.collections.openOf(db, invoiceId);
      if (open) await this.stop(db, context, open.id, 'staff');
    });
  }

  /** What the organization wants to become of what renews, once a collection was given up; undefined of one that goes on. */
  async endActionOf(db: Db, id: string): Promise<EndAction | undefined> {
    const [collection] = await this.collections.read(db, sql`c.id = ${id}::uuid`, 1);
    return collection?.endAction ?? undefined;
  }

  /** What is collected already for its account's switch goes on for whatever renews, though the account switches off. */
  private async takenUp(
    db: Db,
    context: OrganizationContext,
    invoiceId: string,
    origin: CollectionOrigin,
  ): Promise<string> {
    const open = (await this.collections.openOf(db, invoiceId))!;
    if (open.origin === 'automatic' && origin !== 'automatic')
      await this.collections.update(db, open.id, { origin }, context.clock.now());
    return open.id;
  }

  /** Ends a collection that is open; a try that is on its way is not called back. */
  async stop(db: Db, context: OrganizationContext, id: string, stoppedFor: CollectionStop): Promise<void> {
    const held = await this.collections.lock(db, id);
    if (!held || (held.state !== 'waiting' && held.state !== 'trying')) return;
    const now = context.clock.now();
    await this.collections.update(db, id, { state: 'stopped', stoppedFor, nextAt: null, endedAt: now }, now);
    await this.audit.record(db, context, {
      action: 'system.collection.end',
      target: { type: 'collection', id },
      billingAccountId: held.billingAccountId,
      changes: { after: { state: 'stopped', stoppedFor } },
    });
    await this.changed(db, context, held);
  }

  /**
   * Brings an account's collections in line with its default card and its switch: done twice it does it once.
   * Invoices that are not late yet are collected on their due date where the account wants that; what waits for another card is tried
   * at once with one that is new.
   */
  async reconsider(
    context: OrganizationContext,
    billingAccountId: string,
    finish?: (db: Db) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(context, async (db) => {
      await this.methods.lockAccount(db, billingAccountId);
      const isOn = await this.isAutomatic(db, billingAccountId);
      if (isOn) {
        const invoices = await this.inTime(db, context, sql`i.billing_account_id = ${billingAccountId}::uuid`);
        for (const id of invoices) await this.collectOnDueDate(db, context, id);
      }
      const open = await this.collections.read(
        db,
        sql`c.billing_account_id = ${billingAccountId}::uuid and c.state = 'waiting'`,
        1_000,
      );
      const lastMethods = await this.lastMethodsOf(db, open);
      for (const each of open) {
        if (each.origin === 'automatic' && !isOn) await this.stop(db, context, each.id, 'switched_off');
        else await this.hurry(db, context, each, lastMethods.get(each.id));
      }
      await finish?.(db);
    });
  }

  /** Has an account's invoice collected when it is due, where the account wants that. */
  async collectAutomatically(db: Db, context: OrganizationContext, invoiceId: string): Promise<void> {
    const invoice = await this.collections.invoice(db, invoiceId);
    if (!invoice || invoice.owed === 0n) return;
    if (await this.isAutomatic(db, invoice.billingAccountId)) await this.collectOnDueDate(db, context, invoiceId);
  }

  /** The same of one that is owed again, unless it is late by now: what is late is charged when staff say so. */
  async collectAgain(db: Db, context: OrganizationContext, invoiceId: string): Promise<void> {
    for (const id of await this.inTime(db, context, sql`i.id = ${invoiceId}::uuid`))
      await this.collectAutomatically(db, context, id);
  }

  /** An invoice is due on another day: its first try moves along, unless somebody else than the account has named one. */
  async move(db: Db, context: OrganizationContext, invoiceId: string): Promise<void> {
    const open = await this.collections.openOf(db, invoiceId);
    const held = open && (await this.collections.lock(db, open.id));
    if (held?.state !== 'waiting' || held.attempts > 0 || held.origin !== 'automatic' || !held.nextAt) return;
    const nextAt = await this.dueAt(db, context, invoiceId);
    await this.collections.update(db, held.id, { nextAt, noticedAt: null }, context.clock.now());
    await this.changed(db, context, held);
  }

  /** Ends what an invoice is collected by of which nothing is owed any more. */
  async settle(db: Db, context: OrganizationContext, invoiceId: string): Promise<void> {
    const open = await this.collections.openOf(db, invoiceId);
    if (!open) return;
    const invoice = await this.collections.invoice(db, invoiceId);
    if (invoice && invoice.owed > 0n) return;
    // What its own try has paid, that try says.
    if (open.state === 'trying' && (await this.isPaidByTry(db, open.id))) return;
    await this.stop(db, context, open.id, 'settled');
  }

  /** Invoices that are owed and not late, and of which nobody has said or seen that they are not to be collected. @returns their ids */
  private async inTime(db: Db, context: OrganizationContext, which: Sql): Promise<string[]> {
    const { today } = await this.settings.terms(db, context);
    const invoices = await db.query<{ id: string }>(sql`
      select i.id from invoices i where ${db.tenant('i')} and ${which} and i.owed > 0 and i.payable_until >= ${today}::date
        and not exists (select from collections c where ${db.tenant('c')} and c.invoice_id = i.id
          and (c.state in ('waiting', 'trying') or c.state = 'given_up' or c.stopped_for = 'staff'))
      order by i.due_on, i.id limit 1000`);
    return invoices.map(({ id }) => id);
  }

  private async collectOnDueDate(db: Db, context: OrganizationContext, invoiceId: string): Promise<void> {
    const at = await this.dueAt(db, context, invoiceId);
    await this.collectWithin(db, context, invoiceId, { at, origin: 'automatic' });
  }

  /** When an invoice is charged that is paid by itself: on the day that it is due, or at once where that is over. */
  private async dueAt(db: Db, context: OrganizationContext, invoiceId: string): Promise<Date> {
    const { dueOn } = found(await this.collections.invoice(db, invoiceId));
    const { timeZone } = await this.settings.terms(db, context);
    const due = chargeAt(dueOn, timeZone);
    const now = context.clock.now();
    return due > now ? due : now;
  }

  /** Tries at once, where the card that is charged now is another than the one that failed last; or waits for one, where there is none. */
  private async hurry(
    db: Db,
    context: OrganizationContext,
    collection: Collection,
    lastMethodId: string | undefined,
  ): Promise<void> {
    const method = await this.methods.standingFor(db, collection.billingAccountId, collection.paymentMethodId);
    if (!method || method.refusedFor !== null) return;
    const isNew = lastMethodId !== method.id;
    const waits = collection.nextAt === null;
    if (!isNew || (collection.attempts === 0 && !waits)) return;
    const held = await this.collections.lock(db, collection.id);
    if (held?.state !== 'waiting') return;
    const now = context.clock.now();
    await this.collections.update(db, held.id, { nextAt: now, endsAt: null }, now);
    await this.changed(db, context, held);
    await this.outbox.add(db, context, 'payments.try', { collectionId: held.id });
  }

  /** The card that was charged last by each. */
  private async lastMethodsOf(db: Db, collections: readonly Collection[]): Promise<Map<string, string>> {
    const ids = collections.map(({ id }) => id);
    const rows = await db.query<{ collectionId: string; paymentMethodId: string }>(sql`
      select distinct on (t.collection_id) t.collection_id as "collectionId", t.payment_method_id as "paymentMethodId"
      from collection_attempts t where ${db.tenant('t')} and t.collection_id = any(${ids}::uuid[])
      order by t.collection_id, t.number desc`);
    return new Map(rows.map(({ collectionId, paymentMethodId }) => [collectionId, paymentMethodId]));
  }

  private async isPaidByTry(db: Db, collectionId: string): Promise<boolean> {
    const [paid] = await db.query(sql`
      select from collection_attempts t join payments p on ${db.tenant('p')} and p.id = t.payment_id and p.state = 'succeeded'
      where ${db.tenant('t')} and t.collection_id = ${collectionId}::uuid limit 1`);
    return paid !== undefined;
  }

  private async isAutomatic(db: Db, billingAccountId: string): Promise<boolean> {
    const row = await db.first<{ isOn: boolean }>(sql`
      select a.is_on as "isOn" from automatic_payments a where ${db.tenant('a')} and a.billing_account_id = ${billingAccountId}::uuid`);
    return row?.isOn ?? false;
  }

  private async changed(
    db: Db,
    context: OrganizationContext,
    { id, invoiceId, billingAccountId }: Pick<Collection, 'id' | 'invoiceId' | 'billingAccountId'>,
  ): Promise<void> {
    await this.events.publish(db, context, {
      name: 'collection.changed',
      ids: { collectionId: id, invoiceId },
      billingAccountId,
      portalUserId: undefined,
    });
  }
}
