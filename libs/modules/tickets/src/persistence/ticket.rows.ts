import { sql } from '@balcao/platform-tenancy';
import type { StoredSettings } from '@balcao/module-directory';
import type { TicketHappening } from '../domain/ticket-history.js';
import type { CommentAuthorType, TicketPriority, TicketSource, TicketStatus, TicketType } from '../domain/ticket.js';

/** What a change of a ticket starts from; the row is locked. */
export interface TicketState {
  id: string;
  number: string;
  version: number;
  billingAccountId: string;
  submittedById: string | null;
  status: TicketStatus;
  priority: TicketPriority;
  type: TicketType;
  assigneeId: string | null;
  assigneeName: string | null;
  /** True where nobody is assigned. */
  assigneeWorksHere: boolean;
  externalTicketId: string | null;
  externalTicketUrl: string | null;
  publicCommentCount: number;
  resolvedAt: Date | null;
  closedAt: Date | null;
  autoCloseAt: Date | null;
  /** What its portal does with tickets, where it says so. */
  settings: StoredSettings;
}

/** A portal user as the one who asks. */
export interface SubmitterRow {
  id: string;
  name: string;
  billingAccountId: string;
}

/** What every list and every ticket shows of `t`. */
export const LIST_COLUMNS = sql`
  t.id, t.number, t.subject, t.status, t.priority, t.type, t.source, t.created_at as "createdAt", t.updated_at as "updatedAt",
  t.public_comment_count as "commentCount", t.submitted_by_id as "submittedById", t.submitted_by_name as "submittedByName"`;

/** Line of the customer's list: the columns above. */
export interface TicketListRow {
  id: string;
  number: string;
  subject: string;
  status: TicketStatus;
  priority: TicketPriority;
  type: TicketType;
  source: TicketSource;
  createdAt: Date;
  updatedAt: Date;
  commentCount: number;
  submittedById: string | null;
  submittedByName: string;
}

/** Line of the staff's inbox. */
export interface InboxRow extends TicketListRow {
  lastActivityAt: Date;
  lastReplyBy: 'customer' | 'staff';
  billingAccountId: string;
  billingAccountName: string;
  assigneeId: string | null;
  assigneeName: string | null;
  /** Beginning of the last message, internal notes included, and whose it is. */
  snippet: string;
  snippetAuthorType: CommentAuthorType;
  snippetAuthorId: string | null;
  snippetAuthorName: string;
  snippetIsPublic: boolean;
}

export interface CommentRow {
  id: string;
  body: string;
  authorType: CommentAuthorType;
  authorId: string;
  authorName: string;
  isPublic: boolean;
  createdAt: Date;
  editedAt: Date | null;
  /** When its author took it back; its words are gone then. */
  deletedAt: Date | null;
}

/** One thing that became of a ticket beside its messages. */
export interface EventRow extends TicketHappening {
  id: string;
  createdAt: Date;
}

/** A ticket with its conversation: public comments for the customer, all of them for staff. */
export interface TicketDetailRow extends TicketListRow {
  organizationId: string;
  billingAccountId: string;
  description: string;
  assigneeName: string | null;
  externalTicketId: string | null;
  externalTicketUrl: string | null;
  resolvedAt: Date | null;
  closedAt: Date | null;
  /** When it closes by itself; of a resolved one only. */
  autoCloseAt: Date | null;
  comments: CommentRow[];
  history: EventRow[];
}

export interface StaffTicketDetailRow extends TicketDetailRow {
  billingAccountName: string;
  assigneeId: string | null;
  lastActivityAt: Date;
  lastReplyBy: 'customer' | 'staff';
  version: number;
  submitter: { id: string; name: string; email: string; status: string } | null;
}
