import { Injectable } from '@nestjs/common';
import type { Day } from '@balcao/money';
import { newId } from '@balcao/platform-database';
import { assignments, empty, insertInto, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import type { StaffPlan } from '../domain/actions.js';
import { recurringTotal } from '../domain/charges.js';
import type { Item, Price } from '../domain/plan.js';
import {
  CHANGE_COLUMNS,
  PRICE_COLUMNS,
  SUBSCRIPTION_COLUMNS,
  priceOf,
  type Arrangement,
  type ChangeRow,
  type ItemRow,
  type KeptItem,
  type NewSubscriptionEvent,
  type PeriodInvoice,
  type SubscriptionRow,
} from './subscription.rows.js';

export type NewSubscription = Arrangement &
  Pick<
    SubscriptionRow,
    | 'billingAccountId'
    | 'number'
    | 'title'
    | 'currency'
    | 'periodUnit'
    | 'periodEvery'
    | 'startsOn'
    | 'trialEndsOn'
    | 'anchorOn'
    | 'nextRenewalOn'
    | 'followsId'
  >;

/** What of a subscription changes. */
export type SubscriptionPatch = Partial<
  Omit<
    SubscriptionRow,
    'id' | 'billingAccountId' | 'number' | 'currency' | 'version' | 'createdAt' | 'state' | 'recurring' | 'monthly'
  >
>;

export interface Due {
  id: string;
  billingAccountId: string;
  currency: string;
  nextOn: Day;
}

/** Rows of subscriptions, what they have, and what becomes of them. */
@Injectable()
export class SubscriptionRepository {
  /** @returns its id */
  async insert(db: Db, context: OrganizationContext, row: NewSubscription): Promise<string> {
    const [id, now] = [newId(), context.clock.now()];
    const createdById = context.actor.type === 'staff' ? context.actor.id : null;
    await db.execute(insertInto('subscriptions', { ...row, id, createdById, createdAt: now, updatedAt: now }));
    return id;
  }

  /** What people quote: counted for each organization and year. */
  async nextNumber(db: Db, year: number): Promise<string> {
    const row = await db.first<{ number: string }>(sql`
      select 'AS-' || ${year}::text || '-' || lpad(n::text, greatest(6, length(n::text)), '0') as number
      from next_billing_number('subscription', ${year}::integer, 1) n`);
    return row!.number;
  }

  async get(db: Db, id: string): Promise<SubscriptionRow | undefined> {
    return db.first<SubscriptionRow>(sql`
      select ${SUBSCRIPTION_COLUMNS} from subscriptions t where ${db.account('t')} and t.id = ${id}::uuid`);
  }

  /** Which of what is planned of one staff have planned. */
  async staffPlan(db: Db, { id, cancelOn, pauseOn }: SubscriptionRow): Promise<StaffPlan> {
    const last = (
      kind: NewSubscriptionEvent['kind'],
    ) => sql`coalesce((select e.actor_type = 'staff' from subscription_events e
      where ${db.account('e')} and e.subscription_id = ${id}::uuid and e.kind = ${kind} order by e.created_at desc, e.id desc limit 1), false)`;
    const row = await db.first<StaffPlan>(sql`
      select ${last('cancel_planned')} and ${cancelOn !== null} as cancel, ${last('pause_planned')} and ${pauseOn !== null} as pause,
        exists (select from subscription_changes c where ${db.account('c')} and c.subscription_id = ${id}::uuid
          and c.state = 'scheduled' and c.actor_type = 'staff') as change`);
    return row!;
  }

  /** The one that goes on in the place of one that has ended. */
  async followerOf(
    db: Db,
    { id, billingAccountId }: Pick<SubscriptionRow, 'id' | 'billingAccountId'>,
  ): Promise<{ id: string; number: string } | undefined> {
    return db.first(sql`
      select t.id, t.number from subscriptions t where ${db.account('t')} and t.billing_account_id = ${billingAccountId}::uuid
        and t.follows_id = ${id}::uuid and t.ended_at is null limit 1`);
  }

  /** Whether an account owes what is late of subscriptions that have ended, or what they had fallen behind with. */
  async owesOfEnded(db: Db, today: Day): Promise<boolean> {
    const [late] = await db.query(sql`
      select from invoices i join subscriptions t on ${db.account('t')} and t.id = i.subscription_id and t.ended_at is not null
      where ${db.account('i')} and i.owed > 0 and (i.payable_until < ${today}::date or t.past_due_on is not null) limit 1`);
    return late !== undefined;
  }

  /** Holds it until the transaction's end, behind its customer's ledger account. */
  async lock(db: Db, id: string): Promise<SubscriptionRow | undefined> {
    return db.first<SubscriptionRow>(sql`
      select ${SUBSCRIPTION_COLUMNS} from subscriptions t where ${db.tenant('t')} and t.id = ${id}::uuid for no key update`);
  }

  /** Those of `ids` of which something is due by a day, held, in the order of their ids. */
  async lockDue(db: Db, ids: readonly string[], today: Day): Promise<SubscriptionRow[]> {
    return db.query<SubscriptionRow>(sql`
      select ${SUBSCRIPTION_COLUMNS} from subscriptions t
      where ${db.tenant('t')} and t.id = any(${[...ids]}::uuid[]) and t.next_on <= ${today}::date
      order by t.id for no key update`);
  }

  /** The next of which something is due by a day, the longest waiting first, behind one that was seen. */
  async due(db: Db, today: Day, after: Due | undefined, limit: number): Promise<Due[]> {
    return db.query<Due>(sql`
      select t.id, t.billing_account_id as "billingAccountId", t.currency, t.next_on as "nextOn" from subscriptions t
      where ${db.tenant('t')} and t.next_on <= ${today}::date
        ${after ? sql`and (t.next_on, t.id) > (${after.nextOn}::date, ${after.id}::uuid)` : empty}
      order by t.next_on, t.id limit ${limit}`);
  }

  /** Changes a held row, and answers it as it is then. */
  async update(db: Db, context: OrganizationContext, id: string, patch: SubscriptionPatch): Promise<SubscriptionRow> {
    const values = { ...patch, version: sql`t.version + 1`, updatedAt: context.clock.now() };
    const row = await db.first<SubscriptionRow>(sql`
      update subscriptions t set ${assignments(values)} where ${db.tenant('t')} and t.id = ${id}::uuid
      returning ${SUBSCRIPTION_COLUMNS}`);
    return row!;
  }

  /** What subscriptions have, in its order. */
  async items(db: Db, ids: readonly string[]): Promise<(Item & { subscriptionId: string })[]> {
    const rows = await db.query<ItemRow>(sql`
      select i.id, i.subscription_id as "subscriptionId", trim_scale(i.quantity)::text as quantity, i.detail,
        i.once_billed_on as "onceBilledOn", ${PRICE_COLUMNS}
      from subscription_items i
      join plan_prices r on ${db.tenant('r')} and r.id = i.price_id
      join plans p on ${db.tenant('p')} and p.id = i.plan_id
      where ${db.account('i')} and i.subscription_id = any(${[...ids]}::uuid[]) order by i.subscription_id, i.position`);
    return rows.map((row) => priceOf(row) as Item & { subscriptionId: string });
  }

  /** Prices by their ids, archived ones as well. */
  async prices(db: Db, ids: readonly string[]): Promise<(Price & PriceState)[]> {
    const rows = await db.query<ItemRow & PriceState>(sql`
      select ${PRICE_COLUMNS}, ${PRICE_STATE} from plan_prices r join plans p on ${db.tenant('p')} and p.id = r.plan_id
      where ${db.tenant('r')} and r.id = any(${[...new Set(ids)]}::uuid[])`);
    return rows.map((row) => priceOf(row) as unknown as Price & PriceState);
  }

  /** The latest prices that are sold of the plans of items, each kind, currency and cycle once. */
  async latestPrices(db: Db, items: readonly Item[]): Promise<(Price & PriceState)[]> {
    const rows = await db.query<ItemRow & PriceState>(sql`
      select distinct on (r.plan_id, r.model, r.currency, r.period_unit, r.period_every) ${PRICE_COLUMNS}, ${PRICE_STATE}
      from plan_prices r join plans p on ${db.tenant('p')} and p.id = r.plan_id
      where ${db.tenant('r')} and r.plan_id = any(${items.map(({ planId }) => planId)}::uuid[]) and r.archived_at is null and p.archived_at is null
      order by r.plan_id, r.model, r.currency, r.period_unit, r.period_every, r.number desc`);
    return rows.map((row) => priceOf(row) as unknown as Price & PriceState);
  }

  /** Puts these items in the place of those that a subscription has. */
  async replaceItems(
    db: Db,
    { id, billingAccountId }: Pick<SubscriptionRow, 'id' | 'billingAccountId'>,
    items: readonly Item[],
  ): Promise<void> {
    await db.execute(sql`delete from subscription_items i where ${db.tenant('i')} and i.subscription_id = ${id}::uuid`);
    const rows = items.map(({ cycle, quantity, ...item }, position) => ({
      id: item.id,
      position,
      plan_id: item.planId,
      price_id: item.priceId,
      currency: item.currency,
      period_unit: cycle.unit,
      period_every: cycle.every,
      quantity,
      detail: item.detail,
      once_billed_on: item.onceBilledOn,
    }));
    await db.execute(sql`
      insert into subscription_items (billing_account_id, subscription_id, id, position, plan_id, price_id, currency, period_unit, period_every,
        quantity, detail, once_billed_on)
      select ${billingAccountId}::uuid, ${id}::uuid, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r (id uuid, position integer,
        plan_id uuid, price_id uuid, currency text, period_unit text, period_every integer, quantity numeric, detail text, once_billed_on date)`);
    await db.execute(sql`
      update subscriptions t set recurring = ${recurringTotal(items)} where ${db.tenant('t')} and t.id = ${id}::uuid`);
  }

  /** What is asked for once was asked for. */
  async markOnceBilled(db: Db, id: string, on: Day): Promise<void> {
    await db.execute(sql`
      update subscription_items i set once_billed_on = ${on}::date
      where ${db.tenant('i')} and i.subscription_id = ${id}::uuid and i.once_billed_on is null`);
  }

  async addPeriod(
    db: Db,
    { id, billingAccountId }: Pick<SubscriptionRow, 'id' | 'billingAccountId'>,
    period: {
      startsOn: Day;
      endsOn: Day;
      kind: 'trial' | 'billed' | 'skipped';
      invoiceId: string | null;
      discountPercent: string | null;
    },
  ): Promise<void> {
    await db.execute(insertInto('billing_periods', { ...period, id: newId(), billingAccountId, subscriptionId: id }));
  }

  /** Ends the current period on a day before its end. */
  async cutPeriod(db: Db, { id, currentStartsOn }: SubscriptionRow, on: Day): Promise<void> {
    await db.execute(sql`
      update billing_periods b set cut_on = ${on}::date
      where ${db.tenant('b')} and b.subscription_id = ${id}::uuid and b.starts_on = ${currentStartsOn}::date and b.ends_on > ${on}::date`);
  }

  /** The day behind the last one that was billed, given away with a trial, or passed over; undefined where none was. */
  async billedUntil(db: Db, { id }: Pick<SubscriptionRow, 'id'>): Promise<Day | undefined> {
    const row = await db.first<{ until: Day | null }>(sql`
      select max(coalesce(b.cut_on, b.ends_on)) as until from billing_periods b
      where ${db.account('b')} and b.subscription_id = ${id}::uuid`);
    return row?.until ?? undefined;
  }

  /** What the current period was billed with; undefined where none is going on, or a trial. */
  async billedPeriod(
    db: Db,
    { id, currentStartsOn }: SubscriptionRow,
  ): Promise<{ startsOn: Day; endsOn: Day; discountPercent: string | null } | undefined> {
    if (!currentStartsOn) return undefined;
    return db.first(sql`
      select b.starts_on as "startsOn", b.ends_on as "endsOn", trim_scale(b.discount_percent)::text as "discountPercent"
      from billing_periods b where ${db.account('b')} and b.subscription_id = ${id}::uuid and b.starts_on = ${currentStartsOn}::date
        and b.kind = 'billed' and b.cut_on is null`);
  }

  /** The invoices of the current period, the latest first: its own, and those of changes within it. */
  async periodInvoices(db: Db, { id, currentStartsOn }: SubscriptionRow): Promise<PeriodInvoice[]> {
    return db.query<PeriodInvoice>(sql`
      select i.id, i.settled, i.total - i.credited - i.written_off as creditable
      from invoices i
      where ${db.account('i')} and i.subscription_id = ${id}::uuid and i.state not in ('draft', 'void') and (
        i.id in (select b.invoice_id from billing_periods b where ${db.account('b')} and b.subscription_id = ${id}::uuid and b.starts_on = ${currentStartsOn}::date)
        or i.id in (select c.invoice_id from subscription_changes c where ${db.account('c')} and c.subscription_id = ${id}::uuid
          and c.state = 'applied' and c.period_starts_on = ${currentStartsOn}::date))
      order by i.opened_at desc, i.id desc`);
  }

  /** What was used before a day and is not billed, by item. */
  async unbilledUsage(db: Db, id: string, before: Day): Promise<Map<string, bigint>> {
    const rows = await db.query<{ itemId: string; used: string }>(sql`
      select u.item_id as "itemId", trunc(sum(u.quantity) * 1000000)::text as used from usage_records u
      where ${db.account('u')} and u.subscription_id = ${id}::uuid and not u.is_billed and u.used_on < ${before}::date group by u.item_id`);
    return new Map(rows.map(({ itemId, used }) => [itemId, BigInt(used)]));
  }

  async markUsage(
    db: Db,
    id: string,
    { before, invoiceId, itemIds }: { before: Day; invoiceId: string | null; itemIds: readonly string[] },
  ): Promise<void> {
    if (itemIds.length === 0) return;
    await db.execute(sql`
      update usage_records u set is_billed = true, invoice_id = ${invoiceId}::uuid
      where ${db.tenant('u')} and u.subscription_id = ${id}::uuid and not u.is_billed and u.used_on < ${before}::date
        and u.item_id = any(${[...itemIds]}::uuid[])`);
  }

  /** What a voided invoice had asked for is asked for later. */
  async unbillUsage(db: Db, invoiceId: string): Promise<void> {
    await db.execute(sql`
      update usage_records u set is_billed = false, invoice_id = null where ${db.tenant('u')} and u.invoice_id = ${invoiceId}::uuid`);
  }

  async addChange(
    db: Db,
    context: OrganizationContext,
    { id, billingAccountId }: Pick<SubscriptionRow, 'id' | 'billingAccountId'>,
    change: Omit<ChangeRow, 'id' | 'subscriptionId' | 'billingAccountId' | 'createdAt'>,
  ): Promise<void> {
    await db.execute(
      insertInto('subscription_changes', {
        ...change,
        itemsBefore: sql`${JSON.stringify(change.itemsBefore)}::jsonb`,
        itemsAfter: sql`${JSON.stringify(change.itemsAfter)}::jsonb`,
        id: newId(),
        billingAccountId,
        subscriptionId: id,
        ...actorOf(context),
        createdAt: context.clock.now(),
      }),
    );
  }

  async scheduledChange(db: Db, id: string): Promise<ChangeRow | undefined> {
    return db.first<ChangeRow>(sql`
      select ${CHANGE_COLUMNS} from subscription_changes c
      where ${db.account('c')} and c.subscription_id = ${id}::uuid and c.state = 'scheduled'`);
  }

  /**
   * The last change that was done, on its day, as long as its invoice is not paid at all and it gave nothing back; none where another of
   * its period was taken back on a day before.
   */
  async unpaidChange(
    db: Db,
    { id, currentStartsOn, endedAt }: SubscriptionRow,
    today: Day,
  ): Promise<(ChangeRow & { invoiceNumber: string }) | undefined> {
    if (!currentStartsOn || endedAt) return undefined;
    const last = await db.first<ChangeRow & { invoiceNumber: string; isUnpaid: boolean }>(sql`
      select ${CHANGE_COLUMNS}, i.number as "invoiceNumber",
        i.settled = 0 and i.credited = 0 and i.state = 'open' and i.total = c.due and c.period_starts_on = ${currentStartsOn}::date
          and c.effective_on = ${today}::date and not exists (select from subscription_changes r where ${db.account('r')} and r.subscription_id = c.subscription_id
            and r.state = 'reverted' and r.period_starts_on = c.period_starts_on and r.effective_on < ${today}::date) as "isUnpaid"
      from subscription_changes c left join invoices i on ${db.account('i')} and i.id = c.invoice_id
      where ${db.account('c')} and c.subscription_id = ${id}::uuid and c.state = 'applied' order by c.created_at desc, c.id desc limit 1`);
    return last?.isUnpaid ? last : undefined;
  }

  async decideChange(db: Db, context: OrganizationContext, id: string, state: ChangeRow['state']): Promise<void> {
    await db.execute(sql`
      update subscription_changes c set state = ${state}, decided_at = ${context.clock.now()} where ${db.tenant('c')} and c.id = ${id}::uuid`);
  }

  async addPause(
    db: Db,
    context: OrganizationContext,
    { id, billingAccountId }: SubscriptionRow,
    pause: { startsOn: Day; resumesOn: Day | null },
  ): Promise<void> {
    const row = { ...pause, id: newId(), billingAccountId, subscriptionId: id, createdAt: context.clock.now() };
    await db.execute(insertInto('subscription_pauses', row));
  }

  /** Ends the pause that goes on, or takes away the one that is planned. */
  async endPause(
    db: Db,
    context: OrganizationContext,
    { id }: SubscriptionRow,
    end: { on: Day } | 'drop',
  ): Promise<void> {
    const set =
      end === 'drop' ? { droppedAt: context.clock.now() } : { endedOn: sql`greatest(${end.on}::date, q.starts_on)` };
    await db.execute(sql`
      update subscription_pauses q set ${assignments(set)}
      where ${db.tenant('q')} and q.subscription_id = ${id}::uuid and q.dropped_at is null and q.ended_on is null`);
  }

  /** When the pause that is planned, or goes on, was to be over; null where somebody has to say so, or there is none. */
  async plannedResume(db: Db, { id }: SubscriptionRow): Promise<Day | null> {
    const pause = await db.first<{ resumesOn: Day | null }>(sql`
      select q.resumes_on as "resumesOn" from subscription_pauses q
      where ${db.tenant('q')} and q.subscription_id = ${id}::uuid and q.dropped_at is null and q.ended_on is null`);
    return pause?.resumesOn ?? null;
  }

  /** @returns its id */
  async addEvent(
    db: Db,
    context: OrganizationContext,
    { id, billingAccountId }: Pick<SubscriptionRow, 'id' | 'billingAccountId'>,
    event: NewSubscriptionEvent,
  ): Promise<string> {
    const eventId = newId();
    await db.execute(
      insertInto('subscription_events', {
        ...event,
        id: eventId,
        billingAccountId,
        subscriptionId: id,
        ...actorOf(context),
        createdAt: context.clock.now(),
      }),
    );
    return eventId;
  }

  /** What a held subscription brings in from a day on, a month; what that was before is told apart by what it was. */
  async move(
    db: Db,
    context: OrganizationContext,
    { id, billingAccountId, currency, monthly: before, followsId }: SubscriptionRow,
    { monthly, onDay }: { monthly: bigint; onDay: Day },
  ): Promise<void> {
    const isBack = sql`exists (select from subscription_movements m where ${db.tenant('m')} and m.subscription_id = ${id}::uuid)`;
    const came = followsId ? sql`'reactivation'` : sql`case when ${isBack} then 'reactivation' else 'new' end`;
    const kind =
      before === 0n ? came : sql`${monthly === 0n ? 'churn' : monthly > before ? 'expansion' : 'contraction'}`;
    const row = { kind, currency, amount: monthly - before, onDay, createdAt: context.clock.now() };
    await db.execute(
      insertInto('subscription_movements', { ...row, id: newId(), billingAccountId, subscriptionId: id }),
    );
    await db.execute(sql`
      update subscriptions t set monthly = ${monthly} where ${db.tenant('t')} and t.id = ${id}::uuid`);
  }
}

/** Whether a price is still sold, and to whom. */
export interface PriceState {
  archivedAt: Date | null;
  planArchivedAt: Date | null;
  trialDays: number;
  kind: 'plan' | 'addition';
  family: string | null;
  isOffered: boolean;
  description: string | null;
}
export const PRICE_STATE = sql`r.archived_at as "archivedAt", p.archived_at as "planArchivedAt", r.trial_days as "trialDays", p.kind, p.family,
  p.is_offered as "isOffered", p.description`;

export const keptItem = ({ id, priceId, quantity, detail, onceBilledOn }: Item): KeptItem => ({
  id,
  priceId,
  quantity,
  detail,
  onceBilledOn,
});

function actorOf({ actor: { type, id } }: OrganizationContext) {
  const actorType = type === 'user' ? 'portal' : type === 'staff' ? 'staff' : 'system';
  return { actorType, actorId: actorType === 'system' ? null : id };
}
