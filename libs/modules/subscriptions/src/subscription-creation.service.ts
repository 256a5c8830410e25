import { Injectable } from '@nestjs/common';
import { BillingSettingsService, type BillingTerms, type DraftLine } from '@balcao/module-billing';
import { addDays, isKeepableDay, periodOf, type Day, type Period } from '@balcao/money';
import { isForeignKeyViolation, newId } from '@balcao/platform-database';
import { DomainError, found, refusedField, unknownReference } from '@balcao/platform-errors';
import { Database, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { onceLines, recurringLines, renewalLines, totalOf } from './domain/charges.js';
import type { Item } from './domain/plan.js';
import { priceToken } from './domain/price-token.js';
import { SubscriptionRepository } from './persistence/subscription.repository.js';
import { arrangementOf, type Arrangement, type SubscriptionRow } from './persistence/subscription.rows.js';
import { SubscriptionDesk } from './subscription-desk.js';
import { SubscriptionInvoicing, dueDayOf } from './subscription-invoicing.js';
import { SubscriptionItems, titleOf, type ItemWish, type SoldItem } from './subscription-items.js';
import { SubscriptionLife } from './subscription-life.js';

/** Without an arrangement its invoices are sent, and due as the organization's terms say. */
export interface SubscriptionWish extends Partial<Arrangement> {
  billingAccountId: string;
  items: readonly ItemWish[];
  /** Today or later; today where absent. */
  startsOn?: Day;
  /** Days that cost nothing; as the first plan's price says where absent. */
  trialDays?: number;
  /** The ended one that is taken up again. */
  followsId?: string;
  /** Whether its prices were promised: they stay good though nobody else gets them. */
  isPromised?: boolean;
}

/** What a new subscription asks for first. Money is in minor units of `currency`. */
export interface StartQuote {
  token: string;
  currency: string;
  title: string;
  startsOn: Day;
  trialEndsOn: Day | null;
  /** The first period that is paid. */
  period: Period;
  items: Item[];
  /** Every period, and once, with taxes. */
  recurring: bigint;
  once: bigint;
  /** What the first invoice comes to, and when it is due; null where the first days cost nothing. */
  firstTotal: bigint;
  firstDueOn: Day | null;
  /** What the first invoice asks for. */
  lines: DraftLine[];
}

/** How subscriptions come to be: by staff, by a proposal that was accepted, or as one that had ended is taken up again. */
@Injectable()
export class SubscriptionCreationService {
  constructor(
    private readonly database: Database,
    private readonly rows: SubscriptionRepository,
    private readonly billing: BillingSettingsService,
    private readonly items: SubscriptionItems,
    private readonly invoicing: SubscriptionInvoicing,
    private readonly desk: SubscriptionDesk,
    private readonly life: SubscriptionLife,
  ) {}

  /** What it would ask for. @throws DomainError as `createWithin` */
  async quote(context: OrganizationContext, wish: Omit<SubscriptionWish, 'billingAccountId'>): Promise<StartQuote> {
    return this.database.read(context, async (db) => this.quoteWithin(db, await this.billing.terms(db, context), wish));
  }

  /** The same for whoever reads already. @throws DomainError as `createWithin` */
  async quoteWithin(
    db: Db,
    terms: BillingTerms,
    wish: Omit<SubscriptionWish, 'billingAccountId'>,
  ): Promise<StartQuote> {
    return quoteOf(await this.items.of(db, wish.items), wish, terms);
  }

  /** @returns its id @throws DomainError as `createWithin` */
  async create(context: OrganizationContext, wish: SubscriptionWish): Promise<string> {
    return this.database.transaction(context, async (db) =>
      this.createWithin(db, context, await this.billing.terms(db, context), wish),
    );
  }

  /**
   * Makes one in the transaction of whoever decides it, who holds no invoice yet; one that starts today begins at once, with its
   * first invoice.
   * @throws DomainError validation_failed for a customer or a price that there is not, or a day that has passed; plan_archived,
   *   plans_do_not_fit
   */
  async createWithin(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    wish: SubscriptionWish,
  ): Promise<string> {
    return this.begin(db, context, terms, wish, await this.items.of(db, wish.items, { isPromised: wish.isPromised }));
  }

  private async begin(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    wish: SubscriptionWish,
    items: readonly SoldItem[],
  ): Promise<string> {
    const { billingAccountId, collection = 'send_invoice', dueDays = null, reference = null, followsId } = wish;
    const { startsOn, trialEndsOn, currency, title } = quoteOf(items, wish, terms);
    try {
      await this.invoicing.hold(db, [{ billingAccountId, currency }]);
    } catch (error) {
      throw isForeignKeyViolation(error) ? unknownReference('billingAccountId') : error;
    }
    const { unit, every } = items[0]!.cycle;
    const id = await this.rows.insert(db, context, {
      billingAccountId,
      number: await this.rows.nextNumber(db, Number(terms.today.slice(0, 4))),
      title,
      currency,
      periodUnit: unit,
      periodEvery: every,
      ...{ collection, dueDays, reference },
      startsOn,
      trialEndsOn,
      anchorOn: trialEndsOn ?? startsOn,
      nextRenewalOn: startsOn,
      followsId: followsId ?? null,
    });
    await this.rows.replaceItems(db, { id, billingAccountId }, items);
    const held = { row: found(await this.rows.lock(db, id)), items: [...items] };
    const kind = followsId ? 'taken_up' : 'created';
    await this.life.say(db, context, held, followsId ? 'restart' : 'create', {
      kind,
      onDay: terms.today,
      untilDay: startsOn,
    });
    await this.life.catchUp(db, context, terms, held);
    return id;
  }

  /** What taking up an ended one costs today, at the prices of today. @throws DomainError not_found, subscription_state, plan_archived */
  async restartQuote(context: OrganizationContext, id: string): Promise<StartQuote> {
    return this.database.read(context, async (db) => {
      const row = found(await this.rows.get(db, id));
      const terms = await this.billing.terms(db, context);
      return quoteOf(await this.soldAgain(db, row), await this.wishAgain(db, terms, row), terms);
    });
  }

  /**
   * Takes up an ended one: a new one of the same items, from today on, or from tomorrow where today is paid already.
   * @returns its id
   * @throws DomainError as `restartQuote`, and subscription_price_changed
   */
  async restart(context: OrganizationContext, id: string, token?: string): Promise<string> {
    return this.desk.hold(context, id, async (db, terms, { row }) => {
      const items = await this.soldAgain(db, row);
      const wish = await this.wishAgain(db, terms, row);
      const { token: shown } = quoteOf(items, wish, terms);
      if (token !== undefined && token !== shown) throw new DomainError('subscription_price_changed');
      const own = items.map((item) => ({ ...item, id: newId() }));
      return this.begin(db, context, terms, wish, own);
    });
  }

  private async soldAgain(db: Db, row: SubscriptionRow): Promise<SoldItem[]> {
    if (row.state !== 'canceled' || (await this.rows.followerOf(db, row))) throw new DomainError('subscription_state');
    const items = await this.items.atPricesOfNow(db, await this.rows.items(db, [row.id]));
    if (items.length === 0) throw new DomainError('plan_archived');
    return items;
  }

  /** What taking up an ended one is, whose items are read anew. */
  private async wishAgain(db: Db, { today }: BillingTerms, row: SubscriptionRow): Promise<SubscriptionWish> {
    return {
      ...arrangementOf(row),
      billingAccountId: row.billingAccountId,
      items: [],
      startsOn: await this.life.billedFrom(db, row, today),
      trialDays: 0,
      followsId: row.id,
    };
  }
}

/** Whether there are days enough behind this one for a subscription that begins on it. */
export const mayStartOn = (day: Day): boolean => isKeepableDay(addDays(day, 365 * 37));

/** What a subscription of these items asks for first. @throws DomainError validation_failed for a day that has passed */
function quoteOf(
  items: readonly SoldItem[],
  { startsOn = undefined, trialDays, dueDays = null }: Pick<SubscriptionWish, 'startsOn' | 'trialDays' | 'dueDays'>,
  terms: BillingTerms,
): StartQuote {
  const from = startsOn ?? terms.today;
  if (from < terms.today) throw refusedField('startsOn', 'notBeforeToday');
  if (!mayStartOn(from)) throw refusedField('startsOn', 'dayFar');
  const [first] = items;
  const days = trialDays ?? Math.max(...items.map((item) => item.trialDays));
  const trialEndsOn = days > 0 ? addDays(from, days) : null;
  const { currency, cycle } = first!;
  const period = periodOf(trialEndsOn ?? from, cycle.unit, cycle.every, 0);
  const lines = renewalLines(items, { period, discountPercent: null, used: new Map(), locale: terms.locale });
  const firstTotal = totalOf(lines, currency);
  const firstDueOn = trialEndsOn ? null : dueDayOf({ dueDays }, { ...terms, today: from });
  const shown = { items: items.map(({ priceId, quantity }) => [priceId, quantity]), from, trialEndsOn, firstTotal };
  return {
    token: priceToken(shown),
    currency,
    title: titleOf(items),
    startsOn: from,
    trialEndsOn,
    period,
    items: [...items],
    recurring: totalOf(recurringLines(items, period, null), currency),
    once: totalOf(onceLines(items, terms.locale), currency),
    firstTotal,
    firstDueOn,
    lines,
  };
}
