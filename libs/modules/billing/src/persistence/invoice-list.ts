import { folded } from '@balcao/contracts';
import type { Day } from '@balcao/money';
import {
  countOf,
  orderBy,
  readPage,
  sql,
  totalOf,
  join,
  raw,
  type Db,
  type ListOrder,
  type PageWish,
  type Sql,
  type Total,
  type WalkedList,
} from '@balcao/platform-tenancy';
import type { InvoiceStatus } from '../domain/invoice.js';
import { LIST_COLUMNS, STAFF_LIST_COLUMNS, type InvoiceListRow, type StaffInvoiceListRow } from './invoice.rows.js';

/** What people narrow their lists by. */
export interface InvoiceFilter extends PageWish {
  status?: InvoiceStatus[];
  /** Due on that day or later, and on that day or earlier. */
  dueFrom?: Day;
  dueTo?: Day;
  /** A number, or a part of one or of the title. */
  q?: string;
}

export const PORTAL_INVOICE_SORTS = ['-dueOn', 'dueOn'] as const;
export type PortalInvoiceSort = (typeof PORTAL_INVOICE_SORTS)[number];
export interface PortalInvoiceFilter extends InvoiceFilter {
  sort: PortalInvoiceSort;
}

export const STAFF_INVOICE_SORTS = ['-createdAt', 'createdAt', '-dueOn', 'dueOn'] as const;
export type StaffInvoiceSort = (typeof STAFF_INVOICE_SORTS)[number];
export interface StaffInvoiceFilter extends InvoiceFilter {
  sort: StaffInvoiceSort;
  billingAccountId?: string;
}

export interface InvoicePage<Row> extends Total {
  rows: Row[];
  nextCursor: string | null;
}

const ID = { column: 'id', kind: 'id', of: ({ id }: { id: string }) => id } as const;
const DUE = { column: 'due_on', kind: 'day', of: ({ dueOn }: InvoiceListRow) => dueOn! } as const;
const CREATED = { column: 'created_at', kind: 'time', of: ({ createdAt }: StaffInvoiceListRow) => createdAt } as const;

const portalOrder = (sort: PortalInvoiceSort): ListOrder<InvoiceListRow> => ({
  name: sort,
  columns: [DUE, ID],
  descending: sort.startsWith('-'),
});
const staffOrder = (sort: StaffInvoiceSort): ListOrder<StaffInvoiceListRow> => ({
  name: sort,
  columns: [sort.endsWith('dueOn') ? DUE : CREATED, ID],
  descending: sort.startsWith('-'),
});

const OPENED = sql`t.opened_at is not null`;
/** In these words the partial indexes of the table know what is owed. */
const OWED = sql`t.owed > 0`;

/** A page of the account's invoices, the latest due first. */
export async function listPortalInvoices(
  db: Db,
  filter: PortalInvoiceFilter,
  today: Day,
): Promise<InvoicePage<InvoiceListRow>> {
  const order = portalOrder(filter.sort);
  const list = { table: 'invoices', within: db.account('t'), ...narrowed(filter, today, OPENED) };
  const total = sql`${countOf(list, order)} as counted`;
  const { rows, nextCursor } = await readPage<InvoiceListRow & { counted?: number }>(
    db,
    list,
    order,
    filter,
    (from) => sql`select ${LIST_COLUMNS}, ${total} from ${from} order by ${orderBy(order)}`,
  );
  const counted = rows[0]?.counted ?? (await db.queryPlanned<{ counted: number }>(sql`select ${total}`))[0]!.counted;
  return { rows, nextCursor, ...totalOf(counted) };
}

/** A page of the organization's invoices, drafts among them unless they are asked for by their due date. */
export async function listStaffInvoices(
  db: Db,
  filter: StaffInvoiceFilter,
  today: Day,
): Promise<InvoicePage<StaffInvoiceListRow>> {
  const order = staffOrder(filter.sort);
  const byDue = filter.sort.endsWith('dueOn');
  const of = filter.billingAccountId ? [sql`t.billing_account_id = ${filter.billingAccountId}::uuid`] : [];
  const { stretches, filters } = narrowed(filter, today, byDue ? OPENED : sql`true`);
  const list: WalkedList = {
    table: 'invoices',
    within: join([db.tenant('t'), ...of], ' and '),
    stretches,
    filters,
  };
  const total = sql`${countOf(list, order)} as counted`;
  const { rows, nextCursor } = await readPage<StaffInvoiceListRow & { counted?: number }>(
    db,
    list,
    order,
    filter,
    (from) => sql`
      select ${LIST_COLUMNS}, ${STAFF_LIST_COLUMNS}, ${total} from ${from}
      join billing_accounts a on ${db.tenant('a')} and a.id = t.billing_account_id order by ${orderBy(order)}`,
  );
  const counted = rows[0]?.counted ?? (await db.queryPlanned<{ counted: number }>(sql`select ${total}`))[0]!.counted;
  return { rows, nextCursor, ...totalOf(counted) };
}

/** The stretch of an index that has what is asked for, and what its entries are asked besides. */
function narrowed(
  { status = [], dueFrom, dueTo, q }: InvoiceFilter,
  today: Day,
  all: Sql,
): Pick<WalkedList, 'stretches' | 'filters'> {
  const filters = [
    ...(dueFrom ? [sql`t.due_on >= ${dueFrom}::date`] : []),
    ...(dueTo ? [sql`t.due_on <= ${dueTo}::date`] : []),
    ...(q?.trim() ? [searched(q)] : []),
  ];
  const wanted = [...new Set(status)];
  const [first] = wanted;
  if (first === undefined) return { stretches: [all], filters };
  const conditions = wanted.map((each) => hasStatus(each, today));
  // What is owed is few, and has an index of its own.
  const owed = wanted.every((each) => each === 'open' || each === 'partially_paid' || each === 'overdue');
  const any = sql`(${join(conditions, ' or ')})`;
  return { stretches: [owed ? sql`${all} and ${OWED}` : all], filters: [any, ...filters] };
}

/** What is said of a status by the columns that the indexes carry. */
function hasStatus(status: InvoiceStatus, today: Day): Sql {
  const isLate = sql`t.payable_until < ${today}::date`;
  if (status === 'overdue') return sql`(${OWED} and ${isLate})`;
  if (status === 'open' || status === 'partially_paid') return sql`(t.state = ${status} and not ${isLate})`;
  return sql`t.state = ${status}`;
}

/** Part of a number or of a title, accents and case apart. */
function searched(q: string): Sql {
  const pattern = `%${folded(q.trim()).replace(/[\\%_]/g, '\\$&')}%`;
  return sql`(fold(t.title) like ${pattern} or lower(t.number) like ${pattern})`;
}

/** What a customer has to pay in one currency. */
export interface AmountDue {
  currency: string;
  /** In minor units, without charges for lateness. */
  owed: bigint;
  invoices: number;
  overdue: bigint;
  overdueInvoices: number;
}

/** What the account owes, by currency, and its next invoices: those that are due first. */
export async function amountsDue(
  db: Db,
  today: Day,
  limit: number,
): Promise<{ due: AmountDue[]; rows: InvoiceListRow[] }> {
  const [due, rows] = await Promise.all([
    db.query<AmountDue>(sql`
      select t.currency, sum(t.owed)::bigint as owed, count(*)::integer as invoices,
        coalesce(sum(t.owed) filter (where t.payable_until < ${today}::date), 0)::bigint as overdue,
        (count(*) filter (where t.payable_until < ${today}::date))::integer as "overdueInvoices"
      from invoices t where ${db.account('t')} and ${OWED} group by t.currency order by t.currency`),
    db.query<InvoiceListRow>(sql`
      select ${LIST_COLUMNS} from invoices t where ${db.account('t')} and ${OWED} order by t.due_on, t.id limit ${limit}`),
  ]);
  return { due, rows };
}

/** Days behind the last day in time, as what is late is told apart. */
export const AGES = [15, 30, 60, 90] as const;

export interface AgeingRow {
  currency: string;
  /** Place in `AGES`, their number for what is older, and -1 for what is not late. */
  bucket: number;
  owed: bigint;
  invoices: number;
}

/** What is owed by how late it is, of the organization or of one of its customers. */
export async function ageing(db: Db, today: Day, billingAccountId?: string): Promise<AgeingRow[]> {
  const of = billingAccountId ? sql`and t.billing_account_id = ${billingAccountId}::uuid` : sql``;
  const days = sql`(${today}::date - t.payable_until)`;
  const bucket = sql`case when ${days} <= 0 then -1 ${join(
    AGES.map((age, place) => sql`when ${days} <= ${raw(String(age))} then ${raw(String(place))}`),
    ' ',
  )} else ${raw(String(AGES.length))} end`;
  return db.queryPlanned<AgeingRow>(sql`
    select t.currency, ${bucket} as bucket, sum(t.owed)::bigint as owed, count(*)::integer as invoices
    from invoices t where ${db.account('t')} ${of} and ${OWED} group by t.currency, 2 order by t.currency, 2`);
}
