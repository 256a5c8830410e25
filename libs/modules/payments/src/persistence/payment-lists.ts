import type { GatewayMethod } from '@balcao/platform-gateways';
import {
  anyOf,
  columnsOf,
  countOf,
  orderBy,
  readPage,
  sql,
  totalOf,
  type Db,
  type ListOrder,
  type PageWish,
  type Sql,
  type Total,
  type WalkedList,
} from '@balcao/platform-tenancy';
import { OPEN_STATES, type PaymentState } from '../domain/payment.js';
import { PAYMENT_COLUMNS, type PaymentHeld } from './payment.rows.js';

export interface ListPage<Row> extends Total {
  rows: Row[];
  nextCursor: string | null;
}

export interface PaymentFilter extends PageWish {
  billingAccountId?: string;
  /** Those that are to pay it, alone or with others. */
  invoiceId?: string;
  state?: PaymentState[];
  method?: GatewayMethod[];
  /** Only those of which nothing is known though something was asked, and that nobody looks after any more. */
  needsLook?: boolean;
}

export interface StaffPaymentListRow extends PaymentHeld {
  billingAccountName: string;
  /** Of the first invoice that it pays, and of how many. */
  invoiceNumber: string;
  invoiceCount: number;
}

const NEWEST: ListOrder<StaffPaymentListRow> = {
  name: '-createdAt',
  columns: [
    { column: 'created_at', kind: 'time', of: ({ createdAt }) => createdAt },
    { column: 'id', kind: 'id', of: ({ id }) => id },
  ],
  descending: true,
};

/** The organization's payments, or a customer's, the latest first. */
export async function listPayments(
  db: Db,
  { billingAccountId, invoiceId, state, method, needsLook, ...wish }: PaymentFilter,
): Promise<ListPage<StaffPaymentListRow>> {
  const open = [...OPEN_STATES];
  return page(
    db,
    {
      table: 'payments',
      within: db.tenant('t'),
      stretches: [billingAccountId ? sql`t.billing_account_id = ${billingAccountId}::uuid` : sql`true`],
      filters: [
        ...anyOf('state', state),
        ...anyOf('method', method),
        ...(invoiceId
          ? [
              sql`t.id = any(array(select g.payment_id from payment_targets g where ${db.tenant('g')} and g.invoice_id = ${invoiceId}::uuid))`,
            ]
          : []),
        ...(needsLook ? [sql`t.ask_at is null and t.state = any(${open}::text[])`] : []),
      ],
    },
    NEWEST,
    wish,
    (rows) => sql`
      select ${PAYMENT_COLUMNS}, a.name as "billingAccountName", i.number as "invoiceNumber",
        (select count(*)::int from payment_targets g where ${db.tenant('g')} and g.payment_id = p.id) as "invoiceCount"
      from (select t.* from ${rows}) p
      join billing_accounts a on ${db.tenant('a')} and a.id = p.billing_account_id
      join payment_targets f on ${db.tenant('f')} and f.payment_id = p.id and f.position = 0
      join invoices i on ${db.tenant('i')} and i.id = f.invoice_id
      order by p.created_at desc, p.id desc`,
  );
}

export const GATEWAY_EVENT_STATES = ['received', 'done', 'ignored', 'failed'] as const;
export type GatewayEventState = (typeof GATEWAY_EVENT_STATES)[number];

export interface GatewayEventRow {
  id: string;
  gatewayAccountId: string;
  gatewayName: string;
  eventId: string;
  type: string;
  state: GatewayEventState;
  problem: string | null;
  paymentId: string | null;
  receivedAt: Date;
  doneAt: Date | null;
}

const latestHeard = <Row extends { receivedAt: Date; id: string }>(): ListOrder<Row> => ({
  name: '-receivedAt',
  columns: [
    { column: 'received_at', kind: 'time', of: ({ receivedAt }) => receivedAt },
    { column: 'id', kind: 'id', of: ({ id }) => id },
  ],
  descending: true,
});

/** What gateways have told, the latest first. */
export async function listGatewayEvents(
  db: Db,
  { state, paymentId, ...wish }: PageWish & { state?: GatewayEventState[]; paymentId?: string },
): Promise<ListPage<GatewayEventRow>> {
  return page(
    db,
    {
      table: 'gateway_events',
      within: db.tenant('t'),
      stretches: [paymentId ? sql`t.payment_id = ${paymentId}::uuid` : sql`true`],
      filters: anyOf('state', state),
    },
    latestHeard(),
    wish,
    (rows) => sql`
      select ${columnsOf('t', ['id', 'gatewayAccountId', 'eventId', 'type', 'state', 'problem', 'paymentId', 'receivedAt', 'doneAt'])},
        a.name as "gatewayName"
      from ${rows} join gateway_accounts a on ${db.tenant('a')} and a.id = t.gateway_account_id order by ${orderBy(latestHeard())}`,
  );
}

export const STRAY_STATES = ['open', 'assigned', 'dismissed'] as const;
export type StrayState = (typeof STRAY_STATES)[number];

/** Money that nobody here asked for. In minor units of `currency`; what went back before anybody decided is not among it. */
export interface StrayPaymentRow {
  id: string;
  gatewayAccountId: string;
  gatewayName: string;
  gatewayId: string;
  method: GatewayMethod;
  currency: string;
  amount: bigint;
  receivedAt: Date;
  receivedOn: string;
  state: StrayState;
  billingAccountId: string | null;
  billingAccountName: string | null;
  note: string | null;
  decidedAt: Date | null;
}

export async function listStrayPayments(
  db: Db,
  { state, ...wish }: PageWish & { state?: StrayState[] },
): Promise<ListPage<StrayPaymentRow>> {
  return page(
    db,
    {
      table: 'stray_payments',
      within: db.tenant('t'),
      stretches: state?.length
        ? state.map((each) => sql`t.state = ${each}`)
        : STRAY_STATES.map((each) => sql`t.state = ${each}`),
      filters: [],
    },
    latestHeard(),
    wish,
    (rows) => strays(db, rows),
  );
}

const strays = (db: Db, rows: Sql) => sql`
  select ${columnsOf('t', [
    'id',
    'gatewayAccountId',
    'gatewayId',
    'method',
    'currency',
    'receivedAt',
    'receivedOn',
    'state',
    'note',
    'decidedAt',
  ])}, case when t.state = 'dismissed' then t.amount else t.amount - t.returned end as amount, g.name as "gatewayName", a.id as "billingAccountId", a.name as "billingAccountName"
  from ${rows} join gateway_accounts g on ${db.tenant('g')} and g.id = t.gateway_account_id
  left join deposits d on ${db.tenant('d')} and d.id = t.deposit_id
  left join billing_accounts a on ${db.tenant('a')} and a.id = d.billing_account_id
  order by ${orderBy(latestHeard())}`;

async function page<Row extends object>(
  db: Db,
  list: WalkedList,
  order: ListOrder<Row>,
  wish: PageWish,
  told: (rows: Sql) => Sql,
): Promise<ListPage<Row>> {
  const [read, counted] = await Promise.all([
    readPage<Row>(db, list, order, wish, told),
    db.queryPlanned<{ counted: number }>(sql`select ${countOf(list, order)} as counted`),
  ]);
  return { ...read, ...totalOf(counted[0]!.counted) };
}
