import { columnsOf } from '@balcao/platform-tenancy';
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
  'assigneeName',
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
  'submittedByName',
] as const;
export const LIST_COLUMNS = columnsOf('t', LIST);

/** Line of the customer's list. */
export type TicketListRow = Members<typeof LIST>;

const STAFF_LIST = ['lastActivityAt', 'lastReplyBy', 'billingAccountId', 'assigneeId', 'assigneeName'] as const;
/** What the lists of staff show besides. */
export const STAFF_LIST_COLUMNS = columnsOf('t', STAFF_LIST);

/** Line of the staff's inbox. */
export interface InboxRow extends TicketListRow, Members<typeof STAFF_LIST> {
  billingAccountName: string;
  /** Beginning of the last message, internal notes included, and whose it is. */
  snippet: string;
  snippetAuthorType: CommentRow['authorType'];
  snippetAuthorId: string | null;
  snippetAuthorName: string;
  snippetIsPublic: boolean;
}

const COMMENT = [
  'id',
  'body',
  'authorType',
  'authorId',
  'authorName',
  'isPublic',
  'createdAt',
  'editedAt',
  'deletedAt',
] as const;
export const COMMENT_COLUMNS = columnsOf('c', COMMENT);

export type CommentRow = Pick<TicketCommentEntity, (typeof COMMENT)[number]>;

/** One thing that became of a ticket beside its messages. */
export interface EventRow extends TicketHappening {
  id: string;
  createdAt: Date;
}

const DETAIL = [
  'organizationId',
  'billingAccountId',
  'description',
  'assigneeName',
  'externalTicketId',
  'externalTicketUrl',
  'resolvedAt',
  'closedAt',
  'autoCloseAt',
] as const;
export const DETAIL_COLUMNS = columnsOf('t', DETAIL);

/** A ticket with its conversation: public comments for the customer, all of them for staff. */
export interface TicketDetailRow extends TicketListRow, Members<typeof DETAIL> {
  comments: CommentRow[];
  history: EventRow[];
}

export interface StaffTicketDetailRow extends TicketDetailRow, Members<typeof STAFF_LIST> {
  billingAccountName: string;
  version: number;
  submitter: { id: string; name: string; email: string; status: string } | null;
}
