import type { Day } from '@balcao/money';
import {
  countOf,
  join,
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
import type { ProposalState } from '../domain/proposal.js';
import { PROPOSAL_COLUMNS, type ProposalRow, type StaffProposalRow } from './proposal.rows.js';

/** What people narrow their lists by. */
export interface ProposalFilter extends PageWish {
  status?: ProposalState[];
  /** A part of a number or of a title. */
  q?: string;
  billingAccountId?: string;
}

export interface ProposalPage<Row> extends Total {
  rows: Row[];
  nextCursor: string | null;
}

const order = <Row extends ProposalRow>(): ListOrder<Row> => ({
  name: '-createdAt',
  columns: [
    { column: 'created_at', kind: 'time', of: ({ createdAt }) => createdAt },
    { column: 'id', kind: 'id', of: ({ id }) => id },
  ],
  descending: true,
});

/** By the day, as people are told it: what nobody decided in time is expired, whether or not its row says so yet. */
function anyStatus(status: readonly ProposalState[], today: Day): Sql {
  const over = sql`t.valid_until < ${today}::date`;
  const each = status.map((one) => {
    if (one === 'sent') return sql`(t.state = 'sent' and not (${over}))`;
    return one === 'expired' ? sql`(t.state = 'expired' or (t.state = 'sent' and ${over}))` : sql`t.state = ${one}`;
  });
  return sql`(${join(each, ' or ')})`;
}

const listOf = (within: Sql, stretch: Sql, { status, q }: ProposalFilter, today: Day): WalkedList => ({
  table: 'proposals',
  within,
  stretches: [stretch],
  filters: [
    ...(status?.length ? [anyStatus(status, today)] : []),
    ...(q?.trim() ? [sql`position(fold(${q.trim()}) in t.words) > 0`] : []),
  ],
});

async function page<Row extends ProposalRow>(
  db: Db,
  list: WalkedList,
  wish: PageWish,
  select: (from: Sql, counted: Sql) => Sql,
): Promise<ProposalPage<Row>> {
  const total = sql`${countOf(list, order())} as counted`;
  const { rows, nextCursor } = await readPage<Row & { counted?: number }>(db, list, order(), wish, (from) =>
    select(from, total),
  );
  const counted = rows[0]?.counted ?? (await db.queryPlanned<{ counted: number }>(sql`select ${total}`))[0]!.counted;
  return { rows, nextCursor, ...totalOf(counted) };
}

/** A page of the account's proposals that were sent, the latest first. */
export const listPortalProposals = (db: Db, filter: ProposalFilter, today: Day): Promise<ProposalPage<ProposalRow>> =>
  page(
    db,
    listOf(db.account('t'), sql`t.sent_at is not null`, filter, today),
    filter,
    (from, counted) => sql`select ${PROPOSAL_COLUMNS}, ${counted} from ${from} order by ${orderBy(order())}`,
  );

/** A page of the organization's proposals, or a customer's, drafts among them, the latest first. */
export const listStaffProposals = (
  db: Db,
  filter: ProposalFilter,
  today: Day,
): Promise<ProposalPage<StaffProposalRow>> =>
  page(
    db,
    listOf(
      db.tenant('t'),
      filter.billingAccountId ? sql`t.billing_account_id = ${filter.billingAccountId}::uuid` : sql`true`,
      filter,
      today,
    ),
    filter,
    (from, counted) => sql`
      select ${PROPOSAL_COLUMNS}, a.name as "billingAccountName", staff_name(t.contact_id) as "contactName", ${counted}
      from ${from} join billing_accounts a on ${db.tenant('a')} and a.id = t.billing_account_id order by ${orderBy(order())}`,
  );
