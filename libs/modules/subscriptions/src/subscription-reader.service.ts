import { Injectable } from '@nestjs/common';
import { BillingSettingsService, payableUntil, type BillingTerms } from '@balcao/module-billing';
import type { Day } from '@balcao/money';
import { found } from '@balcao/platform-errors';
import { Database, columnsOf, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { recurringLines, totalOf } from './domain/charges.js';
import { nextCharge, type NextCharge } from './domain/next-charge.js';
import type { Item } from './domain/plan.js';
import { eventsOf, invoicesOf, listSubscriptions } from './persistence/subscription-lists.js';
import type { SubscriptionFilter, SubscriptionInvoiceRow, SubscriptionPage } from './persistence/subscription-lists.js';
import type { StaffPlan } from './domain/actions.js';
import { SubscriptionRepository } from './persistence/subscription.repository.js';
import type { ChangeRow, SubscriptionEventRow, SubscriptionRow } from './persistence/subscription.rows.js';
import { dueDayOf } from './subscription-invoicing.js';
import { SubscriptionLife } from './subscription-life.js';

export interface PeriodRow {
  startsOn: Day;
  endsOn: Day;
  cutOn: Day | null;
  kind: 'trial' | 'billed' | 'skipped';
  invoiceId: string | null;
}

/** A subscription with all that its page shows. Money is in minor units of `currency`. */
export interface SubscriptionDetail extends SubscriptionRow {
  billingAccountName: string;
  /** Of the ended one that it has taken up. */
  followsNumber: string | null;
  /** The one that goes on in its place, of one that has ended. */
  followedBy: { id: string; number: string } | null;
  today: Day;
  items: Item[];
  /** Every period, with discounts and taxes. */
  recurringTotal: bigint;
  nextCharge: (NextCharge & { dueOn: Day; payableUntil: Day }) | null;
  /** For the end of the period. */
  scheduled: (ChangeRow & { items: Item[] }) | null;
  /** Done, but nothing of its invoice is paid: it can still be dropped. */
  unpaidChange: (ChangeRow & { invoiceNumber: string }) | null;
  staffPlan: StaffPlan;
  /** What of its invoices is still to pay. */
  owed: bigint;
  history: SubscriptionEventRow[];
}

/** Subscriptions as they are read: by their customers, and by staff. */
@Injectable()
export class SubscriptionReader {
  constructor(
    private readonly database: Database,
    private readonly rows: SubscriptionRepository,
    private readonly billing: BillingSettingsService,
    private readonly life: SubscriptionLife,
  ) {}

  async list(context: OrganizationContext, filter: SubscriptionFilter): Promise<SubscriptionPage & { today: Day }> {
    return this.database.read(context, async (db) => {
      const [terms, page] = await Promise.all([this.billing.terms(db, context), listSubscriptions(db, filter)]);
      return { ...page, today: terms.today };
    });
  }

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<SubscriptionDetail> {
    const internal = context.scope.kind === 'organization';
    return this.database.read(context, async (db) => {
      const row = found(await this.rows.get(db, id));
      const terms = await this.billing.terms(db, context);
      const [items, scheduled, unpaidChange, follower, staffPlan, facts, history] = await Promise.all([
        this.rows.items(db, [id]),
        this.rows.scheduledChange(db, id),
        this.rows.unpaidChange(db, row, terms.today),
        this.rows.followerOf(db, row),
        this.rows.staffPlan(db, row),
        db.first<{ billingAccountName: string; followsNumber: string | null; owed: bigint }>(sql`
          select a.name as "billingAccountName", (select s.number from subscriptions s
            where ${db.account('s')} and s.id = ${row.followsId}::uuid) as "followsNumber", coalesce((select sum(i.owed) from invoices i
            where ${db.account('i')} and i.subscription_id = ${id}::uuid and i.owed > 0), 0)::bigint as owed
          from billing_accounts a where ${db.tenant('a')} and a.id = ${row.billingAccountId}::uuid`),
        eventsOf(db, id, { internal }),
      ]);
      const coming = scheduled ? await this.life.itemsOf(db, scheduled.itemsAfter) : items;
      const every = { startsOn: terms.today, endsOn: terms.today };
      return {
        ...row,
        ...facts!,
        followedBy: follower ?? null,
        today: terms.today,
        items,
        recurringTotal: totalOf(recurringLines(items, every, row.discountPercent), row.currency),
        nextCharge: await this.nextCharge(db, terms, row, { items, coming, scheduled }),
        scheduled: scheduled ? { ...scheduled, items: coming } : null,
        unpaidChange: unpaidChange ?? null,
        staffPlan,
        history,
      };
    });
  }

  /** The latest first, 100 at most. @throws DomainError not_found */
  async invoices(context: OrganizationContext, id: string): Promise<{ rows: SubscriptionInvoiceRow[]; today: Day }> {
    return this.database.read(context, async (db) => {
      found(await this.rows.get(db, id));
      const [terms, rows] = await Promise.all([this.billing.terms(db, context), invoicesOf(db, id)]);
      return { rows, today: terms.today };
    });
  }

  /** The periods that it has lived through, the latest first, 200 at most. @throws DomainError not_found */
  async periods(context: OrganizationContext, id: string): Promise<PeriodRow[]> {
    return this.database.read(context, async (db) => {
      found(await this.rows.get(db, id));
      return db.query<PeriodRow>(sql`
        select ${columnsOf('b', ['startsOn', 'endsOn', 'cutOn', 'kind', 'invoiceId'])} from billing_periods b
        where ${db.account('b')} and b.subscription_id = ${id}::uuid order by b.starts_on desc, b.id desc limit 200`);
    });
  }

  private async nextCharge(
    db: Db,
    terms: BillingTerms,
    row: SubscriptionRow,
    { items, coming, scheduled }: { items: Item[]; coming: Item[]; scheduled: ChangeRow | undefined },
  ): Promise<SubscriptionDetail['nextCharge']> {
    const isOtherCycle =
      scheduled !== undefined && (scheduled.periodUnit !== row.periodUnit || scheduled.periodEvery !== row.periodEvery);
    const until = row.nextRenewalOn ?? row.resumeOn;
    const used =
      items.some(({ model }) => model === 'usage') && until
        ? await this.rows.unbilledUsage(db, row.id, until)
        : new Map<string, bigint>();
    const next = nextCharge(row, coming, { used, locale: terms.locale, isOtherCycle });
    if (!next) return null;
    const dueOn = dueDayOf(row, { ...terms, today: next.on < terms.today ? terms.today : next.on });
    return { ...next, dueOn, payableUntil: payableUntil(dueOn, row.currency) };
  }
}
