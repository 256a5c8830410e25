import { ApiProperty, IntersectionType, PickType } from '@nestjs/swagger';
import { Nullable, EnumField, Single } from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { isOwnComment, revisableIds } from '../../domain/comment-revision.js';
import { canReopen } from '../../domain/ticket-status.js';
import { PORTAL_TICKET_SORTS } from '../../persistence/portal-ticket-list.js';
import type { PortalTicketSort, TicketOverview } from '../../persistence/portal-ticket-list.js';
import type { CommentRow, EarlierCommentsRow, TicketDetailRow, TicketListRow } from '../../persistence/ticket.rows.js';
import { presentEventToCustomer } from './ticket-event.dto.js';
import { MessageField, NewTicketRequest, SortField, SubjectField } from './ticket-fields.js';
import {
  Conversation,
  TicketComment,
  TicketFacts,
  TicketItem,
  TicketListQuery,
  TicketParty,
  disputedInvoice,
  party,
} from './ticket.dto.js';

export class PortalTicketListQuery extends TicketListQuery {
  @SortField(PORTAL_TICKET_SORTS) sort: PortalTicketSort = '-createdAt';
  @EnumField({
    description: "One's own tickets or the account's; the widest that the role allows where absent",
    values: ['own', 'account'],
    optional: true,
  })
  scope?: 'own' | 'account';
}

export class CreateTicketRequest extends NewTicketRequest {
  @SubjectField(true, 'Subject; exactly one of `subject` and `title` is given') subject?: string;
  @SubjectField(true, 'Other name of `subject`', 'subject') title?: string;
}

export class CreateCommentRequest {
  @MessageField('The message; plain text. Exactly one of `body` and `content` is given', true) body?: string;
  @MessageField('Other name of `body`', true, 'body') content?: string;
}

export class EditCommentRequest extends CreateCommentRequest {}

export class TicketAssigneeName extends PickType(TicketParty, ['name']) {}

export class PortalTicketItem extends TicketItem {
  @ApiProperty({ description: 'Same as number', example: 'T-2026-000123' }) ticketNumber: string;
  @ApiProperty({ description: 'Same as subject' }) title: string;
  @Nullable(TicketParty, 'Portal user who opened it; null where they were removed')
  submittedBy: TicketParty | null;
}

export class PortalTicketAnswer extends PickType(TicketComment, ['authorName']) {
  @ApiProperty({ description: 'When it was written' }) at: Date;
}

export class PortalOverviewTicket extends PortalTicketItem {
  @Nullable(PortalTicketAnswer, "Staff's last answer; of what waits for the customer")
  answer: PortalTicketAnswer | null;
}

export class PortalTicketOverviewResponse {
  @ApiProperty({ type: 'integer', description: 'Tickets that are not finished; counting stops at 1,000', example: 3 })
  open: number;
  @ApiProperty({ description: 'Whether `open` is all of them' }) openExact: boolean;
  @ApiProperty({ type: 'integer', description: 'Those of them that wait for the customer', example: 1 })
  waiting: number;
  @ApiProperty({ description: 'Whether `waiting` is all of them' }) waitingExact: boolean;
  @ApiProperty({
    type: [PortalOverviewTicket],
    description: 'Up to 5 open ones: what waits for the customer, then the latest changes',
  })
  tickets: PortalOverviewTicket[];
}

export class PortalTicketComment extends TicketComment {
  @ApiProperty({ description: 'Same as body' }) content: string;
}

export class PortalEarlierCommentsResponse extends Conversation(PortalTicketComment) {}

export class PortalTicketDetail extends IntersectionType(PortalTicketItem, TicketFacts, PortalEarlierCommentsResponse) {
  @ApiProperty({ format: 'uuid', description: 'Whose customer opened it' }) organizationId: string;
  @ApiProperty({ format: 'uuid', description: 'Same as organizationId' }) orgId: string;
  @ApiProperty({ format: 'uuid' }) billingAccountId: string;
  @Nullable(TicketAssigneeName, 'Staff user who takes care of it; null for nobody')
  assignee: TicketAssigneeName | null;
  @ApiProperty({ description: 'Whether the customer may take the finished ticket up again' }) canReopen: boolean;
}

export class PortalTicketResponse extends Single('ticket', PortalTicketDetail) {}

export class PortalCommentResponse extends Single('comment', PortalTicketComment) {}

export function portalTicketItem(row: TicketListRow): PortalTicketItem {
  const submittedBy = party(row.submittedById, row.submittedByName);
  return { ticketNumber: row.number, title: row.subject, submittedBy, ...row };
}

export function portalOverview({ open, waiting, rows }: TicketOverview): PortalTicketOverviewResponse {
  const tickets = rows.map((row) => ({
    ...portalTicketItem(row),
    answer: row.answeredBy !== null && row.answeredAt ? { authorName: row.answeredBy, at: row.answeredAt } : null,
  }));
  return {
    open: open.total,
    openExact: open.totalExact,
    waiting: waiting.total,
    waitingExact: waiting.totalExact,
    tickets,
  };
}

/** One ticket, as the caller sees it. */
export function portalTicket({ actor, can, clock }: PortalContext, row: TicketDetailRow): PortalTicketResponse {
  const ticket = {
    ...row,
    ...portalTicketItem(row),
    orgId: row.organizationId,
    assignee: row.assigneeName ? { name: row.assigneeName } : null,
    invoice: can('invoices:read') ? disputedInvoice(row.invoice) : null,
    closesAt: row.autoCloseAt,
    canReopen: canReopen(row, clock.now()),
    comments: conversation(actor.id, row),
    history: row.history.map((event) => presentEventToCustomer(event, actor.id)),
  };
  return { ticket };
}

export function portalEarlierComments(
  { actor }: PortalContext,
  row: EarlierCommentsRow,
): PortalEarlierCommentsResponse {
  return { comments: conversation(actor.id, row), olderComments: row.olderComments };
}

type Said = Pick<TicketDetailRow, 'comments' | 'status'> & { answeredSince?: boolean };

function conversation(userId: string | undefined, { comments, status, answeredSince }: Said): PortalTicketComment[] {
  const revisable = revisableIds(answeredSince ? [] : comments, { userId, status });
  return comments.map((comment) => portalComment(comment, userId, revisable.has(comment.id)));
}

/** A comment that the caller has just written can be changed. */
export function portalComment(row: CommentRow, userId: string | undefined, canChange = true): PortalTicketComment {
  const mine = isOwnComment(row, userId);
  return { content: row.body, mine, removed: row.deletedAt !== null, canChange, ...row };
}
