import { pageOf, type PageQuery } from '@balcao/platform-http';
import type { InboxPage, InboxView } from '../persistence/inbox-list.js';
import type { CommentRow, InboxRow, StaffTicketDetailRow } from '../persistence/ticket.rows.js';
import type { Total } from '../persistence/walk.js';
import { presentEvent } from './dto/ticket-event.dto.js';
import type {
  InboxItem,
  InboxPageResponse,
  StaffTicketComment,
  StaffTicketDetail,
  TicketParty,
} from './dto/staff-ticket.dto.js';

export function presentInbox(page: InboxPage, query: PageQuery, staffId: string | undefined): InboxPageResponse {
  const views = Object.entries(page.counts) as [InboxView, Total][];
  const of = <Member extends keyof Total>(member: Member) =>
    Object.fromEntries(views.map(([view, total]) => [view, total[member]])) as Record<InboxView, Total[Member]>;
  return {
    ...pageOf(
      page.rows.map((row) => presentInboxItem(row, staffId)),
      page,
      query,
      page.nextCursor,
    ),
    counts: of('total'),
    countsExact: of('totalExact'),
  };
}

function presentInboxItem(row: InboxRow, staffId: string | undefined): InboxItem {
  const { submittedById, submittedByName, billingAccountId, billingAccountName, assigneeId, assigneeName, ...rest } =
    row;
  const { snippetAuthorType, snippetAuthorId, snippetAuthorName, snippetIsPublic, ...item } = rest;
  return {
    ...item,
    snippetBy: {
      authorType: snippetAuthorType,
      authorName: snippetAuthorName,
      mine: snippetAuthorType === 'staff' && snippetAuthorId === staffId,
      isPublic: snippetIsPublic,
    },
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
    history,
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
    history: history.map((event) => presentEvent(event, staffId)),
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
