import { ApiProperty } from '@nestjs/swagger';
import { EnumField, EnumFilterField, PageQuery, TextField, SearchField } from '@balcao/platform-http';
import {
  TICKET_PRIORITIES,
  TICKET_SOURCES,
  TICKET_STATUSES,
  TICKET_TYPES,
  type CommentAuthorType,
  type TicketPriority,
  type TicketSource,
  type TicketStatus,
  type TicketType,
} from '../../domain/ticket.js';
import { PORTAL_TICKET_SORTS, type PortalTicketSort } from '../../persistence/portal-ticket-list.js';
import { TicketEvent } from './ticket-event.dto.js';
import { MessageField, PriorityField, SubjectField, TypeField } from './ticket-fields.js';

export class PortalTicketListQuery extends PageQuery {
  @EnumFilterField({ description: 'Status', values: TICKET_STATUSES, example: 'new,open' }) status?: TicketStatus[];
  @EnumFilterField({ description: 'Type', values: TICKET_TYPES }) type?: TicketType[];
  @EnumFilterField({ description: 'Priority', values: TICKET_PRIORITIES }) priority?: TicketPriority[];
  @SearchField({
    description:
      'A number, or words of subject, submitter, description and conversation: accents, case and endings apart, the last one may be unfinished. The newest come first',
    example: 'internet',
  })
  q?: string;
  @EnumField({
    description: 'Order; a minus means descending',
    values: PORTAL_TICKET_SORTS,
    optional: true,
    example: '-updatedAt',
  })
  sort: PortalTicketSort = '-createdAt';
  @EnumField({
    description: "One's own tickets or the account's; the widest that the role allows where absent",
    values: ['own', 'account'],
    optional: true,
  })
  scope?: 'own' | 'account';
  @TextField({
    description: '`nextCursor` of the page before, in the same order; counts instead of `page`',
    max: 300,
    optional: true,
    example: 'WyItY3JlYXRlZEF0Iiwx',
  })
  cursor?: string;
}

export class CreateTicketRequest {
  @SubjectField(true, 'Subject; exactly one of `subject` and `title` is given') subject?: string;
  @SubjectField(true, 'Other name of `subject`', 'subject') title?: string;
  @MessageField('What happened, or what is needed; plain text') description: string;
  @PriorityField('How pressing it is; `normal` where absent') priority?: TicketPriority;
  @TypeField('What it is; `request` where absent') type?: TicketType;
}

export class CreateCommentRequest {
  @MessageField('The reply; plain text. Exactly one of `body` and `content` is given', true) body?: string;
  @MessageField('Other name of `body`', true, 'body') content?: string;
}

export class EditCommentRequest {
  @MessageField('The comment as it shall read; plain text. Exactly one of `body` and `content` is given', true)
  body?: string;
  @MessageField('Other name of `body`', true, 'body') content?: string;
}

export class TicketSubmitter {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'Ana Ribeiro' }) name: string;
}

export class TicketAssigneeName {
  @ApiProperty({ example: 'Rafael Nogueira' }) name: string;
}

export class PortalTicketItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'T-2026-000123' }) number: string;
  @ApiProperty({ description: 'Same as number', example: 'T-2026-000123' }) ticketNumber: string;
  @ApiProperty({ example: 'Internet cai todo dia por volta das 14h' }) subject: string;
  @ApiProperty({ description: 'Same as subject' }) title: string;
  @ApiProperty({ enum: TICKET_STATUSES }) status: TicketStatus;
  @ApiProperty({ enum: TICKET_PRIORITIES }) priority: TicketPriority;
  @ApiProperty({ enum: TICKET_TYPES }) type: TicketType;
  @ApiProperty({ enum: TICKET_SOURCES }) source: TicketSource;
  @ApiProperty() createdAt: Date;
  @ApiProperty({ description: 'Last change that customers can see' }) updatedAt: Date;
  @ApiProperty({ type: 'integer', description: 'Public comments', example: 3 }) commentCount: number;
  @ApiProperty({ type: TicketSubmitter, nullable: true }) submittedBy: TicketSubmitter | null;
}

export class PortalTicketAnswer {
  @ApiProperty({ example: 'Rafael Nogueira' }) authorName: string;
  @ApiProperty() at: Date;
}

export class PortalOverviewTicket extends PortalTicketItem {
  @ApiProperty({
    type: PortalTicketAnswer,
    nullable: true,
    description: "Staff's last answer; of what waits for the customer",
  })
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

export class PortalTicketComment {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'Plain text; empty where it was taken back' }) body: string;
  @ApiProperty({ description: 'Same as body' }) content: string;
  @ApiProperty({ enum: ['portal', 'staff'] }) authorType: CommentAuthorType;
  @ApiProperty({ example: 'Rafael Nogueira' }) authorName: string;
  @ApiProperty({ description: 'Whether the caller wrote it' }) mine: boolean;
  @ApiProperty({ description: 'Always true: internal notes are not shown' }) isPublic: boolean;
  @ApiProperty() createdAt: Date;
  @ApiProperty({ type: Date, nullable: true, description: 'When its author last changed it' }) editedAt: Date | null;
  @ApiProperty({ description: 'Whether its author took it back; its body is empty then' }) removed: boolean;
  @ApiProperty({ description: 'Whether the caller may still change it or take it back' }) canChange: boolean;
}

export class PortalTicketDetail extends PortalTicketItem {
  @ApiProperty({ description: 'Plain text' }) description: string;
  @ApiProperty({ format: 'uuid' }) organizationId: string;
  @ApiProperty({ format: 'uuid', description: 'Same as organizationId' }) orgId: string;
  @ApiProperty({ format: 'uuid' }) billingAccountId: string;
  @ApiProperty({ type: TicketAssigneeName, nullable: true, description: 'Who takes care of it' })
  assignee: TicketAssigneeName | null;
  @ApiProperty({ type: String, nullable: true, description: 'The ticket in another system' }) externalTicketId:
    string | null;
  @ApiProperty({ type: String, nullable: true }) externalTicketUrl: string | null;
  @ApiProperty({ type: Date, nullable: true }) resolvedAt: Date | null;
  @ApiProperty({ type: Date, nullable: true }) closedAt: Date | null;
  @ApiProperty({ type: Date, nullable: true, description: 'When a resolved ticket closes by itself' })
  closesAt: Date | null;
  @ApiProperty({ description: 'Whether the customer may take the finished ticket up again' }) canReopen: boolean;
  @ApiProperty({ type: [PortalTicketComment], description: 'Oldest first; the latest 1,000' })
  comments: PortalTicketComment[];
  @ApiProperty({
    type: [TicketEvent],
    description: 'What became of it beside the comments, oldest first; the latest 1,000',
  })
  history: TicketEvent[];
}

export class PortalTicketResponse {
  @ApiProperty() ticket: PortalTicketDetail;
}

export class PortalCommentResponse {
  @ApiProperty() comment: PortalTicketComment;
}
