import { Injectable } from '@nestjs/common';
import type { BillingTerms } from '@balcao/module-billing';
import { daysBetween, periodOf, type Day, type Period } from '@balcao/money';
import { DomainError, refusedField } from '@balcao/platform-errors';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import { leftFrom, unusedCredit } from './domain/change.js';
import { recurringLines, renewalLines, totalOf } from './domain/charges.js';
import { priceToken } from './domain/price-token.js';
import { SubscriptionRepository } from './persistence/subscription.repository.js';
import { SubscriptionDesk } from './subscription-desk.js';
import { SubscriptionLife, unusedOf, type HeldSubscription } from './subscription-life.js';

export interface PauseWish {
  startsOn: Day;
  /** The first day that it is there again; null where somebody has to say so. */
  resumesOn: Day | null;
}

/** What a pause saves. Money is in minor units of `currency`. */
export interface PauseQuote extends PauseWish {
  token: string;
  currency: string;
  /** The one that is planned, whose place it takes; null for none. */
  replaces: PauseWish | null;
  /** Periods that are not asked for, and what each would have cost. */
  skipped: { on: Day; amount: bigint }[];
  /** What is given back of days that are paid. */
  credit: bigint;
  saved: bigint;
  /** What coming back asks for. */
  resumeTotal: bigint;
}

export interface ResumeQuote {
  token: string;
  currency: string;
  period: Period;
  total: bigint;
}

/** Most periods that a quote counts: nobody pauses longer. */
const MOST_SKIPPED = 60;

/** Subscriptions that stop for a while. */
@Injectable()
export class SubscriptionPauseService {
  constructor(
    private readonly rows: SubscriptionRepository,
    private readonly desk: SubscriptionDesk,
    private readonly life: SubscriptionLife,
  ) {}

  /** @param mostDays that it may take; as long as it likes where absent @throws DomainError as `pause` */
  async quote(context: OrganizationContext, id: string, wish: PauseWish, mostDays?: number): Promise<PauseQuote> {
    return this.desk.look(context, id, async (db, terms, held) => {
      requirePossible(held, terms.today, wish, mostDays);
      return this.reckon(db, terms.today, held, wish);
    });
  }

  /**
   * Pauses from a day on; at once where that is today.
   * @param token of the quote that was shown; nothing is compared where absent
   * @throws DomainError not_found, subscription_state, subscription_price_changed, validation_failed for days that have passed, in
   * the wrong order or too far apart
   */
  async pause(
    context: OrganizationContext,
    id: string,
    { token, ...wish }: PauseWish & { token?: string },
    mostDays?: number,
  ): Promise<void> {
    await this.desk.hold(context, id, async (db, terms, held) => {
      requirePossible(held, terms.today, wish, mostDays);
      if (token !== undefined && token !== (await this.reckon(db, terms.today, held, wish)).token)
        throw new DomainError('subscription_price_changed');
      if (held.row.pauseOn) await this.rows.endPause(db, context, held.row, 'drop');
      await this.rows.addPause(db, context, held.row, wish);
      const { startsOn, resumesOn } = wish;
      // Without a day on which it begins none on which it ends is kept.
      await this.life.patch(db, context, held, { pauseOn: startsOn, resumeOn: resumesOn });
      if (startsOn === terms.today)
        await this.life.pause(db, context, terms, held, { on: startsOn, from: leftFrom(startsOn), why: 'wish' });
      else
        await this.life.say(db, context, held, 'pause', {
          kind: 'pause_planned',
          onDay: startsOn,
          untilDay: resumesOn,
        });
    });
  }

  /** What coming back today asks for. @throws DomainError not_found, subscription_changed, subscription_state */
  async resumeQuote(context: OrganizationContext, id: string): Promise<ResumeQuote> {
    return this.desk.look(context, id, (db, terms, held) => this.resuming(db, terms, held));
  }

  /** Comes back today. @throws DomainError as `resumeQuote`, and subscription_price_changed */
  async resume(context: OrganizationContext, id: string, token?: string): Promise<void> {
    await this.desk.hold(context, id, async (db, terms, held) => {
      const quoted = await this.resuming(db, terms, held);
      if (token !== undefined && token !== quoted.token) throw new DomainError('subscription_price_changed');
      await this.life.resume(db, context, held, terms.today);
      await this.life.catchUp(db, context, terms, held);
    });
  }

  /** Takes a pause back that has not begun. @throws DomainError not_found, subscription_nothing_planned */
  async undo(context: OrganizationContext, id: string): Promise<void> {
    await this.desk.hold(context, id, async (db, terms, held) => {
      if (!held.row.pauseOn) throw new DomainError('subscription_nothing_planned');
      await this.rows.endPause(db, context, held.row, 'drop');
      await this.life.patch(db, context, held, { pauseOn: null, resumeOn: null });
      await this.life.say(db, context, held, 'undo', { kind: 'pause_dropped', onDay: terms.today });
    });
  }

  private async reckon(
    db: Db,
    today: Day,
    { row, items }: HeldSubscription,
    { startsOn, resumesOn }: PauseWish,
  ): Promise<PauseQuote> {
    const from = startsOn === today ? leftFrom(startsOn) : startsOn;
    const { currency, discountPercent } = row;
    const skipped: PauseQuote['skipped'] = [];
    for (let k = row.periodCount; resumesOn && skipped.length < MOST_SKIPPED; k++) {
      const period = periodOf(row.anchorOn, row.periodUnit, row.periodEvery, k);
      if (period.startsOn >= resumesOn) break;
      if (period.startsOn < startsOn) continue;
      skipped.push({ on: period.startsOn, amount: totalOf(recurringLines(items, period, discountPercent), currency) });
    }
    const billed = await this.rows.billedPeriod(db, row);
    const invoices = billed && from < billed.endsOn ? await this.rows.periodInvoices(db, row) : [];
    const credit = billed ? unusedCredit({ ...unusedOf(billed, row, invoices), items, on: from }) : 0n;
    const back = periodOf(resumesOn ?? startsOn, row.periodUnit, row.periodEvery, 0);
    const { id, version, pauseOn, resumeOn } = row;
    const shown = {
      startsOn,
      resumesOn,
      skipped,
      credit,
      saved: skipped.reduce((sum, { amount }) => sum + amount, credit),
      resumeTotal: totalOf(recurringLines(items, back, discountPercent), currency),
    };
    const replaces = pauseOn ? { startsOn: pauseOn, resumesOn: resumeOn } : null;
    return { ...shown, token: priceToken({ id, version, ...shown }), currency, replaces };
  }

  private async resuming(db: Db, terms: BillingTerms, { row, items }: HeldSubscription): Promise<ResumeQuote> {
    if (row.state !== 'paused' || row.cancelOn) throw new DomainError('subscription_state');
    const scheduled = await this.rows.scheduledChange(db, row.id);
    const comes =
      scheduled && scheduled.effectiveOn <= terms.today ? await this.life.itemsOf(db, scheduled.itemsAfter) : items;
    const { unit, every } = comes[0]!.cycle;
    const period = periodOf(await this.life.billedFrom(db, row, terms.today), unit, every, 0);
    const used = await this.rows.unbilledUsage(db, row.id, terms.today);
    const { currency, discountPercent, id, version } = row;
    const total = totalOf(renewalLines(comes, { period, discountPercent, used, locale: terms.locale }), currency);
    return { token: priceToken({ id, version, period, total }), currency, period, total };
  }
}

function requirePossible(
  { row }: HeldSubscription,
  today: Day,
  { startsOn, resumesOn }: PauseWish,
  mostDays?: number,
): void {
  if (row.state !== 'active' && row.state !== 'past_due') throw new DomainError('subscription_state');
  if (startsOn < today) throw refusedField('startsOn', 'notBeforeToday');
  // What is to end is kept first, or there is nothing that it could come back for.
  if (row.cancelOn) throw new DomainError('subscription_state');
  if (resumesOn === null) {
    if (mostDays !== undefined) throw refusedField('resumesOn', 'required');
    return;
  }
  if (resumesOn <= startsOn) throw refusedField('resumesOn', 'afterStart');
  if (mostDays !== undefined && daysBetween(startsOn, resumesOn) > mostDays)
    throw refusedField('resumesOn', 'pauseTooLong', { max: mostDays });
}
