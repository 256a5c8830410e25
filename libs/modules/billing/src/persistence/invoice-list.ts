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
import { hasWords, searchedPapers } from './paper-search.js';
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
  const list = portalList(db, filter, today);
  return pageOfInvoices(db, list, portalOrder(filter.sort), filter, (from) => sql`${from}`, LIST_COLUMNS);
}

const portalList = (db: Db, filter: PortalInvoiceFilter, today: Day): WalkedList => ({
  table: 'invoices',
  within: db.account('t'),
  stretches: [join([OPENED, ...dueWithin(filter)], ' and ')],
  filters: [...anyStatus(filter.status, today), ...(filter.q?.trim() ? [hasWords(filter.q)] : [])],
});

/** A page of the organization's invoices, drafts among them. What is asked for by its due day is opened. */
export async function listStaffInvoices(
  db: Db,
  filter: StaffInvoiceFilter,
  today: Day,
): Promise<InvoicePage<StaffInvoiceListRow>> {
  const list = await staffList(db, filter, today);
  return pageOfInvoices(
    db,
    list,
    staffOrder(filter.sort),
    filter,
    (from) => sql`${from} join billing_accounts a on ${db.tenant('a')} and a.id = t.billing_account_id`,
    sql`${LIST_COLUMNS}, ${STAFF_LIST_COLUMNS}`,
  );
}

/** Rows, their number and where the next page begins. */
async function pageOfInvoices<Row extends object>(
  db: Db,
  list: WalkedList,
  order: ListOrder<Row>,
  wish: PageWish,
  joined: (from: Sql) => Sql,
  columns: Sql,
): Promise<InvoicePage<Row>> {
  const total = sql`${countOf(list, order)} as counted`;
  const { rows, nextCursor } = await readPage<Row & { counted?: number }>(
    db,
    list,
    order,
    wish,
    (from) => sql`select ${columns}, ${total} from ${joined(from)} order by ${orderBy(order)}`,
  );
  const counted = rows[0]?.counted ?? (await db.queryPlanned<{ counted: number }>(sql`select ${total}`))[0]!.counted;
  return { rows, nextCursor, ...totalOf(counted) };
}

/** The rows of such a list behind a cursor, without counting them; and whether there are more of them than a file may have. */
export interface ExportedList<Row> {
  isTooLong(db: Db, most: number): Promise<boolean>;
  batch(db: Db, cursor: string | undefined, limit: number): Promise<{ rows: Row[]; nextCursor: string | null }>;
}

export const portalInvoicesExport = (filter: PortalInvoiceFilter, today: Day): ExportedList<InvoiceListRow> => {
  const order = portalOrder(filter.sort);
  return exported(
    (db) => portalList(db, filter, today),
    order,
    (_db, from) => sql`select ${LIST_COLUMNS} from ${from} order by ${orderBy(order)}`,
  );
};

/** In the order of the index that has what is asked for, since all of it is read. */
export const staffInvoicesExport = (filter: StaffInvoiceFilter, today: Day): ExportedList<StaffInvoiceListRow> => {
  const isSearch = Boolean(filter.q?.trim());
  const sort = !isSearch && dueWithin(filter).length > 0 ? '-dueOn' : '-createdAt';
  const order = staffOrder(sort);
  return exported(
    (db) => staffList(db, { ...filter, sort }, today),
    order,
    (db, from) => sql`
      select ${LIST_COLUMNS}, ${STAFF_LIST_COLUMNS} from ${from}
      join billing_accounts a on ${db.tenant('a')} and a.id = t.billing_account_id order by ${orderBy(order)}`,
  );
};

/** An export of a list that is walked. */
export function exported<Row extends object>(
  listOf: (db: Db) => WalkedList | Promise<WalkedList>,
  order: ListOrder<Row>,
  select: (db: Db, from: Sql) => Sql,
): ExportedList<Row> {
  return {
    async isTooLong(db, most) {
      const { table, within, stretches, filters } = await listOf(db);
      const [beyond] = await db.queryPlanned(sql`
        select from ${raw(table)} t where ${join([within, ...stretches, ...filters], ' and ')} limit 1 offset ${most}`);
      return beyond !== undefined;
    },
    batch: async (db, cursor, limit) =>
      readPage<Row>(db, await listOf(db), order, { cursor, limit, offset: 0 }, (from) => select(db, from)),
  };
}

const staffList = async (db: Db, filter: StaffInvoiceFilter, today: Day): Promise<WalkedList> =>
  filter.q?.trim() ? searchedList(db, filter, today) : plainList(db, filter, today);

const OWED_STATUSES: readonly InvoiceStatus[] = ['open', 'partially_paid', 'overdue'];

/** The stretch of an index that has what is asked for, and what its entries are asked besides. */
function plainList(db: Db, filter: StaffInvoiceFilter, today: Day): WalkedList {
  const { sort } = filter;
  const byDue = sort.endsWith('dueOn');
  const due = dueWithin(filter);
  const status = [...new Set(filter.status)];
  const base = { table: 'invoices', within: within(db, filter) };
  const any = anyStatus(status, today);
  // One index is in the order of due days, and another of creation: whoever wants the other order reads first, and puts in order then.
  if (due.length > 0)
    return {
      ...base,
      stretches: [join([OPENED, ...due], ' and ')],
      filters: any,
      readBy: byDue ? undefined : (DUE_ORDER as ListOrder),
    };
  // What is owed is few, and has indexes of its own, in both orders.
  if (status.length > 0 && status.every((each) => OWED_STATUSES.includes(each)))
    return { ...base, stretches: [OWED], filters: any };
  if (status.length === 1)
    return {
      ...base,
      stretches: [sql`t.state = ${status[0]}`],
      filters: [],
      readBy: byDue ? (CREATED_ORDER as ListOrder) : undefined,
    };
  return { ...base, stretches: [byDue ? OPENED : sql`true`], filters: any };
}

const DUE_ORDER = staffOrder('-dueOn');
const CREATED_ORDER = staffOrder('-createdAt');

const dueWithin = ({ dueFrom, dueTo }: InvoiceFilter): Sql[] => [
  ...(dueFrom ? [sql`t.due_on >= ${dueFrom}::date`] : []),
  ...(dueTo ? [sql`t.due_on <= ${dueTo}::date`] : []),
];

/** Condition "has one of these statuses", by the columns that the indexes carry. */
function anyStatus(status: readonly InvoiceStatus[] | undefined, today: Day): Sql[] {
  if (!status?.length) return [];
  return [
    sql`(${join(
      [...new Set(status)].map((each) => hasStatus(each, today)),
      ' or ',
    )})`,
  ];
}

function hasStatus(status: InvoiceStatus, today: Day): Sql {
  const isLate = sql`t.payable_until < ${today}::date`;
  if (status === 'overdue') return sql`(${OWED} and ${isLate})`;
  if (status === 'open' || status === 'partially_paid') return sql`(t.state = ${status} and not ${isLate})`;
  return sql`t.state = ${status}`;
}

/** What a search means, of all of them or of a customer's. */
async function searchedList(db: Db, filter: StaffInvoiceFilter, today: Day): Promise<WalkedList> {
  const isOfOne = filter.billingAccountId !== undefined;
  const { stretches, filters } = await searchedPapers(db, filter.q!.trim(), { table: 'invoices', isOfOne });
  // A draft may have no due day to be in an order by.
  const isOpened = filter.sort.endsWith('dueOn') ? [OPENED] : [];
  const asked = [...anyStatus(filter.status, today), ...dueWithin(filter), ...isOpened];
  return { table: 'invoices', within: within(db, filter), stretches, filters: [...asked, ...filters] };
}

const within = (db: Db, { billingAccountId }: StaffInvoiceFilter): Sql =>
  billingAccountId ? sql`${db.tenant('t')} and t.billing_account_id = ${billingAccountId}::uuid` : db.tenant('t');

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
