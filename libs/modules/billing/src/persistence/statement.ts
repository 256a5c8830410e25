import { addDays, addMonths, type Day } from '@balcao/money';
import { found, refusedField } from '@balcao/platform-errors';
import {
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
import type { EntryKind, LedgerEntryEntity } from './billing.entities.js';
import { exported, type ExportedList } from './invoice-list.js';

const ENTRY = ['id', 'kind', 'side', 'amount', 'currency', 'invoiceId', 'reason', 'postedOn', 'postedAt'] as const;

/** A line of the transactions. */
export interface TransactionRow extends Pick<LedgerEntryEntity, (typeof ENTRY)[number]> {
  invoiceNumber: string | null;
  invoiceTitle: string | null;
  /** Of a credit note. */
  number: string | null;
  /** How money came in, and what a deposit was called there. */
  method: string | null;
  reference: string | null;
  /** What money that came in has paid: at most `MOST_PAID` invoices, the earliest due first. */
  paid: PaidInvoice[];
}

/** So much of an invoice. */
export interface PaidInvoice {
  invoiceId: string;
  number: string;
  /** Of the entry's currency, in minor units, in digits. */
  amount: string;
}

/** So many invoices are named that one payment has paid; most pay one. */
const MOST_PAID = 20;

export interface TransactionFilter extends PageWish {
  billingAccountId: string;
  kind?: EntryKind[];
  /** Posted on that day or later, and on that day or earlier. */
  from?: Day;
  to?: Day;
}

const NEWEST: ListOrder<TransactionRow> = {
  name: '-postedAt',
  columns: [
    { column: 'posted_at', kind: 'time', of: ({ postedAt }) => postedAt },
    { column: 'id', kind: 'id', of: ({ id }) => id },
  ],
  descending: true,
};

const told = (db: Db) => sql`${columnsOf('t', ENTRY)}, i.number as "invoiceNumber", i.title as "invoiceTitle", n.number,
  coalesce(m.method, w.method) as method, m.reference, case when t.kind in ('deposit', 'payment') then ${paidBy(db)} else '[]' end as paid`;
/** Allocations that were taken back count no more. */
const paidBy = (db: Db) => sql`(
  select coalesce(jsonb_agg(jsonb_build_object('invoiceId', x.id, 'number', x.number, 'amount', x.amount::text)
    order by x.due_on, x.id), '[]')
  from (select p.id, p.number, p.due_on, sum(s.amount) as amount from allocations s
    join ledger_entries d on ${db.account('d')} and d.id = s.debit_id and d.kind = 'invoice'
    join invoices p on ${db.account('p')} and p.id = d.source_id
    where ${db.account('s')} and s.credit_id = t.id
    group by p.organization_id, p.id having sum(s.amount) <> 0 order by p.due_on, p.id limit ${MOST_PAID}) x)`;
const joins = (db: Db) => sql`
  left join invoices i on ${db.account('i')} and i.id = t.invoice_id
  left join credit_notes n on t.kind = 'credit_note' and ${db.account('n')} and n.id = t.source_id
  left join deposits m on t.kind = 'deposit' and ${db.account('m')} and m.id = t.source_id
  left join receipt_methods w on t.kind = 'payment' and ${db.account('w')} and w.id = t.source_id`;

/** What happened to the account's books, the newest first. */
export async function listTransactions(
  db: Db,
  { billingAccountId, kind, from, to, ...wish }: TransactionFilter,
): Promise<Total & { rows: TransactionRow[]; nextCursor: string | null }> {
  const list = books(db, { billingAccountId, kind, from, to });
  const [page, counted] = await Promise.all([
    readPage<TransactionRow>(db, list, NEWEST, wish, (rows) => transactionsOf(db, rows)),
    db.queryPlanned<{ counted: number }>(sql`select ${countOf(list, NEWEST)} as counted`),
  ]);
  return { ...page, ...totalOf(counted[0]!.counted) };
}

export const transactionsExport = (filter: Omit<TransactionFilter, keyof PageWish>): ExportedList<TransactionRow> =>
  exported((db) => books(db, filter), NEWEST, transactionsOf);

/** An entry of whatever customer, with what they are known by. */
export interface EntryRow extends TransactionRow {
  billingAccountName: string;
  billingAccountTaxId: string | null;
  billingAccountExternalId: string | null;
}

/** Days of which a file holds the books: a year of them. */
const MOST_EXPORT_DAYS = 366;

const BOOKED: ListOrder<EntryRow> = {
  name: 'postedOn',
  columns: [
    { column: 'posted_on', kind: 'day', of: ({ postedOn }) => postedOn },
    { column: 'id', kind: 'id', of: ({ id }) => id },
  ],
  descending: false,
};

/**
 * The books of all customers between two days, both included, the oldest first.
 * @throws DomainError validation_failed for days in the wrong order or too far apart
 */
export function entriesExport({ from, to }: { from: Day; to: Day }): ExportedList<EntryRow> {
  if (from > to) throw refusedField('to', 'afterStart');
  if (from < addDays(to, -MOST_EXPORT_DAYS)) throw refusedField('from', 'max', { max: MOST_EXPORT_DAYS });
  return exported<EntryRow>(
    (db) => ({
      table: 'ledger_entries',
      within: db.tenant('t'),
      stretches: [sql`t.posted_on >= ${from}::date and t.posted_on <= ${to}::date`],
      filters: [],
    }),
    BOOKED,
    (db, rows) => sql`
      select ${told(db)}, a.name as "billingAccountName", a.tax_id as "billingAccountTaxId", a.external_id as "billingAccountExternalId"
      from ${rows} join billing_accounts a on ${db.tenant('a')} and a.id = t.billing_account_id ${joins(db)} order by ${orderBy(BOOKED)}`,
  );
}

const transactionsOf = (db: Db, rows: Sql) =>
  sql`select ${told(db)} from ${rows} ${joins(db)} order by ${orderBy(NEWEST)}`;

function books(db: Db, { billingAccountId, kind = [], from, to }: Omit<TransactionFilter, keyof PageWish>): WalkedList {
  return {
    table: 'ledger_entries',
    within: sql`${db.account('t')} and t.billing_account_id = ${billingAccountId}::uuid`,
    stretches: [sql`true`],
    filters: [
      ...(kind.length > 0 ? [sql`t.kind = any(${kind}::text[])`] : []),
      ...(from ? [sql`t.posted_on >= ${from}::date`] : []),
      ...(to ? [sql`t.posted_on <= ${to}::date`] : []),
    ],
  };
}

/** A line of a statement, with what the customer owed behind it. */
export interface StatementRow extends TransactionRow {
  /** In minor units; below zero where the customer has credit. */
  balance: bigint;
}

export interface Statement {
  currency: string;
  from: Day;
  to: Day;
  opening: bigint;
  closing: bigint;
  /** Oldest first; `MOST_STATEMENT_ROWS` at most. */
  rows: StatementRow[];
  /** Whether there are more than these. */
  isCut: boolean;
}

/** A time of which somebody wants to see the books, as far as they say. */
export interface AskedPeriod {
  currency?: string;
  from?: Day;
  to?: Day;
}
export type StatementPeriod = Required<AskedPeriod>;

/** Two years, and the days of both ends. */
const MOST_STATEMENT_DAYS = 732;

/**
 * The time of a statement, three months up to today where no days are named.
 * @throws DomainError validation_failed for days in the wrong order or too far apart
 */
export function statementPeriod(
  { currency, from, to }: AskedPeriod,
  usual: { currency: string; today: Day },
): StatementPeriod {
  const last = to ?? usual.today;
  const first = from ?? addMonths(last, -3);
  if (first > last) throw refusedField('to', 'afterStart');
  if (first < addDays(last, -MOST_STATEMENT_DAYS)) throw refusedField('from', 'max', { max: MOST_STATEMENT_DAYS });
  return { currency: currency ?? usual.currency, from: first, to: last };
}

/** A statement has so many lines; of a longer time several are asked for. */
export const MOST_STATEMENT_ROWS = 2_000;

/** The books of one account in one currency between two days, both included. */
export async function readStatement(
  db: Db,
  { billingAccountId, currency, from, to }: StatementPeriod & { billingAccountId: string },
): Promise<Statement> {
  const within = sql`${db.account('t')} and t.billing_account_id = ${billingAccountId}::uuid and t.currency = ${currency}`;
  const signed = sql`case t.side when 'debit' then t.amount else -t.amount end`;
  const [sums, rows] = await Promise.all([
    db.query<{ opening: bigint; closing: bigint }>(sql`
      select coalesce(sum(${signed}) filter (where t.posted_on < ${from}::date), 0)::bigint as opening,
        coalesce(sum(${signed}), 0)::bigint as closing
      from ledger_entries t where ${within} and t.posted_on <= ${to}::date`),
    db.query<Omit<StatementRow, 'balance'>>(sql`
      select ${told(db)} from ledger_entries t ${joins(db)}
      where ${within} and t.posted_on between ${from}::date and ${to}::date
      order by t.posted_on, t.posted_at, t.id limit ${MOST_STATEMENT_ROWS + 1}`),
  ]);
  const { opening, closing } = sums[0]!;
  let balance = opening;
  const lines = rows.slice(0, MOST_STATEMENT_ROWS).map((row) => {
    balance += row.side === 'debit' ? row.amount : -row.amount;
    return { ...row, balance };
  });
  return { currency, from, to, opening, closing, rows: lines, isCut: rows.length > MOST_STATEMENT_ROWS };
}

/** What the customer is called. @throws DomainError not_found where there is none */
export async function accountName(db: Db, id: string): Promise<string> {
  const account = await db.first<{ name: string }>(
    sql`select a.name from billing_accounts a where ${db.tenant('a')} and a.id = ${id}::uuid`,
  );
  return found(account).name;
}

/** What the account owes in each currency, and the credit that nothing has used yet. */
export async function balancesOf(
  db: Db,
  billingAccountId: string,
): Promise<{ currency: string; balance: bigint; credit: bigint }[]> {
  return db.query(sql`
    select a.currency, a.balance, coalesce((
        select sum(e.amount - e.allocated) from ledger_entries e
        where e.organization_id = a.organization_id and e.billing_account_id = a.billing_account_id and e.currency = a.currency
          and e.side = 'credit' and e.allocated < e.amount), 0)::bigint as credit
    from ledger_accounts a where ${db.account('a')} and a.billing_account_id = ${billingAccountId}::uuid order by a.currency`);
}
