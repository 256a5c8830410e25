import {
  anyOf,
  countOf,
  orderBy,
  pageOf,
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
import { WAITS_FOR_CUSTOMER } from '../domain/ticket-status.js';
import { TICKET_PRIORITIES, type TicketPriority, type TicketStatus, type TicketType } from '../domain/ticket.js';
import { lastComment } from './comment.repository.js';
import { foundTickets, searchTickets } from './ticket-search.js';
import { LIST_COLUMNS, authorName, type TicketListRow } from './ticket.rows.js';

export const PORTAL_TICKET_SORTS = [
  '-createdAt',
  'createdAt',
  '-updatedAt',
  'updatedAt',
  '-priority',
  'priority',
] as const;
export type PortalTicketSort = (typeof PORTAL_TICKET_SORTS)[number];

export interface PortalTicketFilter extends PageWish {
  status?: TicketStatus[];
  type?: TicketType[];
  priority?: TicketPriority[];
  q?: string;
  /** With `q` the newest tickets come first unless another order than the usual is wished. */
  sort: PortalTicketSort;
}

export interface TicketPage<Row> extends Total {
  rows: Row[];
  /** How often the account's tickets had changed when the rows were read. */
  version: string;
  nextCursor: string | null;
}

interface PageFacts {
  counted: number;
  version: string;
}

const USUAL: PortalTicketSort = '-createdAt';
const CREATED = { column: 'created_at', kind: 'time', of: (row: TicketListRow) => row.createdAt } as const;
const SORTED_BY = {
  createdAt: [CREATED],
  updatedAt: [{ column: 'updated_at', kind: 'time', of: (row: TicketListRow) => row.updatedAt }],
  priority: [{ column: 'priority_rank', kind: 'rank', of: (row: TicketListRow) => rankOf(row.priority) }, CREATED],
} as const;

/** A page of the account's tickets; `ownerId` narrows to what that portal user submitted. */
export async function listPortalTickets(
  db: Db,
  filter: PortalTicketFilter,
  ownerId: string | undefined,
  now: Date,
): Promise<TicketPage<TicketListRow>> {
  const order = orderOf(filter.sort);
  if (filter.q?.trim()) return searched(db, filter, order, ownerId, now);
  const list = listOf(db, filter, ownerId);
  // Rows, their number and the version in one statement; where there is no row to carry them, they are asked for.
  const facts = sql`${countOf(list, order)} as counted, ${versionOf(db)} as version`;
  const { rows, nextCursor } = await readPage<TicketListRow & Partial<PageFacts>>(
    db,
    list,
    order,
    filter,
    (from) => sql`select ${LIST_COLUMNS}, ${facts} from ${from} order by ${orderBy(order)}`,
  );
  const { counted, version } =
    (rows[0] as PageFacts | undefined) ?? (await db.queryPlanned<PageFacts>(sql`select ${facts}`))[0]!;
  return { rows, version, nextCursor, ...totalOf(counted) };
}

async function searched(
  db: Db,
  filter: PortalTicketFilter,
  order: ListOrder<TicketListRow>,
  ownerId: string | undefined,
  now: Date,
): Promise<TicketPage<TicketListRow>> {
  const version = await ticketsVersion(db);
  const { q, cursor, limit, offset } = filter;
  const filters = filtersOf(filter);
  const wish = { q: q!, cursor, limit, offset, ownerId, filters, now };
  const { ids, ...page } = await searchTickets(db, { ...wish, order: filter.sort === USUAL ? undefined : order });
  const { from, order: asFound } = foundTickets(db, ids);
  const rows = await db.queryPlanned<TicketListRow>(sql`select ${LIST_COLUMNS} from ${from} order by ${asFound}`);
  return { rows, version, ...page };
}

/** What a customer comes back for: how many tickets are open and wait for them, and the first of these. */
export interface TicketOverview {
  open: Total;
  waiting: Total;
  rows: OverviewRow[];
}

export interface OverviewRow extends TicketListRow {
  /** Who of staff wrote last, and when; of what waits for the customer only. */
  answeredBy: string | null;
  answeredAt: Date | null;
}

const MOST_SHOWN = 5;
const IN_WORK = ['new', 'open', 'on_hold'] as const;

/** Numbers and tickets in one statement: those that wait for the customer come first, then the latest of the others. */
export async function ticketOverview(db: Db, ownerId: string | undefined): Promise<TicketOverview> {
  const order = orderOf(USUAL);
  const list = (status: readonly TicketStatus[]) => listOf(db, { ...LATEST, status: [...status] }, ownerId);
  const [waiting, inWork] = [[WAITS_FOR_CUSTOMER] as const, IN_WORK].map(list);
  const waits = sql`t.status = ${WAITS_FOR_CUSTOMER}`;
  const first = (which: WalkedList) => sql`select t.* from ${pageOf(which, order, LATEST)}`;
  const rows = await db.queryPlanned<OverviewRow & { open: number; waiting: number }>(sql`
    select ${LIST_COLUMNS}, ${authorName('a')} as "answeredBy", a.created_at as "answeredAt",
      ${countOf(list([...IN_WORK, WAITS_FOR_CUSTOMER]), order)} as open, ${countOf(waiting!, order)} as waiting
    from (${first(waiting!)} union all ${first(inWork!)}) t
    left join ${lastComment(db, sql`c.author_type = 'staff' and c.is_public`)} a on ${waits}
    order by ${waits} desc, t.updated_at desc, t.id desc limit ${MOST_SHOWN}`);
  const [counted] = rows;
  return { open: totalOf(counted?.open ?? 0), waiting: totalOf(counted?.waiting ?? 0), rows };
}

/** Of so many of the newest ones the latest changes are shown: they are read by the index of their status. */
const LATEST = { sort: USUAL, limit: 50, offset: 0 } as const;

/** How often the tickets of the account have changed; answers the same as a page's `version`, without its rows. */
export async function ticketsVersion(db: Db): Promise<string> {
  return (await db.first<{ version: string }>(sql`select ${versionOf(db)} as version`))!.version;
}

const versionOf = (db: Db) =>
  sql`coalesce((select v.version from account_versions v where ${db.account('v')} and v.resource = 'tickets'), 0)::text`;

/** The index that serves the filters and the order best. */
function listOf(db: Db, filter: PortalTicketFilter, ownerId: string | undefined): WalkedList {
  const of = { table: 'tickets', within: db.account('t') };
  const byCreation = filter.sort.endsWith('createdAt');
  if (ownerId) {
    const stretches = [sql`t.submitted_by_id = ${ownerId}::uuid`];
    return { ...of, stretches, filters: filtersOf(filter), readBy: byCreation ? undefined : orderOf(USUAL) };
  }
  const indexed = {
    status: [...new Set(filter.status)].map(hasStatus),
    priority: [...new Set(filter.priority)].map(hasPriority),
  };
  // One stretch of an index is asked the other filters; several are read side by side where there are none.
  for (const [by, stretches] of byCreation ? Object.entries(indexed) : []) {
    const filters = filtersOf({ ...filter, [by]: [] });
    if (stretches.length === 1 || (stretches.length > 1 && filters.length === 0)) return { ...of, stretches, filters };
  }
  return { ...of, stretches: [sql`true`], filters: filtersOf(filter) };
}

const hasStatus = (status: TicketStatus) => sql`t.status = ${status}`;
const hasPriority = (priority: TicketPriority) => sql`t.priority_rank = ${rankOf(priority)}::smallint`;
export const rankOf = (priority: TicketPriority) => TICKET_PRIORITIES.indexOf(priority) + 1;

/** Conditions on what the indexes carry. */
export function filtersOf({ status, type, priority }: Pick<PortalTicketFilter, 'status' | 'type' | 'priority'>): Sql[] {
  const ranks = priority?.length ? [sql`t.priority_rank = any(${priority.map(rankOf)}::smallint[])`] : [];
  return [...anyOf('status', status), ...ranks, ...anyOf('type', type)];
}

function orderOf(sort: PortalTicketSort): ListOrder<TicketListRow> {
  const columns = SORTED_BY[sort.replace('-', '') as keyof typeof SORTED_BY];
  const id = { column: 'id', kind: 'id', of: (row: TicketListRow) => row.id } as const;
  return { name: sort, columns: [...columns, id], descending: sort.startsWith('-') };
}
