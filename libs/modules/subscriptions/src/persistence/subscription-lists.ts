import type { Day } from '@balcao/money';
import {
  anyOf,
  columnsOf,
  countOf,
  empty,
  orderBy,
  readPage,
  sql,
  totalOf,
  type Db,
  type ListOrder,
  type PageWish,
  type Total,
  type WalkedList,
} from '@balcao/platform-tenancy';
import { INTERNAL_EVENTS, type HeldFor, type SubscriptionState } from '../domain/life.js';
import { SUBSCRIPTION_COLUMNS, type SubscriptionEventRow, type SubscriptionRow } from './subscription.rows.js';

export interface SubscriptionFilter extends PageWish {
  state?: SubscriptionState[];
  /** A number, or a part of one or of the title. */
  q?: string;
  billingAccountId?: string;
  planId?: string;
  /** Only those about which staff have to decide, for one of these reasons. */
  heldFor?: HeldFor[];
}

export interface SubscriptionListRow extends SubscriptionRow {
  billingAccountName: string;
  /** What of its invoices is still to pay, and what of that is late. */
  owed: bigint;
}

export interface SubscriptionPage extends Total {
  rows: SubscriptionListRow[];
  nextCursor: string | null;
}

const NEWEST: ListOrder<SubscriptionListRow> = {
  name: '-createdAt',
  columns: [
    { column: 'created_at', kind: 'time', of: ({ createdAt }) => createdAt },
    { column: 'id', kind: 'id', of: ({ id }) => id },
  ],
  descending: true,
};

/** Those of the organization, or of a customer, the latest first; of who has one account only theirs. */
export async function listSubscriptions(
  db: Db,
  { state, q, billingAccountId, planId, heldFor, ...wish }: SubscriptionFilter,
): Promise<SubscriptionPage> {
  const words = q?.trim();
  const list: WalkedList = {
    table: 'subscriptions',
    within: db.account('t'),
    stretches: [billingAccountId ? sql`t.billing_account_id = ${billingAccountId}::uuid` : sql`true`],
    filters: [
      ...anyOf('state', state),
      ...anyOf('held_for', heldFor),
      ...(words ? [sql`position((select fold(${words})) in t.words) > 0`] : []),
      ...(planId
        ? [
            sql`exists (select from subscription_items i where ${db.account('i')} and i.plan_id = ${planId}::uuid and i.subscription_id = t.id)`,
          ]
        : []),
    ],
  };
  const [read, counted] = await Promise.all([
    readPage<SubscriptionListRow>(
      db,
      list,
      NEWEST,
      wish,
      (rows) => sql`
      select ${SUBSCRIPTION_COLUMNS}, a.name as "billingAccountName", coalesce((select sum(i.owed) from invoices i
        where ${db.account('i')} and i.subscription_id = t.id and i.owed > 0), 0)::bigint as owed
      from ${rows} join billing_accounts a on ${db.tenant('a')} and a.id = t.billing_account_id order by ${orderBy(NEWEST)}`,
    ),
    db.queryPlanned<{ counted: number }>(sql`select ${countOf(list, NEWEST)} as counted`),
  ]);
  return { ...read, ...totalOf(counted[0]!.counted) };
}

/** What became of a subscription, the latest first, 200 at most. */
export async function eventsOf(
  db: Db,
  id: string,
  { internal }: { internal: boolean },
): Promise<SubscriptionEventRow[]> {
  const hidden = internal ? empty : sql`and e.kind <> all(${[...INTERNAL_EVENTS]})`;
  const columns = ['id', 'kind', 'onDay', 'untilDay', 'before', 'after', 'reason', 'amount', 'invoiceId', 'createdAt'];
  return db.query<SubscriptionEventRow>(sql`
    select ${columnsOf('e', columns)}, i.number as "invoiceNumber", i.title as "invoiceTitle",
      case e.actor_type when 'staff' then staff_name(e.actor_id) when 'portal' then (select u.name from portal_users u
        where ${db.account('u')} and u.id = e.actor_id) end as "actorName"
    from subscription_events e left join invoices i on ${db.account('i')} and i.id = e.invoice_id
    where ${db.account('e')} and e.subscription_id = ${id}::uuid ${hidden} order by e.created_at desc, e.id desc limit 200`);
}

/** An invoice of a subscription, as its page lists it. */
export interface SubscriptionInvoiceRow {
  id: string;
  number: string;
  title: string;
  currency: string;
  state: 'open' | 'partially_paid' | 'paid' | 'void' | 'credited' | 'written_off' | 'refunded';
  total: bigint;
  owed: bigint;
  openedOn: Day;
  dueOn: Day;
  payableUntil: Day;
}

/** Its invoices, the latest first, 100 at most. */
export async function invoicesOf(db: Db, id: string): Promise<SubscriptionInvoiceRow[]> {
  const columns = ['id', 'number', 'title', 'currency', 'state', 'total', 'owed', 'openedOn', 'dueOn', 'payableUntil'];
  return db.query<SubscriptionInvoiceRow>(sql`
    select ${columnsOf('i', columns)} from invoices i
    where ${db.account('i')} and i.subscription_id = ${id}::uuid and i.opened_at is not null order by i.opened_at desc, i.id desc limit 100`);
}
