import type { CommentRow, InboxRow, StaffTicketDetailRow } from '../persistence/ticket.rows.js';
import type { InboxItem, StaffTicketComment, StaffTicketDetail, TicketParty } from './dto/staff-ticket.dto.js';

export function presentInboxItem(row: InboxRow): InboxItem {
  const {
    id,
    number,
    subject,
    status,
    priority,
    type,
    source,
    createdAt,
    updatedAt,
    lastActivityAt,
    lastReplyBy,
    commentCount,
    snippet,
  } = row;
  return {
    ...{
      id,
      number,
      subject,
      status,
      priority,
      type,
      source,
      createdAt,
      updatedAt,
      lastActivityAt,
      lastReplyBy,
      commentCount,
      snippet,
    },
    submittedBy: party(row.submittedById, row.submittedByName),
    billingAccount: { id: row.billingAccountId, name: row.billingAccountName },
    assignee: party(row.assigneeId, row.assigneeName),
  };
}

export function presentStaffTicket(row: StaffTicketDetailRow, staffId: string | undefined): StaffTicketDetail {
  const {
    id,
    number,
    subject,
    description,
    status,
    priority,
    type,
    source,
    createdAt,
    updatedAt,
    lastActivityAt,
    lastReplyBy,
  } = row;
  return {
    ...{
      id,
      number,
      subject,
      description,
      status,
      priority,
      type,
      source,
      createdAt,
      updatedAt,
      lastActivityAt,
      lastReplyBy,
    },
    resolvedAt: row.resolvedAt,
    closedAt: row.closedAt,
    commentCount: row.commentCount,
    externalTicketId: row.externalTicketId,
    externalTicketUrl: row.externalTicketUrl,
    submittedBy: row.submitter,
    billingAccount: { id: row.billingAccountId, name: row.billingAccountName },
    assignee: party(row.assigneeId, row.assigneeName),
    comments: row.comments.map((comment) => presentStaffComment(comment, staffId)),
  };
}

export function presentStaffComment(row: CommentRow, staffId: string | undefined): StaffTicketComment {
  const { id, body, authorType, authorId, authorName, isPublic, createdAt } = row;
  return {
    id,
    body,
    authorType,
    authorId,
    authorName,
    mine: authorType === 'staff' && authorId === staffId,
    isPublic,
    createdAt,
  };
}

function party(id: string | null, name: string | null): TicketParty | null {
  return id ? { id, name: name ?? '' } : null;
}
