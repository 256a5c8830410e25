import { empty, raw, sql, type Db, type Sql } from '@balcao/platform-tenancy';
import { decodeCursor, encodeCursor } from '../domain/list-cursor.js';
import { TICKET_PRIORITIES, type TicketPriority, type TicketStatus, type TicketType } from '../domain/ticket.js';
import { matchingWords, oneOf, skip } from './conditions.js';
import type { TicketListRow } from './ticket.rows.js';

export const PORTAL_TICKET_SORTS = [
  '-createdAt',
  'createdAt',
  '-updatedAt',
  'updatedAt',
  '-priority',
  'priority',
] as const;
export type PortalTicketSort = (typeof PORTAL_TICKET_SORTS)[number];

export interface PortalTicketFilter {
  status?: TicketStatus[];
  type?: TicketType[];
  priority?: TicketPriority[];
  q?: string;
  sort: PortalTicketSort;
  /** Begins behind the row that an earlier page ended with; counts instead of `offset`. */
  cursor?: string;
  limit: number;
  offset: number;
}

export interface TicketPage<Row> {
  rows: Row[];
  total: number;
  /** How often the account's tickets had changed when the rows were read. */
  version: string;
  nextCursor: string | null;
}

interface PageFacts {
  total: number;
  version: string;
}

const TIME_COLUMNS = { createdAt: raw('t.created_at'), updatedAt: raw('t.updated_at') };
const PRIORITY_RANK = sql`array_position(${[...TICKET_PRIORITIES]}::text[], t.priority)`;

/** Rows and their number in one statement; `ownerId` narrows to what that portal user submitted. */
export async function listPortalTickets(
  db: Db,
  filter: PortalTicketFilter,
  ownerId?: string,
): Promise<TicketPage<TicketListRow>> {
  const { column, direction, time } = orderOf(filter.sort);
  const matching = sql`from tickets t where ${db.account('t')} ${ownerId ? sql`and t.submitted_by_id = ${ownerId}::uuid` : empty}
    ${oneOf(raw('t.status'), filter.status)} ${oneOf(raw('t.type'), filter.type)} ${oneOf(raw('t.priority'), filter.priority)}
    ${matchingWords(filter.q)}`;
  const facts = sql`(select count(*)::integer ${matching}) as total, ${versionOf(db)} as version`;
  const rows = await db.query<TicketListRow & PageFacts>(sql`
    select t.id, t.number, t.subject, t.status, t.priority, t.type, t.source, t.created_at as "createdAt", t.updated_at as "updatedAt",
      t.public_comment_count as "commentCount", t.submitted_by_id as "submittedById", t.submitted_by_name as "submittedByName",
      ${facts}
    ${matching} ${filter.cursor ? behind(filter.sort, filter.cursor) : empty}
    order by ${column} ${direction}, t.id ${direction}
    limit ${filter.limit + 1} ${skip(filter.cursor ? 0 : filter.offset)}`);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  // Where there is no row to carry them, they are asked for.
  const { total, version } = rows[0] ?? (await db.first<PageFacts>(sql`select ${facts}`))!;
  return {
    rows: page,
    total,
    version,
    nextCursor:
      last && time && rows.length > page.length ? encodeCursor(filter.sort, { at: last[time], id: last.id }) : null,
  };
}

/** How often the tickets of the account have changed; answers the same as a page's `version`, without its rows. */
export async function ticketsVersion(db: Db): Promise<string> {
  return (await db.first<{ version: string }>(sql`select ${versionOf(db)} as version`))!.version;
}

const versionOf = (db: Db) =>
  sql`coalesce((select v.version from account_versions v where ${db.account('v')} and v.resource = 'tickets'), 0)`;

function orderOf(sort: PortalTicketSort): { column: Sql; direction: Sql; time?: 'createdAt' | 'updatedAt' } {
  const direction = raw(sort.startsWith('-') ? 'desc' : 'asc');
  const name = sort.replace('-', '') as 'createdAt' | 'updatedAt' | 'priority';
  return name === 'priority'
    ? { column: PRIORITY_RANK, direction }
    : { column: TIME_COLUMNS[name], direction, time: name };
}

/** @throws DomainError validation_failed for a cursor of another order; there are none for orders by priority */
function behind(sort: PortalTicketSort, cursor: string): Sql {
  const { at, id } = decodeCursor(sort, cursor);
  const { column } = orderOf(sort);
  return sql`and (${column}, t.id) ${raw(sort.startsWith('-') ? '<' : '>')} (${at}::timestamptz, ${id}::uuid)`;
}
