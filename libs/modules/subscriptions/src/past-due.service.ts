import { Injectable } from '@nestjs/common';
import { BillingSettingsService, type BillingTerms } from '@balcao/module-billing';
import type { EndAction } from '@balcao/module-payments';
import { addDays, type Day } from '@balcao/money';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { leftFrom } from './domain/change.js';
import { SubscriptionRepository } from './persistence/subscription.repository.js';
import type { SubscriptionRow } from './persistence/subscription.rows.js';
import { SubscriptionInvoicing } from './subscription-invoicing.js';
import { SubscriptionLife, type HeldSubscription } from './subscription-life.js';
import { PAST_DUE_ACTIONS, SubscriptionSettingsService } from './subscription-settings.service.js';

/** Subscriptions of one transaction. */
const BATCH = 20;

type PastDueAction = (typeof PAST_DUE_ACTIONS)[number];
type Fallen = Pick<SubscriptionRow, 'id' | 'billingAccountId' | 'currency'>;

/** Which subscriptions are behind with their invoices, and what becomes of those that stay so. */
@Injectable()
export class PastDueService {
  constructor(
    private readonly database: Database,
    private readonly rows: SubscriptionRepository,
    private readonly billing: BillingSettingsService,
    private readonly settings: SubscriptionSettingsService,
    private readonly invoicing: SubscriptionInvoicing,
    private readonly life: SubscriptionLife,
  ) {}

  /** Marks those of which an invoice is late, and pauses or ends those that have been for as long as the organization waits. */
  async run(context: OrganizationContext): Promise<void> {
    const terms = await this.database.read(context, (db) => this.billing.terms(db, context));
    await this.each(
      context,
      (db) => this.late(db, terms.today),
      async (db, held) => {
        if (held.row.pastDueOn || held.row.endedAt || !(await this.isLate(db, held.row.id, terms.today))) return;
        await this.life.patch(db, context, held, { pastDueOn: terms.today });
        await this.life.say(db, context, held, 'past_due', { kind: 'past_due', onDay: terms.today });
      },
    );
    const { pastDueAction, pastDueDays } = await this.settings.get(context);
    if (pastDueAction === 'none') return;
    const since = addDays(terms.today, -pastDueDays);
    await this.each(
      context,
      (db) => this.behindSince(db, since),
      async (db, held) => {
        const { pastDueOn, endedAt, id } = held.row;
        if (pastDueOn && !endedAt && (await this.isLate(db, id, terms.today)))
          await this.act(db, context, terms, held, pastDueAction);
      },
    );
  }

  /** Looks again whether a subscription is behind, as something has become of an invoice of it. */
  async follow(db: Db, context: OrganizationContext, invoiceId: string): Promise<void> {
    const terms = await this.billing.terms(db, context);
    const of = await db.first<Fallen & { isGivenUp: boolean }>(sql`
      select s.id, s.billing_account_id as "billingAccountId", s.currency, i.state = 'written_off' as "isGivenUp" from invoices i
      join subscriptions s on ${db.tenant('s')} and s.id = i.subscription_id
      where ${db.tenant('i')} and i.id = ${invoiceId}::uuid and s.past_due_on is not null and s.ended_at is null`);
    if (!of) return;
    await this.invoicing.hold(db, [of]);
    const row = await this.rows.lock(db, of.id);
    if (!row?.pastDueOn || row.endedAt || (await this.isLate(db, row.id, terms.today))) return;
    const held = { row, items: await this.rows.items(db, [row.id]) };
    await this.life.patch(db, context, held, { pastDueOn: null });
    await this.life.say(db, context, held, 'past_due', { kind: 'recovered', onDay: terms.today });
    // What was given up was not paid: whether it goes on then is for staff to say.
    if (held.row.pausedFor !== 'unpaid' || of.isGivenUp) return;
    // It is to end: whether it comes back before, its customer says, who keeps it then.
    if (held.row.cancelOn) return this.life.patch(db, context, held, { pausedFor: 'wish' });
    await this.life.resume(db, context, held, terms.today);
    await this.life.catchUp(db, context, terms, held);
  }

  /**
   * Collecting an invoice by itself was given up: the subscription that it is of pauses or ends, where it has one that goes on and the
   * invoice is still owed.
   */
  async giveUpInvoice(db: Db, context: OrganizationContext, invoiceId: string, action: EndAction): Promise<void> {
    const terms = await this.billing.terms(db, context);
    const of = await db.first<Fallen>(sql`
      select s.id, s.billing_account_id as "billingAccountId", s.currency from invoices i
      join subscriptions s on ${db.tenant('s')} and s.id = i.subscription_id
      where ${db.tenant('i')} and i.id = ${invoiceId}::uuid and i.owed > 0 and s.ended_at is null`);
    if (!of) return;
    await this.invoicing.hold(db, [of]);
    const row = await this.rows.lock(db, of.id);
    if (!row || row.endedAt) return;
    const held = { row, items: await this.rows.items(db, [row.id]) };
    if (!row.pastDueOn && row.startedAt) {
      await this.life.patch(db, context, held, { pastDueOn: terms.today });
      await this.life.say(db, context, held, 'past_due', { kind: 'past_due', onDay: terms.today });
    }
    await this.act(db, context, terms, held, action);
  }

  private async act(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    held: HeldSubscription,
    pastDueAction: PastDueAction | EndAction,
  ): Promise<void> {
    const { creditsUnused } = await this.settings.read(db);
    const { row } = held;
    const from = leftFrom(terms.today);
    if (pastDueAction === 'cancel') {
      const end = { on: terms.today, from, credits: creditsUnused, reason: 'unpaid' as const, comment: null };
      await this.life.end(db, context, terms, held, end);
    } else if (pastDueAction === 'pause' && !row.pausedAt) {
      if (row.pauseOn) await this.rows.endPause(db, context, row, 'drop');
      await this.rows.addPause(db, context, row, { startsOn: terms.today, resumesOn: null });
      await this.life.patch(db, context, held, { pauseOn: null, resumeOn: null });
      await this.life.pause(db, context, terms, held, { on: terms.today, from, why: 'unpaid' });
    }
  }

  private async each(
    context: OrganizationContext,
    found: (db: Db) => Promise<Fallen[]>,
    work: (db: Db, held: HeldSubscription) => Promise<void>,
  ): Promise<void> {
    // What one round could not change is not tried again in it.
    const seen = new Set<string>();
    const failures: unknown[] = [];
    for (;;) {
      const all = await this.database.read(context, found);
      const batch = all.filter(({ id }) => !seen.has(id)).slice(0, BATCH);
      if (batch.length === 0) break;
      try {
        await this.together(context, batch, work);
      } catch {
        for (const one of batch)
          await this.together(context, [one], work).catch((error: unknown) => failures.push(error));
      }
      for (const { id } of batch) seen.add(id);
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not every subscription could be looked at');
  }

  private async together(
    context: OrganizationContext,
    batch: readonly Fallen[],
    work: (db: Db, held: HeldSubscription) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(context, async (db) => {
      await this.invoicing.hold(db, batch);
      for (const { id } of [...batch].sort((a, b) => (a.id < b.id ? -1 : 1))) {
        const row = await this.rows.lock(db, id);
        if (row) await work(db, { row, items: await this.rows.items(db, [id]) });
      }
    });
  }

  private late(db: Db, today: Day): Promise<Fallen[]> {
    return db.query<Fallen>(sql`
      select s.id, s.billing_account_id as "billingAccountId", s.currency from subscriptions s
      where ${db.tenant('s')} and s.ended_at is null and s.started_at is not null and s.past_due_on is null and s.id in (
        select i.subscription_id from invoices i where ${db.tenant('i')} and i.owed > 0 and i.subscription_id is not null and i.payable_until < ${today}::date)
      order by s.id limit 500`);
  }

  private behindSince(db: Db, since: Day): Promise<Fallen[]> {
    return db.query<Fallen>(sql`
      select s.id, s.billing_account_id as "billingAccountId", s.currency from subscriptions s
      where ${db.tenant('s')} and s.state = 'past_due' and s.past_due_on <= ${since}::date order by s.id limit 500`);
  }

  private async isLate(db: Db, id: string, today: Day): Promise<boolean> {
    const late = await db.first(sql`
      select from invoices i where ${db.tenant('i')} and i.subscription_id = ${id}::uuid and i.owed > 0 and i.payable_until < ${today}::date limit 1`);
    return late !== undefined;
  }
}
