import { Injectable } from '@nestjs/common';
import type { EventName, SubscriptionDeed } from '@balcao/contracts';
import type { BillingTerms, DraftLine } from '@balcao/module-billing';
import { periodOf, type Day, type Period } from '@balcao/money';
import { Audit } from '@balcao/platform-audit';
import { Events } from '@balcao/platform-events';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import { unusedCredit } from './domain/change.js';
import { hadOf, renewalLines, totalOf, usageLines } from './domain/charges.js';
import { MOST_MISSED, nextStep, type CancelReason, type SubscriptionEventKind } from './domain/life.js';
import { monthlyOf } from './domain/monthly.js';
import type { Item } from './domain/plan.js';
import { periodIn, wordsOf } from './domain/words.js';
import { SubscriptionRepository, type SubscriptionPatch } from './persistence/subscription.repository.js';
import type { ChangeRow, KeptItem, NewSubscriptionEvent, SubscriptionRow } from './persistence/subscription.rows.js';
import { SubscriptionInvoicing } from './subscription-invoicing.js';
import { titleOf, type SoldItem } from './subscription-items.js';

type SubscriptionEventName = Exclude<Extract<EventName, `subscription.${string}`>, 'subscription.changed'>;

/** A subscription that a transaction holds, with what it has; the members are as they stand. */
export interface HeldSubscription {
  row: SubscriptionRow;
  items: Item[];
}

/**
 * What becomes of a subscription from one day to the next. Everything happens in the transaction of whoever holds the customer's
 * ledger account, then the subscription.
 */
@Injectable()
export class SubscriptionLife {
  constructor(
    private readonly rows: SubscriptionRepository,
    private readonly invoicing: SubscriptionInvoicing,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /** Does what is due up to today, one thing after the other. After three invoices for what was missed staff decide. */
  async catchUp(db: Db, context: OrganizationContext, terms: BillingTerms, held: HeldSubscription): Promise<void> {
    for (let renewals = 0; ;) {
      const step = held.row.heldAt ? null : nextStep(held.row, terms.today);
      if (!step) return;
      if (step.kind === 'renew') {
        if (renewals++ === MOST_MISSED) return this.hold(db, context, terms, held, 'missed_periods');
        await this.renew(db, context, terms, held, step.on);
      } else if (step.kind === 'resume') await this.resume(db, context, held, step.on);
      else if (step.kind === 'pause') await this.pause(db, context, terms, held, { on: step.on, why: 'wish' });
      else return this.end(db, context, terms, held, { on: step.on, credits: false });
    }
  }

  /** Begins the next period and asks for it. */
  async renew(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    held: HeldSubscription,
    on: Day,
  ): Promise<void> {
    await this.takeScheduled(db, context, held, on);
    const { row } = held;
    const now = context.clock.now();
    if (row.startedAt === null && row.trialEndsOn) {
      const trial = { startsOn: on, endsOn: row.trialEndsOn };
      await this.rows.addPeriod(db, row, { ...trial, kind: 'trial', invoiceId: null, discountPercent: null });
      await this.patch(db, context, held, {
        startedAt: now,
        ...currently(trial),
        nextRenewalOn: trial.endsOn,
        billedDiscountPercent: null,
      });
      await this.say(db, context, held, 'start', { kind: 'trial_started', onDay: on, untilDay: trial.endsOn });
      return;
    }
    const period = periodOf(row.anchorOn, row.periodUnit, row.periodEvery, row.periodCount);
    const { discountPercent, discountPeriods } = row;
    const used = await this.rows.unbilledUsage(db, row.id, on);
    const lines = renewalLines(held.items, { period, discountPercent, used, locale: terms.locale });
    const title = `${row.title}, ${periodIn(period, terms.locale)}`;
    const invoiceId = await this.invoicing.open(db, context, terms, row, { title, lines });
    await this.rows.addPeriod(db, row, { ...period, kind: 'billed', invoiceId, discountPercent });
    const usageIds = held.items.filter(({ model }) => model === 'usage').map(({ id }) => id);
    await this.rows.markUsage(db, row.id, { before: on, invoiceId, itemIds: usageIds });
    if (held.items.some(({ onceBilledOn }) => onceBilledOn === null)) {
      await this.rows.markOnceBilled(db, row.id, on);
      held.items = held.items.map((item) => ({ ...item, onceBilledOn: item.onceBilledOn ?? on }));
    }
    const isFirst = row.startedAt === null || (row.trialEndsOn !== null && row.trialEndedAt === null);
    const left = discountPeriods === null ? null : discountPeriods - 1;
    await this.patch(db, context, held, {
      startedAt: row.startedAt ?? now,
      ...(row.trialEndsOn && !row.trialEndedAt ? { trialEndedAt: now } : {}),
      periodCount: row.periodCount + 1,
      ...currently(period),
      nextRenewalOn: period.endsOn,
      discountPeriods: left === 0 ? null : left,
      discountPercent: left === 0 ? null : discountPercent,
      billedDiscountPercent: discountPercent,
    });
    const amount = invoiceId ? totalOf(lines, row.currency) : 0n;
    const kind = isFirst ? 'started' : 'renewed';
    await this.say(db, context, held, isFirst ? 'start' : 'renew', {
      kind,
      onDay: on,
      untilDay: period.endsOn,
      amount,
      invoiceId,
    });
    if (left === 0)
      await this.rows.addEvent(db, context, row, {
        kind: 'discount_ended',
        onDay: period.endsOn,
        after: discountPercent,
      });
  }

  /** Passes over a period that nobody is asked for. */
  async skip(db: Db, context: OrganizationContext, held: HeldSubscription, on: Day): Promise<void> {
    const { row } = held;
    const period = periodOf(row.anchorOn, row.periodUnit, row.periodEvery, row.periodCount);
    await this.rows.addPeriod(db, row, { ...period, kind: 'skipped', invoiceId: null, discountPercent: null });
    const started = { startedAt: row.startedAt ?? context.clock.now() };
    const rest = { periodCount: row.periodCount + 1, ...currently(period), nextRenewalOn: period.endsOn };
    await this.patch(db, context, held, { ...started, ...rest, billedDiscountPercent: row.discountPercent });
    await this.say(db, context, held, 'release', { kind: 'released', onDay: on, untilDay: period.endsOn });
  }

  /** Stops it for a while; days that are paid and not used are credited, those from `from` on. */
  async pause(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    held: HeldSubscription,
    { on, why, from = on }: { on: Day; why: 'wish' | 'unpaid'; from?: Day },
  ): Promise<void> {
    await this.leave(db, context, terms, held, { from, credits: true, reason: wordsOf(terms.locale).pauseCredit });
    await this.patch(db, context, held, {
      pausedAt: context.clock.now(),
      pausedFor: why,
      pauseOn: null,
      nextRenewalOn: null,
      currentStartsOn: null,
      currentEndsOn: null,
    });
    await this.say(db, context, held, 'pause', { kind: 'paused', onDay: on, untilDay: held.row.resumeOn, reason: why });
  }

  /** Ends a pause: periods are counted from that day on, or from the next where it is paid already, and the first is due then. */
  async resume(db: Db, context: OrganizationContext, held: HeldSubscription, on: Day): Promise<void> {
    await this.rows.endPause(db, context, held.row, { on });
    const anchorOn = await this.billedFrom(db, held.row, on);
    const back = { pausedAt: null, pausedFor: null, resumeOn: null };
    await this.patch(db, context, held, { ...back, anchorOn, periodCount: 0, nextRenewalOn: anchorOn });
    await this.say(db, context, held, 'resume', { kind: 'resumed', onDay: on });
  }

  /** The first day that may be asked for of those from a day on: none is paid twice. */
  async billedFrom(db: Db, row: Pick<SubscriptionRow, 'id'>, on: Day): Promise<Day> {
    const until = await this.rows.billedUntil(db, row);
    return until !== undefined && until > on ? until : on;
  }

  /** Ends it for good. What was used is asked for; days from `from` on that are paid are credited where `credits` says so. */
  async end(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    held: HeldSubscription,
    {
      on,
      from = on,
      credits,
      reason,
      comment,
    }: { on: Day; from?: Day; credits: boolean; reason?: CancelReason | null; comment?: string | null },
  ): Promise<void> {
    const { row } = held;
    await this.leave(db, context, terms, held, { from, credits, reason: wordsOf(terms.locale).endCredit });
    const scheduled = await this.rows.scheduledChange(db, row.id);
    if (scheduled) await this.rows.decideChange(db, context, scheduled.id, 'dropped');
    if (row.pauseOn) await this.rows.endPause(db, context, row, 'drop');
    else if (row.pausedAt) await this.rows.endPause(db, context, row, { on });
    await this.patch(db, context, held, {
      endedAt: context.clock.now(),
      endedOn: on,
      nextRenewalOn: null,
      cancelOn: null,
      pauseOn: null,
      resumeOn: null,
      heldAt: null,
      heldFor: null,
      ...(reason === undefined ? {} : { cancelReason: reason }),
      ...(comment === undefined ? {} : { cancelComment: comment }),
    });
    await this.say(db, context, held, 'cancel', { kind: 'canceled', onDay: on, reason: held.row.cancelReason });
  }

  /** Nothing more is billed until staff have decided. */
  async hold(
    db: Db,
    context: OrganizationContext,
    { today }: { today: Day },
    held: HeldSubscription,
    why: 'missed_periods' | 'refused',
  ): Promise<void> {
    await this.patch(db, context, held, { heldAt: context.clock.now(), heldFor: why });
    await this.say(db, context, held, 'hold', { kind: 'held', onDay: today, reason: why });
  }

  /** Changes the row, and keeps what is held as it stands. */
  async patch(db: Db, context: OrganizationContext, held: HeldSubscription, patch: SubscriptionPatch): Promise<void> {
    held.row = await this.rows.update(db, context, held.row.id, patch);
  }

  /** Puts items in the place of those that it has, with the plan that it is named after and its cycle. */
  async takeItems(
    db: Db,
    context: OrganizationContext,
    held: HeldSubscription,
    items: Item[],
    title: string,
  ): Promise<void> {
    const { unit, every } = items[0]!.cycle;
    await this.rows.replaceItems(db, held.row, items);
    held.items = items;
    await this.patch(db, context, held, { title, periodUnit: unit, periodEvery: every });
  }

  /** Items that a change kept, at the prices that they name. */
  async itemsOf(db: Db, kept: readonly KeptItem[]): Promise<SoldItem[]> {
    const prices = await this.rows.prices(
      db,
      kept.map(({ priceId }) => priceId),
    );
    return kept.map((item) => ({ ...prices.find(({ priceId }) => priceId === item.priceId)!, ...item }));
  }

  /** Writes down what happened, for its page, for the audit, for open pages and for whoever writes to its customer. */
  async say(
    db: Db,
    context: OrganizationContext,
    held: HeldSubscription,
    deed: SubscriptionDeed,
    event: NewSubscriptionEvent,
  ): Promise<void> {
    const { row } = held;
    await this.tell(db, context, row, event);
    await this.move(db, context, held, event.onDay);
    const { type } = context.actor;
    const audience = type === 'user' ? 'portal' : type === 'staff' ? 'staff' : 'system';
    await this.audit.record(db, context, {
      action: `${audience}.subscription.${deed}`,
      target: { type: 'subscription', id: row.id },
      billingAccountId: row.billingAccountId,
      changes: { after: { ...event } },
    });
  }

  /** The same of what nobody did: it is so by itself. */
  async tell(
    db: Db,
    context: OrganizationContext,
    { id, billingAccountId }: SubscriptionRow,
    event: NewSubscriptionEvent,
  ): Promise<void> {
    const subscriptionEventId = await this.rows.addEvent(db, context, { id, billingAccountId }, event);
    const concerned = { billingAccountId, portalUserId: undefined };
    const changed = { name: 'subscription.changed', ids: { subscriptionId: id }, ...concerned } as const;
    const name = TOLD[event.kind];
    const told = name ? [{ name, ids: { subscriptionId: id, subscriptionEventId }, ...concerned }] : [];
    await this.events.publish(db, context, changed, ...told);
  }

  /** Writes down by how much it brings in more or less a month, where it does. */
  private async move(db: Db, context: OrganizationContext, held: HeldSubscription, onDay: Day): Promise<void> {
    const monthly = monthlyOf(held.row, held.items);
    if (monthly === held.row.monthly) return;
    await this.rows.move(db, context, held.row, { monthly, onDay });
    held.row = { ...held.row, monthly };
  }

  /** A change that was planned for the end of a period takes effect. */
  private async takeScheduled(db: Db, context: OrganizationContext, held: HeldSubscription, on: Day): Promise<void> {
    const change = await this.rows.scheduledChange(db, held.row.id);
    if (!change || change.effectiveOn > on) return;
    const isOtherCycle = change.periodUnit !== held.row.periodUnit || change.periodEvery !== held.row.periodEvery;
    const items = await this.itemsOf(db, change.itemsAfter);
    await this.takeItems(db, context, held, items, titleOf(items));
    if (isOtherCycle) await this.patch(db, context, held, { anchorOn: on, periodCount: 0 });
    await this.rows.decideChange(db, context, change.id, 'applied');
    await this.say(db, context, held, 'change', { kind: 'changed', onDay: on, ...wordsOfChange(change) });
  }

  /** The period that goes on is cut; what was used in it is asked for, and what is not used given back. */
  private async leave(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    held: HeldSubscription,
    { from, credits, reason }: { from: Day; credits: boolean; reason: string },
  ): Promise<void> {
    const { row, items } = held;
    if (!row.currentStartsOn) return;
    const period = await this.rows.billedPeriod(db, row);
    const isCredited = credits && period !== undefined && from < period.endsOn;
    const used = await this.rows.unbilledUsage(db, row.id, from);
    const lines: DraftLine[] = usageLines(items, used, terms.locale, isCredited ? hadOf(period, from) : undefined);
    const title = `${row.title}, ${wordsOf(terms.locale).lastUsage}`;
    const invoiceId = await this.invoicing.open(db, context, terms, row, { title, lines });
    const usageIds = items.filter(({ model }) => model === 'usage').map(({ id }) => id);
    await this.rows.markUsage(db, row.id, { before: from, invoiceId, itemIds: usageIds });
    await this.rows.cutPeriod(db, row, from);
    if (!isCredited) return;
    const invoices = await this.rows.periodInvoices(db, row);
    const amount = unusedCredit({ ...unusedOf(period, row, invoices), items, on: from });
    if (amount > 0n) await this.invoicing.credit(db, context, invoices, amount, reason);
  }
}

/** What a period that ends before its time is reckoned by. */
export const unusedOf = (
  period: Period & { discountPercent: string | null },
  { currency }: Pick<SubscriptionRow, 'currency'>,
  invoices: readonly { creditable: bigint }[],
) => ({
  period,
  discountPercent: period.discountPercent,
  currency,
  creditable: invoices.reduce((sum, { creditable }) => sum + creditable, 0n),
});

/** What its customer is written to about. */
const TOLD: Partial<Record<SubscriptionEventKind, SubscriptionEventName>> = {
  trial_ending: 'subscription.trial_ending',
  changed: 'subscription.plan_changed',
  change_scheduled: 'subscription.plan_changed',
  paused: 'subscription.paused',
  resumed: 'subscription.resumed',
  cancel_planned: 'subscription.cancel_planned',
  canceled: 'subscription.ended',
  past_due: 'subscription.past_due',
};

/** What a change says in a history. */
export const wordsOfChange = ({ titleBefore, titleAfter }: Pick<ChangeRow, 'titleBefore' | 'titleAfter'>) => ({
  before: titleBefore,
  after: titleAfter,
});

const currently = ({ startsOn, endsOn }: Period): SubscriptionPatch => ({
  currentStartsOn: startsOn,
  currentEndsOn: endsOn,
});
