import { Injectable } from '@nestjs/common';
import { BillingSettingsService } from '@balcao/module-billing';
import { DomainError, found, refusedField, unknownReference } from '@balcao/platform-errors';
import {
  Database,
  sql,
  systemContext,
  type Db,
  type OrganizationContext,
  type PortalContext,
} from '@balcao/platform-tenancy';
import type { CancelReason } from './domain/life.js';
import type { Item, Price } from './domain/plan.js';
import { PlanRepository } from './persistence/plan.repository.js';
import type { StaffPlan } from './domain/actions.js';
import { SubscriptionRepository, type PriceState } from './persistence/subscription.repository.js';
import { SubscriptionChangeService, type ChangeQuote, type ChangeTime } from './subscription-change.service.js';
import { SubscriptionCreationService, type StartQuote } from './subscription-creation.service.js';
import { SubscriptionEndService, type CancelQuote, type CancelWish } from './subscription-end.service.js';
import type { ItemWish } from './subscription-items.js';
import {
  SubscriptionPauseService,
  type PauseQuote,
  type PauseWish,
  type ResumeQuote,
} from './subscription-pause.service.js';
import { STORED_SUBSCRIPTION_SETTINGS, subscriptionSettings, type SubscriptionRules } from './subscription-settings.js';

/** What of a subscription a customer wants to be otherwise: one item, by its place of today. */
export interface PlanWish {
  /** The item; what the subscription is named after where absent. */
  itemId?: string;
  priceId: string;
  quantity?: string;
}

export type Choice = Price & PriceState;

/**
 * What customers do with their subscriptions by themselves, as far as their portal lets them. Whose it is was found out within their
 * account; what becomes of it is written for the organization, with the customer as who acts.
 */
@Injectable()
export class PortalSubscriptionService {
  constructor(
    private readonly database: Database,
    private readonly billing: BillingSettingsService,
    private readonly rows: SubscriptionRepository,
    private readonly plans: PlanRepository,
    private readonly changes: SubscriptionChangeService,
    private readonly pauses: SubscriptionPauseService,
    private readonly ends: SubscriptionEndService,
    private readonly creation: SubscriptionCreationService,
  ) {}

  /** What the portal lets its customers do. */
  async rules(context: PortalContext): Promise<SubscriptionRules> {
    return this.database.read(context, (db) => rulesOf(db, context));
  }

  /** What an item may be changed to: what is offered of its family, and what it is today. @throws DomainError not_found */
  async choices(context: PortalContext, id: string, itemId?: string): Promise<{ current: Item; choices: Choice[] }> {
    return this.database.read(context, async (db) => {
      found(await this.rows.get(db, id));
      const items = await this.rows.items(db, [id]);
      const current = found(itemId === undefined ? items[0] : items.find((item) => item.id === itemId));
      const { change } = await rulesOf(db, context);
      return { current, choices: change && isChosen(current) ? await this.plans.choices(db, current) : [] };
    });
  }

  async changeQuote(context: PortalContext, id: string, wish: PlanWish): Promise<ChangeQuote> {
    const items = await this.wished(context, id, wish);
    return asWished(() => this.changes.quote(acting(context), id, items));
  }

  async change(
    context: PortalContext,
    id: string,
    { when, token, ...wish }: PlanWish & { when: ChangeTime; token: string },
  ): Promise<void> {
    const items = await this.wished(context, id, wish);
    await asWished(() => this.changes.change(acting(context), id, { items, when, token }));
  }

  async pauseQuote(context: PortalContext, id: string, wish: PauseWish): Promise<PauseQuote> {
    const { longestPauseDays } = await this.allowed(context, id, ({ pause }) => pause, 'pause');
    return this.pauses.quote(acting(context), id, wish, longestPauseDays);
  }

  async pause(context: PortalContext, id: string, wish: PauseWish & { token: string }): Promise<void> {
    const { longestPauseDays } = await this.allowed(context, id, ({ pause }) => pause, 'pause');
    await this.pauses.pause(acting(context), id, wish, longestPauseDays);
  }

  async resumeQuote(context: PortalContext, id: string): Promise<ResumeQuote> {
    await this.ownPause(context, id);
    return this.pauses.resumeQuote(acting(context), id);
  }

  async resume(context: PortalContext, id: string, token: string): Promise<void> {
    await this.ownPause(context, id);
    await this.pauses.resume(acting(context), id, token);
  }

  async cancelQuote(context: PortalContext, id: string, wish: CancelWish): Promise<CancelQuote> {
    const { pause, change } = await this.allowed(context, id, mayCancel(wish));
    return this.ends.quote(acting(context), id, wish, { pause, change });
  }

  async cancel(context: PortalContext, id: string, wish: CancelWish & { token?: string }): Promise<void> {
    await this.allowed(context, id, mayCancel(wish));
    await this.ends.cancel(acting(context), id, wish);
  }

  async takeDiscount(context: PortalContext, id: string, reason: CancelReason | null): Promise<void> {
    await this.allowed(context, id, ({ cancelAtPeriodEnd, cancelNow }) => cancelAtPeriodEnd || cancelNow, 'cancel');
    await this.ends.takeDiscount(acting(context), id, reason);
  }

  /** What was planned by a customer is undone by whoever of theirs may plan it; what staff have planned by staff. */
  async undo(context: PortalContext, id: string, what: 'cancel' | 'pause' | 'change'): Promise<void> {
    const may = (rules: SubscriptionRules) =>
      what === 'cancel' ? rules.cancelAtPeriodEnd || rules.cancelNow : what === 'pause' ? rules.pause : rules.change;
    await this.allowed(context, id, may, what);
    const services = { cancel: this.ends, pause: this.pauses, change: this.changes };
    await services[what].undo(acting(context), id);
  }

  async restartQuote(context: PortalContext, id: string): Promise<StartQuote> {
    await this.mayRestart(context, id);
    return this.creation.restartQuote(acting(context), id);
  }

  /** @returns the new subscription's id */
  async restart(context: PortalContext, id: string, token: string): Promise<string> {
    await this.mayRestart(context, id);
    return this.creation.restart(acting(context), id, token);
  }

  /** All items, one of them otherwise. Of prices that nobody offers them customers learn nothing. */
  private async wished(
    context: PortalContext,
    id: string,
    { itemId, priceId, quantity }: PlanWish,
  ): Promise<ItemWish[]> {
    await this.allowed(context, id, ({ change }) => change, 'change');
    return this.database.read(context, async (db) => {
      const items = await this.rows.items(db, [id]);
      const place = itemId === undefined ? 0 : items.findIndex((item) => item.id === itemId);
      const item = items[place];
      if (!item || !isChosen(item)) throw unknownReference('itemId');
      const choices = await this.plans.choices(db, item);
      if (priceId !== item.priceId && !choices.some((choice) => choice.priceId === priceId))
        throw unknownReference('priceId');
      if (quantity !== undefined && !/^[1-9]\d*$/.test(quantity)) throw refusedField('quantity', 'isInt');
      return items.map((each) =>
        each === item
          ? { id: each.id, priceId, quantity: quantity ?? each.quantity }
          : { id: each.id, priceId: each.priceId, quantity: each.quantity },
      );
    });
  }

  /** What was paused or ended because nothing was paid does not go on as another one before that is paid. */
  private async mayRestart(context: PortalContext, id: string): Promise<void> {
    await this.allowed(context, id, ({ change }) => change);
    const owes = await this.database.read(context, async (db) => {
      const { today } = await this.billing.terms(db, context);
      return this.rows.owesOfEnded(db, today);
    });
    if (owes) throw new DomainError('subscription_unpaid');
  }

  /** One that was paused because nothing was paid comes back when that is paid. */
  private async ownPause(context: PortalContext, id: string): Promise<void> {
    await this.allowed(context, id, ({ pause }) => pause);
    const row = await this.database.read(context, (db) => this.rows.get(db, id));
    if (row?.pausedFor === 'unpaid') throw new DomainError('subscription_action_not_allowed');
  }

  /**
   * @param touched of what is planned, what would be undone or replaced: where staff have planned it, it stays
   * @throws DomainError not_found for another account's, subscription_action_not_allowed
   */
  private async allowed(
    context: PortalContext,
    id: string,
    may: (rules: SubscriptionRules) => boolean,
    touched?: keyof StaffPlan,
  ): Promise<SubscriptionRules> {
    return this.database.read(context, async (db) => {
      const row = found(await this.rows.get(db, id));
      const rules = await rulesOf(db, context);
      const isTheirs = touched === undefined || !(await this.rows.staffPlan(db, row))[touched];
      if (!may(rules) || !isTheirs) throw new DomainError('subscription_action_not_allowed');
      return rules;
    });
  }
}

/** What is used, or was asked for once, is nobody's to choose. */
const isChosen = ({ model }: Item): boolean => model === 'flat' || model === 'per_unit';

const mayCancel =
  ({ when }: CancelWish) =>
  ({ cancelNow, cancelAtPeriodEnd }: SubscriptionRules): boolean =>
    when === 'now' ? cancelNow : cancelAtPeriodEnd;

/** The same person, who writes for the organization. */
const acting = (context: PortalContext): OrganizationContext => systemContext(context.organizationId, context);

/** What is wrong with an item, by the names that a wish has. */
async function asWished<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError) || error.fields.length === 0) throw error;
    const fields = error.fields.map((field) => ({ ...field, path: field.path.replace(/^items\.\d+\./, '') }));
    throw new DomainError(error.code, { fields, cause: error });
  }
}

async function rulesOf(db: Db, context: PortalContext): Promise<SubscriptionRules> {
  const row = await db.first<{ stored: object }>(sql`
    select ${STORED_SUBSCRIPTION_SETTINGS} as stored from portals p where ${db.tenant('p')} and p.id = ${context.portalId}::uuid`);
  return subscriptionSettings.of(found(row).stored);
}
