import { columnsOf, raw, sql, type Sql } from '@balcao/platform-tenancy';
import type { StoredSettings } from '@balcao/module-directory';
import type { TicketHappening } from '../domain/ticket-history.js';
import type { TicketCommentEntity, TicketEntity } from './ticket.entity.js';

/** Members of a ticket's row, by name: what is selected and what its type has are the same list. */
type Members<Names extends readonly (keyof TicketEntity)[]> = Pick<TicketEntity, Names[number]>;

const STATE = [
  'id',
  'number',
  'version',
  'billingAccountId',
  'submittedById',
  'status',
  'priority',
  'type',
  'assigneeId',
  'externalTicketId',
  'externalTicketUrl',
  'resolvedAt',
  'closedAt',
  'autoCloseAt',
] as const;
export const STATE_COLUMNS = columnsOf('t', STATE);

/** What a change of a ticket starts from; the row is locked. */
export interface TicketState extends Members<typeof STATE> {
  /** True where nobody is assigned. */
  assigneeWorksHere: boolean;
  /** What its portal does with tickets, where it says so. */
  settings: StoredSettings;
}

/** A portal user as the one who asks. */
export interface SubmitterRow {
  id: string;
  name: string;
  billingAccountId: string;
}

/**
 * Whoever appears in a conversation does so under their present name, so that nobody has two names in it. The names that
 * were stored stand for those whom nobody knows.
 */
export const SUBMITTER_NAME = sql`coalesce((select u.name from portal_users u where u.organization_id = t.organization_id
  and u.billing_account_id = t.billing_account_id and u.id = t.submitted_by_id), t.submitted_by_name)`;

/** Present name of a person of `type`, one of a row's account or of staff, whose table no customer can read. */
const personName = (row: Sql, type: Sql, id: Sql) => sql`
  case ${type} when 'staff' then staff_name(${id}) when 'portal' then (select u.name from portal_users u
    where u.organization_id = ${row}.organization_id and u.billing_account_id = ${row}.billing_account_id and u.id = ${id}) end`;

/** Present name of the author of a row of comments. */
export function authorName(alias: string): Sql {
  const [row, type, id, stored] = ['', '.author_type', '.author_id', '.author_name'].map((name) => raw(alias + name));
  return sql`coalesce(${personName(row!, type!, id!)}, ${stored!})`;
}

/** What a row of the history says of before or after: a word, or the present name of the one who takes care. */
const told = (value: 'from_value' | 'to_value') => {
  const stored = raw(`e.${value}`);
  return sql`case when e.kind in ('taken', 'assigned', 'unassigned') then staff_name(${stored}::uuid) else ${stored} end`;
};

export const EVENT_COLUMNS = sql`${columnsOf('e', ['id', 'kind', 'actorType', 'actorId', 'createdAt'])},
  ${told('from_value')} as "from", ${told('to_value')} as "to",
  ${personName(raw('e'), raw('e.actor_type'), raw('e.actor_id'))} as "actorName"`;

/** What every list and every ticket shows. */
const LIST = [
  'id',
  'number',
  'subject',
  'status',
  'priority',
  'type',
  'source',
  'createdAt',
  'updatedAt',
  'commentCount',
  'submittedById',
] as const;
export const LIST_COLUMNS = sql`${columnsOf('t', LIST)}, ${SUBMITTER_NAME} as "submittedByName"`;

/**
 * Line of the customer's list. Spread it last, as every row of a list: what is added behind a row of pg's makes a slow object
 * of it, at ten times the cost.
 */
export interface TicketListRow extends Members<typeof LIST> {
  submittedByName: string;
}

const STAFF_LIST = ['lastActivityAt', 'lastReplyBy', 'billingAccountId', 'assigneeId'] as const;
/** What the lists of staff show besides; `a` is the account, `w` who takes care. */
export const STAFF_LIST_COLUMNS = sql`${columnsOf('t', STAFF_LIST)}, a.name as "billingAccountName",
  w.name as "assigneeName", w.status = 'suspended' as "assigneeSuspended"`;
export const STAFF_LIST_JOINS = sql`
  join billing_accounts a on a.organization_id = t.organization_id and a.id = t.billing_account_id
  left join staff_users w on w.organization_id = t.organization_id and w.id = t.assignee_id`;

interface StaffListRow extends Members<typeof STAFF_LIST> {
  billingAccountName: string;
  assigneeName: string | null;
  /** Whether they no longer work here, so that nobody takes care; null where nobody is assigned. */
  assigneeSuspended: boolean | null;
}

/** Line of the staff's inbox. */
export interface InboxRow extends TicketListRow, StaffListRow {
  /** Beginning of the last message, internal notes included, and whose it is. */
  snippet: string;
  snippetAuthorType: CommentRow['authorType'];
  snippetAuthorId: string | null;
  snippetAuthorName: string;
  snippetIsPublic: boolean;
}

const COMMENT = ['id', 'body', 'authorType', 'authorId', 'isPublic', 'createdAt', 'editedAt', 'deletedAt'] as const;
export const COMMENT_COLUMNS = sql`${columnsOf('c', COMMENT)}, ${authorName('c')} as "authorName"`;

export type CommentRow = Pick<TicketCommentEntity, (typeof COMMENT)[number] | 'authorName'>;

/** One thing that became of a ticket beside its messages, with the names of whom it tells. */
export interface EventRow extends TicketHappening {
  id: string;
  actorName: string | null;
  createdAt: Date;
}

const DETAIL = [
  'organizationId',
  'billingAccountId',
  'description',
  'externalTicketId',
  'externalTicketUrl',
  'resolvedAt',
  'closedAt',
  'autoCloseAt',
] as const;
export const DETAIL_COLUMNS = columnsOf('t', DETAIL);

/** What was said, oldest first: public comments for the customer, all of them for staff. */
export interface ConversationRow {
  comments: CommentRow[];
  /** Whether there are older ones, which are asked for by the first of these. */
  olderComments: boolean;
}

/** What was said before a comment. */
export interface EarlierCommentsRow extends ConversationRow {
  status: TicketEntity['status'];
  /** Whether that comment or a later one is staff's public answer. */
  answeredSince: boolean;
}

/** The invoice of which a charge is disputed. Amounts are minor units of its currency. */
export interface DisputedInvoiceRow {
  id: string;
  number: string;
  title: string;
  currency: string;
  total: number;
  owed: number;
}

/** A ticket in which a charge of an invoice is disputed. */
export interface DisputeRow extends Members<readonly ['id', 'number', 'subject', 'status', 'createdAt']> {
  submittedById: string | null;
}

/** A ticket with its conversation. */
export interface TicketDetailRow extends TicketListRow, Members<typeof DETAIL>, ConversationRow {
  assigneeName: string | null;
  /** Null where no charge is disputed. */
  invoice: DisputedInvoiceRow | null;
  history: EventRow[];
}

export interface StaffTicketDetailRow extends TicketDetailRow, StaffListRow {
  billingAccountId: string;
  version: number;
  submitter: { id: string; name: string; email: string; status: string } | null;
}
