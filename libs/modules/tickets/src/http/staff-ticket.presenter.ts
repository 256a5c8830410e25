import type { CommentRow, InboxRow, StaffTicketDetailRow } from '../persistence/ticket.rows.js';
import type { InboxItem, StaffTicketComment, StaffTicketDetail, TicketParty } from './dto/staff-ticket.dto.js';

export function presentInboxItem(row: InboxRow): InboxItem {
  const { submittedById, submittedByName, billingAccountId, billingAccountName, assigneeId, assigneeName, ...item } =
    row;
  return {
    ...item,
    submittedBy: party(submittedById, submittedByName),
    billingAccount: { id: billingAccountId, name: billingAccountName },
    assignee: party(assigneeId, assigneeName),
  };
}

export function presentStaffTicket(row: StaffTicketDetailRow, staffId: string | undefined): StaffTicketDetail {
  const {
    organizationId: _own,
    submittedById: _id,
    submittedByName: _name,
    submitter,
    comments,
    autoCloseAt,
    ...rest
  } = row;
  const { billingAccountId, billingAccountName, assigneeId, assigneeName, ...ticket } = rest;
  return {
    ...ticket,
    submittedBy: submitter,
    billingAccount: { id: billingAccountId, name: billingAccountName },
    assignee: party(assigneeId, assigneeName),
    closesAt: autoCloseAt,
    comments: comments.map((comment) => presentStaffComment(comment, staffId)),
  };
}

export function presentStaffComment(row: CommentRow, staffId: string | undefined): StaffTicketComment {
  const { id, body, authorType, authorId, authorName, isPublic, createdAt, editedAt } = row;
  const mine = authorType === 'staff' && authorId === staffId;
  return {
    id,
    body,
    authorType,
    authorId,
    authorName,
    mine,
    isPublic,
    createdAt,
    editedAt,
    removed: row.deletedAt !== null,
    canChange: mine && !isPublic,
  };
}

function party(id: string | null, name: string | null): TicketParty | null {
  return id ? { id, name: name ?? '' } : null;
}
