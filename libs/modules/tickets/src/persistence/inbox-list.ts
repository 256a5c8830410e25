import {
  countOf,
  join,
  orderBy,
  raw,
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
import type { TicketPriority, TicketStatus, TicketType } from '../domain/ticket.js';
import { filtersOf, rankOf } from './portal-ticket-list.js';
import { lastComment } from './comment.repository.js';
import { foundTickets, searchTickets } from './ticket-search.js';
import {
  LIST_COLUMNS,
  STAFF_LIST_COLUMNS,
  STAFF_LIST_JOINS,
  SUBMITTER_NAME,
  authorName,
  type InboxRow,
} from './ticket.rows.js';

/**
 * The staff's queues: mine and unassigned hold what is not finished, as does open. Unassigned has the tickets of
 * suspended colleagues too, whom nobody waits for.
 */
export const INBOX_VIEWS = ['mine', 'unassigned', 'open', 'all'] as const;
export type InboxView = (typeof INBOX_VIEWS)[number];

export const INBOX_SORTS = ['-lastActivityAt', 'lastActivityAt', '-priority', 'priority'] as const;
export type InboxSort = (typeof INBOX_SORTS)[number];

export interface InboxFilter extends PageWish {
  view: InboxView;
  /** With `q` the newest tickets come first unless another order than the usual is wished. */
  sort: InboxSort;
  status?: TicketStatus[];
  priority?: TicketPriority[];
  type?: TicketType[];
  q?: string;
  billingAccountId?: string;
  /** Only what this colleague takes care of. */
  assigneeId?: string;
}

export interface InboxPage extends Total {
  rows: InboxRow[];
  /** Tickets of each view, whatever else is filtered. */
  counts: Record<InboxView, number>;
  countsExact: Record<InboxView, boolean>;
  nextCursor: string | null;
}

interface Reader {
  staffId: string;
  now: Date;
}

const isFinished = (status: TicketStatus) => status === 'resolved' || status === 'closed';
/** In these words the partial indexes of the table know what is unfinished. */
const UNFINISHED = sql`t.status not in ('resolved', 'closed')`;
const SNIPPET_LENGTH = 200;
/** The tickets of so many suspended colleagues wait among the unassigned at a time. */
const MOST_SUSPENDED = 20;

const ACTIVITY = { column: 'last_activity_at', kind: 'time', of: (row: InboxRow) => row.lastActivityAt } as const;
const SORTED_BY = {
  lastActivityAt: [ACTIVITY],
  priority: [{ column: 'priority_rank', kind: 'rank', of: (row: InboxRow) => rankOf(row.priority) }, ACTIVITY],
} as const;

function orderOf(sort: InboxSort): ListOrder<InboxRow> {
  const columns = SORTED_BY[sort.replace('-', '') as keyof typeof SORTED_BY];
  const id = { column: 'id', kind: 'id', of: (row: InboxRow) => row.id } as const;
  return { name: sort, columns: [...columns, id], descending: sort.startsWith('-') };
}
const LATEST = orderOf('-lastActivityAt');

/** No index is in the order of priorities: of the latest ones so many are put into it as a list looks at. */
function inOrder(list: WalkedList, { sort }: InboxFilter): WalkedList {
  if (sort.endsWith('lastActivityAt')) return list;
  if (list.stretches.length === 1) return { ...list, readBy: LATEST };
  return { ...list, readBy: LATEST, stretches: [sql`true`], filters: [...asFilters(list.stretches), ...list.filters] };
}

/** A page of the inbox and the numbers of its views. */
export async function listInbox(db: Db, filter: InboxFilter, { staffId, now }: Reader): Promise<InboxPage> {
  const suspended = await suspendedWithTickets(db);
  const view = (name: InboxView) => viewOf(db, name, staffId, suspended);
  const list = narrowed(view(filter.view), filter);
  const counted = INBOX_VIEWS.map((name) => sql`${countOf(view(name), LATEST)} as ${raw(name)}`);
  const isSearch = Boolean(filter.q?.trim());
  const order = orderOf(filter.sort);
  const counts = (await db.first<Record<InboxView, number>>(sql`select ${join(counted, ', ')}`))!;
  const matching =
    isNarrowed(filter) && !isSearch
      ? await db.queryPlanned<{ total: number }>(sql`select ${countOf(list, LATEST)} as total`)
      : [];
  const page = isSearch
    ? await searched(db, filter, list, now)
    : {
        ...(await readPage<InboxRow>(db, inOrder(list, filter), order, filter, (from) =>
          rowsOf(db, from, orderBy(order)),
        )),
        ...totalOf(matching[0]?.total ?? counts[filter.view]),
      };
  return {
    ...page,
    counts: ofEachView((view) => totalOf(counts[view]).total),
    countsExact: ofEachView((view) => totalOf(counts[view]).totalExact),
  };
}

const ofEachView = <Value>(value: (view: InboxView) => Value) =>
  Object.fromEntries(INBOX_VIEWS.map((view) => [view, value(view)])) as Record<InboxView, Value>;

async function searched(db: Db, filter: InboxFilter, list: WalkedList, now: Date) {
  const { q, cursor, limit, offset, billingAccountId } = filter;
  const filters = [...asFilters(list.stretches), ...list.filters];
  const order = filter.sort === '-lastActivityAt' ? undefined : orderOf(filter.sort);
  const wish = { q: q!, cursor, limit, offset, billingAccountId, filters, order, now };
  const { ids, ...page } = await searchTickets(db, wish);
  const { from, order: asFound } = foundTickets(db, ids);
  return { rows: await db.queryPlanned<InboxRow>(rowsOf(db, from, asFound)), ...page };
}

/** The rows of a page; what is joined to it is looked up for its rows only. */
const rowsOf = (db: Db, from: Sql, order: Sql): Sql => sql`
  select ${LIST_COLUMNS}, ${STAFF_LIST_COLUMNS},
    left(coalesce(m.body, t.description), ${SNIPPET_LENGTH}) as snippet, coalesce(m.author_type, 'portal') as "snippetAuthorType",
    coalesce(m.author_id, t.submitted_by_id) as "snippetAuthorId", case when m.id is null then ${SUBMITTER_NAME} else ${authorName('m')} end as "snippetAuthorName",
    coalesce(m.is_public, true) as "snippetIsPublic"
  from ${from} ${STAFF_LIST_JOINS}
  left join ${lastComment(db, sql`true`)} m on true
  order by ${order}`;

const assignedTo = (id: string) => sql`t.assignee_id = ${id}::uuid and ${UNFINISHED}`;

function viewOf(db: Db, view: InboxView, staffId: string, suspended: readonly string[]): WalkedList {
  const stretches = {
    mine: [assignedTo(staffId)],
    unassigned: [sql`t.assignee_id is null and ${UNFINISHED}`, ...suspended.map(assignedTo)],
    open: [UNFINISHED],
    all: [sql`true`],
  };
  return { table: 'tickets', within: db.tenant('t'), stretches: stretches[view], filters: [] };
}

/** The view with the other filters, by the index that serves them best. */
function narrowed(
  list: WalkedList,
  { view, billingAccountId, assigneeId, status, ...others }: InboxFilter,
): WalkedList {
  const statuses = [...new Set(status)];
  if (assigneeId && !billingAccountId && view !== 'all') {
    const within = view === 'open' ? [] : asFilters(list.stretches);
    const filters = [...within, ...filtersOf({ status, ...others })];
    return { ...list, stretches: [assignedTo(assigneeId)], filters };
  }
  const rest = [...filtersOf(others), ...(assigneeId ? [sql`t.assignee_id = ${assigneeId}::uuid`] : [])];
  if (billingAccountId) {
    const stretches = [sql`t.billing_account_id = ${billingAccountId}::uuid`];
    return { ...list, stretches, filters: [...asFilters(list.stretches), ...filtersOf({ status }), ...rest] };
  }
  if ((view === 'all' || view === 'open') && statuses.length > 0 && (statuses.length === 1 || rest.length === 0)) {
    const shown = statuses.filter((each) => view === 'all' || !isFinished(each));
    const stretches = shown.map((each) => sql`t.status = ${each}`);
    return { ...list, stretches: stretches.length > 0 ? stretches : [sql`false`], filters: rest };
  }
  const filters = [...filtersOf({ status }), ...rest];
  if (filters.length === 0 || list.stretches.length === 1) return { ...list, filters };
  return { ...list, stretches: [UNFINISHED], filters: [...asFilters(list.stretches), ...filters] };
}

/** Several stretches as one condition. */
function asFilters(stretches: readonly Sql[]): Sql[] {
  const [first, ...others] = stretches;
  return others.reduce<Sql[]>(
    ([either], other) => [sql`(${either} or ${other})`],
    first === undefined || first.sql === 'true' ? [] : [first],
  );
}

/** Colleagues who are suspended and still have tickets that are not finished. */
async function suspendedWithTickets(db: Db): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    select s.id from staff_users s where ${db.tenant('s')} and s.status = 'suspended' and exists (
      select from tickets t where ${db.tenant('t')} and t.assignee_id = s.id and ${UNFINISHED})
    order by s.id limit ${MOST_SUSPENDED}`);
  return rows.map(({ id }) => id);
}

/** Whether anything narrows the view. */
function isNarrowed({
  view: _view,
  sort: _sort,
  limit: _l,
  offset: _o,
  cursor: _c,
  ...narrowing
}: InboxFilter): boolean {
  return Object.values(narrowing).some((value: string | string[] | undefined) => value?.length);
}
