import { Injectable } from '@nestjs/common';
import { BillingSettingsService } from '@balcao/module-billing';
import type { Day } from '@balcao/money';
import { Audit } from '@balcao/platform-audit';
import { DomainError, found, unknownReference } from '@balcao/platform-errors';
import { Outbox } from '@balcao/platform-outbox';
import { Database, sql, type Db, type OrganizationContext, type PortalContext } from '@balcao/platform-tenancy';
import { placeOf } from '../payment-place.js';
import { MethodKeeper } from './method-keeper.service.js';
import { savingRoute } from './method-setup.service.js';
import type { PaymentMethod } from './payment-method.js';
import { PaymentMethodRepository } from './payment-method.repository.js';

/** An account's saved cards, and what is done with them. */
export interface PaymentMethods {
  methods: PaymentMethod[];
  /** Whether its invoices are paid by its default card, each on its due date. */
  isAutomatic: boolean;
  /** Subscriptions that charge its default card, whether or not it pays the other invoices. */
  renewals: number;
  /** Whether a card can be added now. */
  canAdd: boolean;
  /** Days between one try of a card and the next. */
  retryDays: number[];
  /** By the organization's clock, where it is. */
  today: Day;
}

/** Saved cards as those see and choose among them who pay. */
@Injectable()
export class PaymentMethodService {
  constructor(
    private readonly database: Database,
    private readonly methods: PaymentMethodRepository,
    private readonly settings: BillingSettingsService,
    private readonly audit: Audit,
    private readonly keeper: MethodKeeper,
    private readonly outbox: Outbox,
  ) {}

  /** @param billingAccountId of a customer; the own one's for a customer */
  async list(context: OrganizationContext, billingAccountId: string): Promise<PaymentMethods> {
    return this.database.read(context, async (db) => {
      const place = await placeOf(db, context);
      return {
        methods: await this.methods.of(db, billingAccountId),
        isAutomatic: await this.isAutomatic(db, billingAccountId),
        renewals: await this.renewals(db, billingAccountId),
        canAdd: (await savingRoute(db, place)) !== undefined,
        retryDays: (await this.settings.terms(db, context)).collectionRetryDays,
        today: place.today,
      };
    });
  }

  /** The same for staff. @throws DomainError not_found for an account that there is not */
  async ofCustomer(context: OrganizationContext, billingAccountId: string): Promise<PaymentMethods> {
    await this.demandCustomer(context, billingAccountId);
    return this.list(context, billingAccountId);
  }

  /** @throws DomainError not_found for an account that there is not */
  async demandCustomer(context: OrganizationContext, billingAccountId: string): Promise<void> {
    const [account] = await this.database.read(context, (db) =>
      db.query(sql`select from billing_accounts a where ${db.tenant('a')} and a.id = ${billingAccountId}::uuid`),
    );
    found(account);
  }

  /**
   * Makes a card the one that is charged from now on.
   * @throws DomainError not_found, payment_method_removed
   */
  async makeDefault(context: PortalContext, id: string): Promise<void> {
    await this.change(context, async (db, billingAccountId) => {
      const method = found(await this.methods.find(db, id));
      if (method.removedAt) throw new DomainError('payment_method_removed');
      if (method.isDefault) return false;
      const before = await this.choose(db, context, billingAccountId, id);
      await this.audit.record(db, context, {
        action: 'portal.payment_method.make_default',
        target: { type: 'payment_method', id },
        billingAccountId,
        changes: { before: { defaultId: before }, after: { defaultId: id } },
      });
      return true;
    });
  }

  /**
   * Takes a card away; the gateway is asked to forget it behind the commit. Removed twice it is removed once.
   * @param replacementId what is charged in its place from now on
   * @throws DomainError not_found, payment_method_in_use where something still collects by it and no other is named,
   * validation_failed for a replacement that is none
   */
  async remove(context: PortalContext, id: string, replacementId?: string): Promise<void> {
    await this.change(context, async (db, billingAccountId) => {
      const method = found(await this.methods.find(db, id));
      if (method.removedAt) return false;
      const others = (await this.methods.of(db, billingAccountId)).filter((each) => each.id !== id);
      const replacement = others.find((each) => each.id === replacementId);
      if (replacementId && !replacement) throw unknownReference('replacementId');
      // What renews has to be told which card it charges then; without any, who pays it reads its invoices.
      const isChoice = method.isDefault && others.length > 0 && (await this.renewals(db, billingAccountId)) > 0;
      if (!replacement && (isChoice || (await this.isUsed(db, method)))) throw new DomainError('payment_method_in_use');
      const now = context.clock.now();
      await this.methods.update(
        db,
        id,
        {
          isDefault: false,
          removedAt: now,
          removedById: context.actor.id,
          replacedById: replacement?.id ?? null,
          forgetAt: new Date(Date.now() + 60 * 60_000),
        },
        now,
      );
      // Where nobody says which, the latest of the others: nothing is charged by it until somebody wants that.
      const next = replacement ?? others[0];
      if (method.isDefault && next) await this.choose(db, context, billingAccountId, next.id);
      await this.audit.record(db, context, {
        action: 'portal.payment_method.remove',
        target: { type: 'payment_method', id },
        billingAccountId,
        changes: { after: { replacementId: replacement?.id ?? null } },
      });
      await this.outbox.add(db, context, 'payments.forget', { paymentMethodId: id });
      return true;
    });
  }

  /**
   * Has the account's invoices paid by its default card from now on, or no longer: those that are not due yet, and those that come.
   * @throws DomainError payment_method_missing where there is no card that could be charged, saving_cards_unavailable
   */
  async setAutomatic(context: PortalContext, isOn: boolean): Promise<void> {
    await this.change(context, async (db, billingAccountId) => {
      const before = await this.isAutomatic(db, billingAccountId);
      if (before === isOn) return false;
      if (isOn) {
        const usable = (await this.methods.of(db, billingAccountId)).some((each) => each.isDefault);
        if (!usable) throw new DomainError('payment_method_missing');
      }
      const { id: changedById } = context.actor;
      await db.execute(sql`
        insert into automatic_payments (billing_account_id, is_on, changed_by_id, changed_at)
        values (${billingAccountId}::uuid, ${isOn}, ${changedById}::uuid, ${context.clock.now()})
        on conflict (organization_id, billing_account_id)
          do update set is_on = excluded.is_on, changed_by_id = excluded.changed_by_id, changed_at = excluded.changed_at`);
      await this.audit.record(db, context, {
        action: 'portal.automatic_payments.update',
        target: { type: 'billing_account', id: billingAccountId },
        billingAccountId,
        changes: { before: { isOn: before }, after: { isOn } },
      });
      return true;
    });
  }

  async isAutomatic(db: Db, billingAccountId: string): Promise<boolean> {
    const row = await db.first<{ isOn: boolean }>(sql`
      select a.is_on as "isOn" from automatic_payments a where ${db.account('a')} and a.billing_account_id = ${billingAccountId}::uuid`);
    return row?.isOn ?? false;
  }

  private async renewals(db: Db, billingAccountId: string): Promise<number> {
    const row = await db.first<{ renewals: number }>(sql`
      select count(*)::integer as renewals from card_renewals r where ${db.account('r')} and r.billing_account_id = ${billingAccountId}::uuid`);
    return row!.renewals;
  }

  /** Whether something would be charged by it: what is on its way to be collected, or whatever comes. */
  private async isUsed(db: Db, { id, billingAccountId, isDefault }: PaymentMethod): Promise<boolean> {
    if (isDefault && (await this.isAutomatic(db, billingAccountId))) return true;
    const [open] = await db.query(sql`
      select from collections c where ${db.account('c')} and c.billing_account_id = ${billingAccountId}::uuid
        and c.state in ('waiting', 'trying')
        and (c.payment_method_id = ${id}::uuid or c.payment_method_id is null and ${isDefault}) limit 1`);
    return open !== undefined;
  }

  /** @returns the default of before */
  private async choose(
    db: Db,
    context: OrganizationContext,
    billingAccountId: string,
    id: string,
  ): Promise<string | null> {
    const before = (await this.methods.of(db, billingAccountId)).find((each) => each.isDefault && each.id !== id);
    const now = context.clock.now();
    if (before) await this.methods.update(db, before.id, { isDefault: false }, now);
    await this.methods.update(db, id, { isDefault: true }, now);
    return before?.id ?? null;
  }

  /** One after the other for an account. */
  private async change(
    context: PortalContext,
    work: (db: Db, billingAccountId: string) => Promise<boolean>,
  ): Promise<void> {
    const { billingAccountId } = context.scope;
    await this.database.transaction(context, async (db) => {
      await this.methods.lockAccount(db, billingAccountId);
      if (!(await work(db, billingAccountId))) return;
      await this.keeper.changed(db, context, billingAccountId);
    });
  }
}
