import { Injectable } from '@nestjs/common';
import type { BillingTerms } from '@balcao/module-billing';
import { addMonths, type Day } from '@balcao/money';
import { DomainError } from '@balcao/platform-errors';
import { sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { leftFrom, unusedCredit } from './domain/change.js';
import { hadOf, recurringLines, totalOf, usageLines } from './domain/charges.js';
import type { CancelReason } from './domain/life.js';
import { fittingOffer, type Offer } from './domain/offer.js';
import { priceToken } from './domain/price-token.js';
import { PlanRepository } from './persistence/plan.repository.js';
import { SubscriptionRepository } from './persistence/subscription.repository.js';
import { SubscriptionDesk } from './subscription-desk.js';
import { SubscriptionLife, unusedOf, type HeldSubscription } from './subscription-life.js';
import { SubscriptionSettingsService } from './subscription-settings.service.js';

export interface CancelWish {
  when: 'now' | 'period_end';
  reason?: CancelReason | null;
  comment?: string | null;
  /** Whether days that are paid and not used are credited; as the organization's settings say where absent. */
  credits?: boolean;
}

/** What cancelling means. Money is in minor units of `currency`. */
export interface CancelQuote {
  token: string;
  currency: string;
  /** The first day without it. */
  endsOn: Day;
  credit: bigint;
  /** What was used and is still asked for. */
  usage: bigint;
  /** What is not asked for any more, every period. */
  recurring: bigint;
  offer: (Offer & { cheaper?: CheaperPlan }) | null;
}

export interface CheaperPlan {
  priceId: string;
  name: string;
  unitAmount: bigint;
}

/** Subscriptions that end, and what may keep them. */
@Injectable()
export class SubscriptionEndService {
  constructor(
    private readonly rows: SubscriptionRepository,
    private readonly plans: PlanRepository,
    private readonly settings: SubscriptionSettingsService,
    private readonly desk: SubscriptionDesk,
    private readonly life: SubscriptionLife,
  ) {}

  /**
   * @param may what the customer may do besides, which an offer has to heed
   * @throws DomainError not_found, subscription_changed, subscription_state
   */
  async quote(
    context: OrganizationContext,
    id: string,
    wish: CancelWish,
    may: { pause: boolean; change: boolean },
  ): Promise<CancelQuote> {
    return this.desk.look(context, id, async (db, terms, held) => ({
      ...(await this.reckon(db, terms, held, wish)),
      offer: await this.offer(db, terms, held, wish.reason ?? null, may),
    }));
  }

  /**
   * Cancels now, or for the end of what is billed; until then it can be undone.
   * @param token of the quote that was shown; nothing is compared where absent
   * @throws DomainError as `quote`, and subscription_price_changed
   */
  async cancel(
    context: OrganizationContext,
    id: string,
    { token, ...wish }: CancelWish & { token?: string },
  ): Promise<void> {
    await this.desk.hold(context, id, async (db, terms, held) => {
      const quoted = await this.reckon(db, terms, held, wish);
      if (token !== undefined && token !== quoted.token) throw new DomainError('subscription_price_changed');
      const { reason = null, comment = null } = wish;
      if (quoted.endsOn <= terms.today) {
        const credits = await this.credits(db, wish);
        const end = { on: terms.today, from: leftFrom(terms.today), credits, reason, comment };
        return this.life.end(db, context, terms, held, end);
      }
      await this.life.patch(db, context, held, {
        cancelOn: quoted.endsOn,
        // A pause that comes before lasts until then: nobody is billed for a period that ends within it.
        ...(held.row.pauseOn ? { resumeOn: null } : {}),
        cancelReason: reason,
        cancelComment: comment,
      });
      await this.life.say(db, context, held, 'cancel', { kind: 'cancel_planned', onDay: quoted.endsOn, reason });
    });
  }

  /** Takes a cancellation back that has not taken effect. @throws DomainError not_found, subscription_nothing_planned */
  async undo(context: OrganizationContext, id: string): Promise<void> {
    await this.desk.hold(context, id, async (db, terms, held) => {
      if (!held.row.cancelOn || held.row.endedAt) throw new DomainError('subscription_nothing_planned');
      const { pauseOn, pausedAt } = held.row;
      const resumesOn = pauseOn || pausedAt ? await this.rows.plannedResume(db, held.row) : null;
      await this.life.patch(db, context, held, {
        cancelOn: null,
        cancelReason: null,
        cancelComment: null,
        // Behind its day it comes back when somebody says so, who sees then what that costs.
        resumeOn: resumesOn && resumesOn > terms.today ? resumesOn : null,
      });
      await this.life.say(db, context, held, 'undo', { kind: 'cancel_dropped', onDay: terms.today });
    });
  }

  /** Takes the discount that is offered to who wants to leave, who stays then. @throws DomainError not_found, subscription_offer_gone */
  async takeDiscount(context: OrganizationContext, id: string, reason: CancelReason | null): Promise<void> {
    await this.desk.hold(context, id, async (db, terms, held) => {
      const offer = await this.offer(db, terms, held, reason, { pause: false, change: false });
      if (offer?.kind !== 'discount') throw new DomainError('subscription_offer_gone');
      const { percent, periods } = offer;
      await this.life.patch(db, context, held, {
        discountPercent: percent,
        discountPeriods: periods,
        cancelOn: null,
        cancelReason: null,
        cancelComment: null,
      });
      const event = {
        kind: 'discount_given',
        onDay: terms.today,
        after: percent,
        amount: BigInt(periods),
        reason,
      } as const;
      await this.life.say(db, context, held, 'offer', event);
    });
  }

  private async reckon(
    db: Db,
    terms: BillingTerms,
    { row, items }: HeldSubscription,
    wish: CancelWish,
  ): Promise<Omit<CancelQuote, 'offer'>> {
    if (row.state === 'canceled') throw new DomainError('subscription_state');
    const { today, locale } = terms;
    // What is not going on has no end to wait for.
    const isAtOnce = wish.when === 'now' || !row.currentEndsOn || row.currentEndsOn <= today;
    const endsOn = isAtOnce ? today : row.currentEndsOn!;
    const period = await this.rows.billedPeriod(db, row);
    const credits = isAtOnce && period && (await this.credits(db, wish));
    const invoices = credits ? await this.rows.periodInvoices(db, row) : [];
    const from = leftFrom(today);
    const credit = credits ? unusedCredit({ ...unusedOf(period, row, invoices), items, on: from }) : 0n;
    const used = await this.rows.unbilledUsage(db, row.id, from);
    const had = credits && from < period.endsOn ? hadOf(period, from) : undefined;
    const usage = totalOf(usageLines(items, used, locale, had), row.currency);
    const every = { startsOn: endsOn, endsOn };
    const recurring = totalOf(recurringLines(items, every, row.discountPercent), row.currency);
    const shown = { id: row.id, version: row.version, endsOn, credit };
    return { token: priceToken(shown), currency: row.currency, endsOn, credit, usage, recurring };
  }

  private async credits(db: Db, { credits }: CancelWish): Promise<boolean> {
    return credits ?? (await this.settings.read(db)).creditsUnused;
  }

  private async offer(
    db: Db,
    { today }: BillingTerms,
    { row, items }: HeldSubscription,
    reason: CancelReason | null,
    may: { pause: boolean; change: boolean },
  ): Promise<CancelQuote['offer']> {
    if (row.state !== 'active' && row.state !== 'past_due') return null;
    const [settings, given] = await Promise.all([
      this.settings.read(db),
      db.first(sql`
        select from subscription_events e join subscriptions s on ${db.tenant('s')} and s.id = e.subscription_id
        where ${db.tenant('e')} and e.billing_account_id = ${row.billingAccountId}::uuid and (s.id = ${row.id}::uuid or s.ended_at is not null)
          and e.kind = 'discount_given' and e.on_day > ${addMonths(today, -12)}::date limit 1`),
    ]);
    const main = items[0]!;
    const cheaper = may.change
      ? (await this.plans.choices(db, main))
          .filter(
            ({ unitAmount, archivedAt, priceId }) =>
              !archivedAt && priceId !== main.priceId && unitAmount < main.unitAmount,
          )
          .sort((a, b) => (a.unitAmount < b.unitAmount ? 1 : -1))[0]
      : undefined;
    const offer = fittingOffer(settings, {
      reason,
      canPause: may.pause,
      cheaper: cheaper ?? null,
      hadDiscount: row.discountPercent !== null || given !== undefined,
    });
    if (!offer || !cheaper || offer.kind !== 'plan') return offer;
    const { priceId, name, unitAmount } = cheaper;
    return { ...offer, cheaper: { priceId, name, unitAmount } };
  }
}
