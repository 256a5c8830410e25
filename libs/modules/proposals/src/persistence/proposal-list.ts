import { hasWords, searchedPapers } from '@balcao/module-billing';
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
  /** A number, a reference, or a part of one or of the title; of staff's a customer, too. */
  q?: string;
}

export interface StaffProposalFilter extends ProposalFilter {
  /** What staff call it elsewhere. */
  reference?: string;
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

const hasStatus = ({ status }: ProposalFilter, today: Day): Sql[] => (status?.length ? [anyStatus(status, today)] : []);

const portalList = (db: Db, filter: ProposalFilter, today: Day): WalkedList => ({
  table: 'proposals',
  within: db.account('t'),
  stretches: [sql`t.sent_at is not null`],
  filters: [...hasStatus(filter, today), ...(filter.q?.trim() ? [hasWords(filter.q)] : [])],
});

/** By the index of the customer, or of the reference, where one is named; a search finds its own. */
async function staffList(db: Db, filter: StaffProposalFilter, today: Day): Promise<WalkedList> {
  const { billingAccountId, reference } = filter;
  const q = filter.q?.trim();
  const isOfOne = billingAccountId !== undefined;
  const { stretches, filters } = q
    ? await searchedPapers(db, q, { table: 'proposals', key: 'reference_key', isOfOne })
    : { stretches: [sql`true`], filters: [] };
  const conditions = [
    db.tenant('t'),
    ...(isOfOne ? [sql`t.billing_account_id = ${billingAccountId}::uuid`] : []),
    ...(reference ? [sql`t.reference_key = fold(${reference})`] : []),
  ];
  const within = join(conditions, ' and ');
  return { table: 'proposals', within, stretches, filters: [...hasStatus(filter, today), ...filters] };
}

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
    portalList(db, filter, today),
    filter,
    (from, counted) => sql`select ${PROPOSAL_COLUMNS}, ${counted} from ${from} order by ${orderBy(order())}`,
  );

/** A page of the organization's proposals, or a customer's, drafts among them, the latest first. */
export const listStaffProposals = async (
  db: Db,
  filter: StaffProposalFilter,
  today: Day,
): Promise<ProposalPage<StaffProposalRow>> =>
  page(
    db,
    await staffList(db, filter, today),
    filter,
    (from, counted) => sql`
      select ${PROPOSAL_COLUMNS}, a.name as "billingAccountName", staff_name(t.contact_id) as "contactName", ${counted}
      from ${from} join billing_accounts a on ${db.tenant('a')} and a.id = t.billing_account_id order by ${orderBy(order())}`,
  );
