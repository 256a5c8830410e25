import { ApiProperty } from '@nestjs/swagger';
import {
  BooleanField,
  EnumField,
  EnumFilterField,
  PageQuery,
  PaginationResponse,
  TextField,
  UuidField,
  UuidListField,
  WebAddressField,
  SearchField,
} from '@balcao/platform-http';
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
import { INBOX_VIEWS, type InboxView } from '../../persistence/inbox-list.js';
import { BULK_OUTCOMES, type BulkOutcome } from '../../ticket-bulk.service.js';
import { TicketEvent } from './ticket-event.dto.js';
import { CursorField, MessageField, PriorityField, SubjectField, TypeField, VersionField } from './ticket-fields.js';

export class InboxQuery extends PageQuery {
  @EnumField({
    description: 'Queue: `mine`, `unassigned` and `open` hold what is not finished',
    values: INBOX_VIEWS,
    optional: true,
    example: 'open',
  })
  view: InboxView = 'all';
  @EnumFilterField({ description: 'Status', values: TICKET_STATUSES, example: 'new,open' }) status?: TicketStatus[];
  @EnumFilterField({ description: 'Priority', values: TICKET_PRIORITIES }) priority?: TicketPriority[];
  @EnumFilterField({ description: 'Type', values: TICKET_TYPES }) type?: TicketType[];
  @SearchField({
    description:
      'A number, or words of subject, submitter, description and conversation: accents, case and endings apart, the last one may be unfinished. The newest come first',
    example: 'internet',
  })
  q?: string;
  @UuidField({ description: 'Only tickets of this customer', optional: true }) billingAccountId?: string;
  @CursorField() cursor?: string;
}

export class CreateTicketOnBehalfRequest {
  @UuidField({ description: 'Portal user in whose name the ticket is opened' }) portalUserId: string;
  @SubjectField(false, 'Subject') subject: string;
  @MessageField('What happened, or what is needed; plain text') description: string;
  @PriorityField('How pressing it is; `normal` where absent') priority?: TicketPriority;
  @TypeField('What it is; `request` where absent') type?: TicketType;
  @UuidField({ description: 'Staff user who takes care of it', optional: true, nullable: true }) assigneeId?:
    string | null;
}

export class UpdateTicketRequest {
  @EnumField({
    description: 'Nothing becomes `new` again; a closed ticket can only be reopened (`open`)',
    values: TICKET_STATUSES,
    optional: true,
    example: 'resolved',
  })
  status?: TicketStatus;
  @PriorityField('Priority') priority?: TicketPriority;
  @TypeField('Type') type?: TicketType;
  @UuidField({
    description: 'Staff user who takes care of it; null for nobody. Opens a new ticket',
    optional: true,
    nullable: true,
  })
  assigneeId?: string | null;
  @TextField({
    description: 'Id of the ticket in another system',
    max: 255,
    optional: true,
    nullable: true,
    example: 'CW-4711',
  })
  externalTicketId?: string | null;
  @WebAddressField({
    description: 'Address of the ticket in another system',
    optional: true,
    nullable: true,
    example: 'https://desk.example.com/tickets/4711',
  })
  externalTicketUrl?: string | null;
  @VersionField('the ticket is changed whatever it has become') version?: number;
}

export class CreateStaffCommentRequest {
  @MessageField('The answer or note; plain text') body: string;
  @BooleanField({
    description: 'True for an answer, which the submitter also gets by mail; false for an internal note',
  })
  isPublic: boolean;
  @EnumField({
    description:
      'Status that the ticket takes in the same step. Without it the status stays, but a public answer opens a new ticket',
    values: TICKET_STATUSES,
    optional: true,
    example: 'pending',
  })
  status?: TicketStatus;
  @VersionField('the message is added whatever others wrote meanwhile') version?: number;
}

export class EditNoteRequest {
  @MessageField('The note as it shall read; plain text') body: string;
}

export class BulkUpdateTicketsRequest {
  @UuidListField({ description: 'The tickets', maxItems: 100 }) ids: string[];
  @EnumField({
    description: 'Status; tickets that cannot take it are refused one by one',
    values: TICKET_STATUSES,
    optional: true,
    example: 'resolved',
  })
  status?: TicketStatus;
  @PriorityField('Priority') priority?: TicketPriority;
  @UuidField({ description: 'Staff user who takes care of them; null for nobody', optional: true, nullable: true })
  assigneeId?: string | null;
}

export class BulkOutcomeItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: BULK_OUTCOMES }) outcome: BulkOutcome['outcome'];
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Code of the refusal',
    example: 'ticket_transition_not_allowed',
  })
  code: string | null;
}

export class BulkUpdateTicketsResponse {
  @ApiProperty({ type: [BulkOutcomeItem], description: 'One for each ticket, in the order of the request' })
  results: BulkOutcomeItem[];
}

export class TicketParty {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'Padaria Estrela' }) name: string;
}

export class InboxSnippetAuthor {
  @ApiProperty({ enum: ['portal', 'staff'] }) authorType: CommentAuthorType;
  @ApiProperty({ example: 'Rafael Nogueira' }) authorName: string;
  @ApiProperty({ description: 'Whether the caller wrote it' }) mine: boolean;
  @ApiProperty({ description: 'False for an internal note' }) isPublic: boolean;
}

export class InboxItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'T-2026-000123' }) number: string;
  @ApiProperty({ example: 'Internet cai todo dia por volta das 14h' }) subject: string;
  @ApiProperty({ enum: TICKET_STATUSES }) status: TicketStatus;
  @ApiProperty({ enum: TICKET_PRIORITIES }) priority: TicketPriority;
  @ApiProperty({ enum: TICKET_TYPES }) type: TicketType;
  @ApiProperty({ enum: TICKET_SOURCES }) source: TicketSource;
  @ApiProperty() createdAt: Date;
  @ApiProperty() updatedAt: Date;
  @ApiProperty({ description: 'Last message, internal notes included, or act of the customer; orders the inbox' })
  lastActivityAt: Date;
  @ApiProperty({ enum: ['customer', 'staff'], description: 'Who spoke last in public' }) lastReplyBy:
    'customer' | 'staff';
  @ApiProperty({ type: 'integer', description: 'Public comments', example: 3 }) commentCount: number;
  @ApiProperty({ description: 'Beginning of the last message, internal notes included' }) snippet: string;
  @ApiProperty({ type: InboxSnippetAuthor, description: 'Who wrote the last message, and for whom' })
  snippetBy: InboxSnippetAuthor;
  @ApiProperty({ type: TicketParty, nullable: true }) submittedBy: TicketParty | null;
  @ApiProperty({ type: TicketParty }) billingAccount: TicketParty;
  @ApiProperty({ type: TicketParty, nullable: true }) assignee: TicketParty | null;
}

export class InboxCountsResponse {
  @ApiProperty({ type: 'integer', example: 4 }) mine: number;
  @ApiProperty({ type: 'integer', example: 2 }) unassigned: number;
  @ApiProperty({ type: 'integer', example: 11 }) open: number;
  @ApiProperty({ type: 'integer', example: 128 }) all: number;
}

export class InboxCountsExactResponse {
  @ApiProperty() mine: boolean;
  @ApiProperty() unassigned: boolean;
  @ApiProperty() open: boolean;
  @ApiProperty() all: boolean;
}

export class InboxPageResponse {
  @ApiProperty({ type: [InboxItem] }) data: InboxItem[];
  @ApiProperty({ type: PaginationResponse }) pagination: PaginationResponse;
  @ApiProperty({ description: 'Tickets of each view, whatever else is filtered; counting stops at 1,000' })
  counts: InboxCountsResponse;
  @ApiProperty({ description: 'Whether each number is all of them' }) countsExact: InboxCountsExactResponse;
}

export class StaffTicketComment {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'Plain text' }) body: string;
  @ApiProperty({ enum: ['portal', 'staff'] }) authorType: CommentAuthorType;
  @ApiProperty({ format: 'uuid' }) authorId: string;
  @ApiProperty({ example: 'Rafael Nogueira' }) authorName: string;
  @ApiProperty({ description: 'Whether the caller wrote it' }) mine: boolean;
  @ApiProperty({ description: 'False for internal notes' }) isPublic: boolean;
  @ApiProperty() createdAt: Date;
  @ApiProperty({ type: Date, nullable: true, description: 'When its author last changed it' }) editedAt: Date | null;
  @ApiProperty({ description: 'Whether its author took it back; its body is empty then' }) removed: boolean;
  @ApiProperty({ description: "Whether the caller may change it: one's own note" }) canChange: boolean;
}

export class TicketSubmitterDetail extends TicketParty {
  @ApiProperty({ example: 'ana@padaria.example' }) email: string;
  @ApiProperty({ example: 'active' }) status: string;
}

export class StaffTicketDetail {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'T-2026-000123' }) number: string;
  @ApiProperty({ example: 'Internet cai todo dia por volta das 14h' }) subject: string;
  @ApiProperty({ description: 'Plain text' }) description: string;
  @ApiProperty({ enum: TICKET_STATUSES }) status: TicketStatus;
  @ApiProperty({ enum: TICKET_PRIORITIES }) priority: TicketPriority;
  @ApiProperty({ enum: TICKET_TYPES }) type: TicketType;
  @ApiProperty({ enum: TICKET_SOURCES }) source: TicketSource;
  @ApiProperty() createdAt: Date;
  @ApiProperty() updatedAt: Date;
  @ApiProperty() lastActivityAt: Date;
  @ApiProperty({ enum: ['customer', 'staff'] }) lastReplyBy: 'customer' | 'staff';
  @ApiProperty({ type: Date, nullable: true }) resolvedAt: Date | null;
  @ApiProperty({ type: Date, nullable: true }) closedAt: Date | null;
  @ApiProperty({ type: Date, nullable: true, description: 'When a resolved ticket closes by itself' })
  closesAt: Date | null;
  @ApiProperty({ type: 'integer', description: 'Counts the changes, messages included', example: 4 }) version: number;
  @ApiProperty({ type: 'integer' }) commentCount: number;
  @ApiProperty({ type: String, nullable: true }) externalTicketId: string | null;
  @ApiProperty({ type: String, nullable: true }) externalTicketUrl: string | null;
  @ApiProperty({ type: TicketSubmitterDetail, nullable: true }) submittedBy: TicketSubmitterDetail | null;
  @ApiProperty({ type: TicketParty }) billingAccount: TicketParty;
  @ApiProperty({ type: TicketParty, nullable: true }) assignee: TicketParty | null;
  @ApiProperty({ type: [StaffTicketComment], description: 'Oldest first; the latest 1,000, internal notes included' })
  comments: StaffTicketComment[];
  @ApiProperty({
    type: [TicketEvent],
    description: 'What became of it beside the comments, oldest first; the latest 1,000',
  })
  history: TicketEvent[];
}

export class StaffTicketResponse {
  @ApiProperty() ticket: StaffTicketDetail;
}

export class StaffCommentResponse {
  @ApiProperty() comment: StaffTicketComment;
}
