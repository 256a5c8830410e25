import { Injectable } from '@nestjs/common';
import type { BillingTerms } from '@balcao/module-billing';
import { addDays, type Day } from '@balcao/money';
import { DomainError } from '@balcao/platform-errors';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import { changeBill, type ChangeBill } from './domain/change.js';
import { changeNames } from './domain/change-names.js';
import { recurringLines, totalOf } from './domain/charges.js';
import type { Item } from './domain/plan.js';
import { priceToken } from './domain/price-token.js';
import { wordsOf } from './domain/words.js';
import { SubscriptionRepository, keptItem } from './persistence/subscription.repository.js';
import type { ChangeRow, PeriodInvoice, SubscriptionRow } from './persistence/subscription.rows.js';
import { SubscriptionDesk } from './subscription-desk.js';
import { SubscriptionInvoicing } from './subscription-invoicing.js';
import { SubscriptionItems, titleOf, type ItemWish, type SoldItem } from './subscription-items.js';
import { SubscriptionLife, type HeldSubscription } from './subscription-life.js';

export const CHANGE_TIMES = ['now', 'period_end'] as const;
export type ChangeTime = (typeof CHANGE_TIMES)[number];

/** What a change would cost. Money is in minor units of `currency`. */
export interface ChangeQuote {
  currency: string;
  /** What it is told by: as it is, and behind it. */
  titleBefore: string;
  titleAfter: string;
  /** Every period, with discounts and taxes: as it is, and behind the change. */
  recurringBefore: bigint;
  recurringAfter: bigint;
  /** At once; null where that cannot be. */
  now: ({ token: string; on: Day } & ChangeBill) | null;
  /** With the next period; null where there is none. */
  periodEnd: { token: string; on: Day } | null;
  /** An unpaid change that this one would take back first, with its invoice. */
  replaces: { invoiceId: string; invoiceNumber: string } | null;
}

interface Reckoned extends ChangeQuote {
  before: Item[];
  after: SoldItem[];
  unpaid: ChangeRow | undefined;
  invoices: PeriodInvoice[];
}

/** What a subscription has, and what having something else costs: the price that is shown is the price that is paid. */
@Injectable()
export class SubscriptionChangeService {
  constructor(
    private readonly rows: SubscriptionRepository,
    private readonly desk: SubscriptionDesk,
    private readonly items: SubscriptionItems,
    private readonly invoicing: SubscriptionInvoicing,
    private readonly life: SubscriptionLife,
  ) {}

  /** @throws DomainError not_found, subscription_changed, subscription_state, subscription_same_plan, and as `SubscriptionItems.of` */
  async quote(context: OrganizationContext, id: string, wishes: readonly ItemWish[]): Promise<ChangeQuote> {
    return this.desk.look(context, id, (db, terms, held) => this.reckon(db, terms, held, wishes));
  }

  /**
   * @param token of the quote that was shown; nothing is compared where absent
   * @throws DomainError as `quote`, and subscription_price_changed
   */
  async change(
    context: OrganizationContext,
    id: string,
    { items, when, token }: { items: readonly ItemWish[]; when: ChangeTime; token?: string },
  ): Promise<void> {
    await this.desk.hold(context, id, async (db, terms, held) => {
      const reckoned = await this.reckon(db, terms, held, items);
      const quoted = when === 'now' ? reckoned.now : reckoned.periodEnd;
      if (!quoted) throw new DomainError('subscription_state');
      if (token !== undefined && token !== quoted.token) throw new DomainError('subscription_price_changed');
      if (when === 'now') await this.changeNow(db, context, terms, held, reckoned);
      else await this.schedule(db, context, held, reckoned);
    });
  }

  /** Takes back what is planned, or what was done and is not paid at all. @throws DomainError not_found, subscription_nothing_planned */
  async undo(context: OrganizationContext, id: string): Promise<void> {
    await this.desk.hold(context, id, async (db, terms, held) => {
      const scheduled = await this.rows.scheduledChange(db, id);
      if (scheduled) {
        await this.rows.decideChange(db, context, scheduled.id, 'dropped');
        await this.life.patch(db, context, held, {});
        const event = { kind: 'change_dropped', onDay: terms.today, after: scheduled.titleAfter } as const;
        return this.life.say(db, context, held, 'undo', event);
      }
      const unpaid = await this.rows.unpaidChange(db, held.row, terms.today);
      if (!unpaid) throw new DomainError('subscription_nothing_planned');
      await this.revert(db, context, terms, held, unpaid);
    });
  }

  private async reckon(
    db: Db,
    terms: BillingTerms,
    { row, items }: HeldSubscription,
    wishes: readonly ItemWish[],
  ): Promise<Reckoned> {
    if (!['pending', 'trialing', 'active', 'past_due'].includes(row.state)) throw new DomainError('subscription_state');
    const unpaid = await this.rows.unpaidChange(db, row, terms.today);
    const before = unpaid ? await this.life.itemsOf(db, unpaid.itemsBefore) : items;
    const after = await this.items.of(
      db,
      wishes.map((wish) => placed(wish, before, items)),
      { before: [...before, ...items] },
    );
    if (isSame(items, after)) throw new DomainError('subscription_same_plan');
    const [first] = after;
    if (first!.currency !== row.currency) throw new DomainError('plans_do_not_fit');
    const isOtherCycle = first!.cycle.unit !== row.periodUnit || first!.cycle.every !== row.periodEvery;

    // What is included is of a whole period: nobody has it twice in one.
    const isOtherUsage = after.some(
      ({ id, model, priceId }) =>
        model === 'usage' && items.some((item) => item.id === id && item.model === model && item.priceId !== priceId),
    );

    const { today, locale } = terms;
    const period = (await this.rows.billedPeriod(db, row)) ?? null;
    const discountPercent = period?.discountPercent ?? null;
    const invoices = (await this.rows.periodInvoices(db, row)).filter(({ id }) => id !== unpaid?.invoiceId);
    const bill = changeBill({
      currency: row.currency,
      period,
      on: today,
      before,
      // Before the start nothing is asked for.
      after: row.state === 'pending' ? after.map((item) => ({ ...item, onceBilledOn: row.startsOn })) : after,
      discountPercent,
      creditable: invoices.reduce((sum, { creditable }) => sum + creditable, 0n),
      used: await this.rows.unbilledUsage(db, row.id, addDays(today, 1)),
      locale,
    });
    const every = { startsOn: today, endsOn: addDays(today, 1) };
    const recurring = (of: readonly Item[]) => totalOf(recurringLines(of, every, row.discountPercent), row.currency);
    const shown = {
      id: row.id,
      version: row.version,
      today,
      items: after.map(({ priceId, quantity }) => [priceId, quantity]),
      recurring: recurring(after),
    };
    const endsFirst = row.cancelOn !== null && row.nextRenewalOn !== null && row.cancelOn <= row.nextRenewalOn;
    const periodEndOn = row.state === 'pending' || endsFirst ? null : row.nextRenewalOn;
    // What waits for the next period has none to wait for.
    if (endsFirst && isOtherCycle && row.state !== 'pending') throw new DomainError('subscription_state');
    return {
      currency: row.currency,
      ...changeNames({ title: row.title, items }, { title: titleOf(after), items: after }, locale),
      recurringBefore: recurring(items),
      recurringAfter: recurring(after),
      now:
        (isOtherCycle || isOtherUsage) && row.state !== 'pending'
          ? null
          : { token: priceToken({ ...shown, due: bill.due, when: 'now' }), on: today, ...bill },
      periodEnd: periodEndOn
        ? { token: priceToken({ ...shown, on: periodEndOn, when: 'period_end' }), on: periodEndOn }
        : null,
      replaces: unpaid ? { invoiceId: unpaid.invoiceId!, invoiceNumber: unpaid.invoiceNumber } : null,
      before,
      after,
      unpaid,
      invoices,
    };
  }

  private async changeNow(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    held: HeldSubscription,
    { after, before, unpaid, now, invoices }: Reckoned,
  ): Promise<void> {
    const { lines, credit, due } = now!;
    const { today, locale } = terms;
    const words = wordsOf(locale);
    if (unpaid) await this.revert(db, context, terms, held, unpaid);
    const scheduled = await this.rows.scheduledChange(db, held.row.id);
    if (scheduled) await this.rows.decideChange(db, context, scheduled.id, 'dropped');
    // An unpaid change may have been from just this.
    if (isSame(held.items, after)) return;
    const { row } = held;
    const title = titleOf(after);
    const names = changeNames({ title: row.title, items: held.items }, { title, items: after }, locale);
    const invoiceId = await this.invoicing.open(db, context, terms, row, {
      title: `${title}, ${words.change}`,
      lines,
    });
    if (credit > 0n) await this.invoicing.credit(db, context, invoices, credit, words.changeCredit);
    const isGoing = (item: Item) => !after.some(({ id, priceId }) => id === item.id && priceId === item.priceId);
    const usageIds = before.filter((item) => item.model === 'usage' && isGoing(item)).map(({ id }) => id);
    await this.rows.markUsage(db, row.id, { before: addDays(today, 1), invoiceId, itemIds: usageIds });
    const items = after.map((item) =>
      row.startedAt && !before.some(({ id }) => id === item.id) ? { ...item, onceBilledOn: today } : item,
    );
    await this.rows.addChange(db, context, row, {
      state: 'applied',
      effectiveOn: today,
      periodStartsOn: row.currentStartsOn,
      due,
      invoiceId,
      ...writtenChange(before, items, names),
    });
    if (row.state === 'pending') await this.placeCycle(db, context, held, items);
    await this.life.takeItems(db, context, held, items, title);
    const event = {
      kind: 'changed',
      onDay: today,
      before: names.titleBefore,
      after: names.titleAfter,
      amount: due,
      invoiceId,
    } as const;
    await this.life.say(db, context, held, 'change', event);
  }

  /** Before its start periods are counted anew where they are of another length. */
  private async placeCycle(
    db: Db,
    context: OrganizationContext,
    held: HeldSubscription,
    [first]: readonly Item[],
  ): Promise<void> {
    const { unit, every } = first!.cycle;
    await this.life.patch(db, context, held, { periodUnit: unit, periodEvery: every });
  }

  private async schedule(
    db: Db,
    context: OrganizationContext,
    held: HeldSubscription,
    { after, periodEnd, titleBefore, titleAfter }: Reckoned,
  ): Promise<void> {
    const { row, items } = held;
    const { on } = periodEnd!;
    const scheduled = await this.rows.scheduledChange(db, row.id);
    if (scheduled) await this.rows.decideChange(db, context, scheduled.id, 'dropped');
    await this.rows.addChange(db, context, row, {
      state: 'scheduled',
      effectiveOn: on,
      periodStartsOn: null,
      due: 0n,
      invoiceId: null,
      ...writtenChange(items, after, { titleBefore, titleAfter }),
    });
    // Whoever was shown another price is refused.
    await this.life.patch(db, context, held, {});
    const event = { kind: 'change_scheduled', onDay: on, before: titleBefore, after: titleAfter } as const;
    await this.life.say(db, context, held, 'change', event);
  }

  /** Puts everything back as it was before a change of which nothing was paid. */
  private async revert(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    held: HeldSubscription,
    change: ChangeRow,
  ): Promise<void> {
    await this.invoicing.void(db, context, change.invoiceId!, wordsOf(terms.locale).dropped);
    await this.rows.unbillUsage(db, change.invoiceId!);
    await this.rows.decideChange(db, context, change.id, 'reverted');
    const before = await this.life.itemsOf(db, change.itemsBefore);
    await this.life.takeItems(db, context, held, before, titleOf(before));
    await this.life.say(db, context, held, 'undo', {
      kind: 'change_reverted',
      onDay: terms.today,
      before: change.titleAfter,
      after: change.titleBefore,
      amount: change.due,
      invoiceId: change.invoiceId,
    });
  }
}

/** An item that an unpaid change had brought is a new one beside what was there before. */
function placed(wish: ItemWish, before: readonly Item[], now: readonly Item[]): ItemWish {
  const isAmong = (items: readonly Item[]) => items.some(({ id }) => id === wish.id);
  return isAmong(now) && !isAmong(before) ? { ...wish, id: undefined } : wish;
}

const isSame = (one: readonly Item[], other: readonly Item[]): boolean =>
  one.length === other.length &&
  one.every((item) =>
    other.some(({ id, priceId, quantity }) => id === item.id && priceId === item.priceId && quantity === item.quantity),
  );

const writtenChange = (
  before: readonly Item[],
  after: readonly Item[],
  titles: Pick<ChangeRow, 'titleBefore' | 'titleAfter'>,
): Pick<ChangeRow, 'itemsBefore' | 'itemsAfter' | 'periodUnit' | 'periodEvery' | 'titleBefore' | 'titleAfter'> => ({
  itemsBefore: before.map(keptItem),
  itemsAfter: after.map(keptItem),
  periodUnit: after[0]!.cycle.unit satisfies SubscriptionRow['periodUnit'],
  periodEvery: after[0]!.cycle.every,
  ...titles,
});
