import { empty, raw, sql, type Db, type Sql } from '@balcao/platform-tenancy';
import { decodeCursor, encodeCursor } from '../domain/list-cursor.js';
import type { TicketPriority, TicketStatus, TicketType } from '../domain/ticket.js';
import { matchingWords, oneOf, skip } from './conditions.js';
import type { InboxRow } from './ticket.rows.js';

/** The staff's queues: mine and unassigned hold what is not finished, as does open. */
export const INBOX_VIEWS = ['mine', 'unassigned', 'open', 'all'] as const;
export type InboxView = (typeof INBOX_VIEWS)[number];

export interface InboxFilter {
  view: InboxView;
  status?: TicketStatus[];
  priority?: TicketPriority[];
  type?: TicketType[];
  q?: string;
  billingAccountId?: string;
  /** Begins behind the row that an earlier page ended with; counts instead of `offset`. */
  cursor?: string;
  limit: number;
  offset: number;
}

export type InboxCounts = Record<InboxView, number>;

export interface InboxPage {
  rows: InboxRow[];
  total: number;
  /** Tickets of each view, whatever else is filtered. */
  counts: InboxCounts;
  nextCursor: string | null;
}

/** In these words the partial indexes of the table know what is unfinished. */
const UNFINISHED = sql`t.status not in ('resolved', 'closed')`;
const SNIPPET_LENGTH = 200;
/** Name of the inbox's order in its cursors. */
const ORDER = '-lastActivityAt';

/** A page of the inbox, latest activity first: one statement for its rows, one for the numbers of all views. */
export async function listInbox(db: Db, filter: InboxFilter, staffId: string): Promise<InboxPage> {
  const narrowing = sql`${oneOf(raw('t.status'), filter.status)} ${oneOf(raw('t.priority'), filter.priority)} ${oneOf(raw('t.type'), filter.type)}
    ${filter.billingAccountId ? sql`and t.billing_account_id = ${filter.billingAccountId}::uuid` : empty} ${matchingWords(filter.q)}`;
  const matching = sql`where ${db.tenant('t')} ${inView(filter.view, staffId)} ${narrowing}`;
  // The page is cut out first: what is joined to it is looked up for its rows only.
  const rows = await db.query<InboxRow>(sql`
    select t.id, t.number, t.subject, t.status, t.priority, t.type, t.source, t.created_at as "createdAt", t.updated_at as "updatedAt",
      t.last_activity_at as "lastActivityAt", t.last_reply_by as "lastReplyBy", t.public_comment_count as "commentCount",
      t.submitted_by_id as "submittedById", t.submitted_by_name as "submittedByName",
      t.billing_account_id as "billingAccountId", a.name as "billingAccountName",
      t.assignee_id as "assigneeId", t.assignee_name as "assigneeName",
      coalesce((select left(c.body, ${SNIPPET_LENGTH}) from ticket_comments c where ${db.tenant('c')} and c.ticket_id = t.id and c.deleted_at is null
        order by c.created_at desc, c.id desc limit 1), left(t.description, ${SNIPPET_LENGTH})) as snippet
    from (select t.* from tickets t ${matching} ${filter.cursor ? behind(filter.cursor) : empty}
      order by t.last_activity_at desc, t.id desc limit ${filter.limit + 1} ${skip(filter.cursor ? 0 : filter.offset)}) t
    join billing_accounts a on a.organization_id = t.organization_id and a.id = t.billing_account_id
    order by t.last_activity_at desc, t.id desc`);
  const counts = (await db.first<InboxCounts & { matching: number | null }>(sql`
    select count(*) filter (where t.assignee_id = ${staffId}::uuid)::integer as mine,
      count(*) filter (where t.assignee_id is null)::integer as unassigned, count(*)::integer as open,
      (select count(*)::integer from tickets t where ${db.tenant('t')}) as "all",
      ${isNarrowed(filter) ? sql`(select count(*)::integer from tickets t ${matching})` : sql`null::integer`} as matching
    from tickets t where ${db.tenant('t')} and ${UNFINISHED}`))!;
  const { matching: total, ...views } = counts;
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    rows: page,
    total: total ?? views[filter.view],
    counts: views,
    nextCursor:
      last && rows.length > page.length ? encodeCursor(ORDER, { at: last.lastActivityAt, id: last.id }) : null,
  };
}

/** @throws DomainError validation_failed for a cursor of another list */
function behind(cursor: string): Sql {
  const { at, id } = decodeCursor(ORDER, cursor);
  return sql`and (t.last_activity_at, t.id) < (${at}::timestamptz, ${id}::uuid)`;
}

function inView(view: InboxView, staffId: string): Sql {
  if (view === 'all') return empty;
  if (view === 'open') return sql`and ${UNFINISHED}`;
  return view === 'mine'
    ? sql`and t.assignee_id = ${staffId}::uuid and ${UNFINISHED}`
    : sql`and t.assignee_id is null and ${UNFINISHED}`;
}

function isNarrowed({ status, priority, type, q, billingAccountId }: InboxFilter): boolean {
  return Boolean(status?.length || priority?.length || type?.length || q?.trim() || billingAccountId);
}
