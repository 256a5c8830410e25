import { ApiProperty, IntersectionType, PickType } from '@nestjs/swagger';
import {
  Nullable,
  BooleanField,
  CLEARABLE,
  EnumField,
  Members,
  PaginationResponse,
  Single,
  TextField,
  UuidField,
  UuidListField,
  VersionField,
  WebAddressField,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { TURNS, turnOf, type Turn } from '../../domain/ticket-status.js';
import type { TicketPriority, TicketStatus, TicketType } from '../../domain/ticket.js';
import { INBOX_SORTS, INBOX_VIEWS, type InboxSort, type InboxView } from '../../persistence/inbox-list.js';
import type { CommentRow, InboxRow, StaffTicketDetailRow } from '../../persistence/ticket.rows.js';
import { BULK_OUTCOMES, type BulkOutcome } from '../../ticket-bulk.service.js';
import { presentEvent } from './ticket-event.dto.js';
import {
  AssigneeField,
  MessageField,
  NewTicketRequest,
  PriorityField,
  SortField,
  StatusField,
  SubjectField,
  TypeField,
} from './ticket-fields.js';
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

export class InboxQuery extends TicketListQuery {
  @EnumField({ description: 'Queue: all but `all` hold what is not finished', values: INBOX_VIEWS, optional: true })
  view: InboxView = 'all';
  @SortField(INBOX_SORTS, '. By priority the latest 10,000 are put in order') sort: InboxSort = '-lastActivityAt';
  @UuidField({ description: 'Only tickets of this customer', optional: true }) billingAccountId?: string;
  @UuidField({ description: 'Only what this colleague takes care of', optional: true }) assigneeId?: string;
}

export class CreateTicketOnBehalfRequest extends NewTicketRequest {
  @UuidField({ description: 'Portal user in whose name the ticket is opened' }) portalUserId: string;
  @SubjectField(false, 'Subject') subject: string;
  @AssigneeField('Staff user who takes care of it') assigneeId?: string | null;
}

export class UpdateTicketRequest {
  @StatusField('Nothing becomes `new` again; a closed ticket can only be reopened (`open`)') status?: TicketStatus;
  @PriorityField('Priority') priority?: TicketPriority;
  @TypeField('Type') type?: TicketType;
  @AssigneeField('Staff user who takes care of it; null for nobody. Opens a new ticket')
  assigneeId?: string | null;
  @TextField({ description: 'Id of the ticket in another system', max: 255, ...CLEARABLE, example: 'CW-4711' })
  externalTicketId?: string | null;
  @WebAddressField({ description: 'Address of the ticket in another system', ...CLEARABLE })
  externalTicketUrl?: string | null;
  @VersionField('the ticket is changed whatever it has become') version?: number;
}

export class CreateStaffCommentRequest {
  @MessageField('The answer or note; plain text') body: string;
  @BooleanField({
    description: 'True for an answer, which the submitter also gets by mail; false for an internal note',
  })
  isPublic: boolean;
  @StatusField(
    'Status that the ticket takes in the same step. Without it the status stays, but a public answer opens a new ticket',
  )
  status?: TicketStatus;
  @VersionField('the message is added whatever others wrote meanwhile') version?: number;
}

export class EditNoteRequest extends PickType(CreateStaffCommentRequest, ['body']) {}

export class BulkUpdateTicketsRequest extends PickType(UpdateTicketRequest, ['status', 'priority', 'assigneeId']) {
  @UuidListField({ description: 'Tickets; each that cannot take the change is refused', maxItems: 100 }) ids: string[];
}

export class HandOverTicketsRequest {
  @UuidField({ description: 'Colleague who has the tickets' }) from: string;
  @UuidField({ description: 'Staff user who takes care of them from now on; null for nobody', nullable: true }) to:
    string | null;
}

export class HandOverTicketsResponse {
  @ApiProperty({ type: 'integer', description: 'Tickets that were handed over; up to 100 at a time', example: 3 })
  changed: number;
  @ApiProperty({ description: 'False where more may be left: the same request goes on' }) finished: boolean;
}

export class BulkOutcomeItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: BULK_OUTCOMES, description: 'What became of it' }) outcome: BulkOutcome['outcome'];
  @Nullable(String, 'Code of the refusal', { example: 'ticket_transition_not_allowed' })
  code: string | null;
}

export class BulkUpdateTicketsResponse {
  @ApiProperty({ type: [BulkOutcomeItem], description: 'One for each ticket, in the order of the request' })
  results: BulkOutcomeItem[];
}

export class InboxSnippetAuthor extends PickType(TicketComment, ['authorType', 'authorName', 'mine', 'isPublic']) {}

export class TicketAssignee extends TicketParty {
  @ApiProperty({ description: 'True of somebody who no longer works here: the ticket waits among the unassigned' })
  suspended: boolean;
}

/** What staff see of a ticket besides its customers, in the inbox as on its page. */
class StaffTicketItem extends TicketItem {
  @ApiProperty({ description: 'Last message, internal notes included, or act of the customer; orders the inbox' })
  lastActivityAt: Date;
  @Nullable(String, 'Who has to answer next; null for nobody', { enum: TURNS }) turn: Turn | null;
  @ApiProperty({ type: TicketParty }) billingAccount: TicketParty;
  @Nullable(TicketAssignee, 'Staff user who takes care of it; null for nobody')
  assignee: TicketAssignee | null;
}

export class InboxItem extends StaffTicketItem {
  @ApiProperty({ description: 'Beginning of the last message, internal notes included' }) snippet: string;
  @ApiProperty({ type: InboxSnippetAuthor, description: 'Who wrote the last message, and for whom' })
  snippetBy: InboxSnippetAuthor;
  @Nullable(TicketParty, 'Portal user who opened it; null where they were removed') submittedBy: TicketParty | null;
}

export class InboxCountsResponse extends Members<InboxView, number>(INBOX_VIEWS, {
  type: 'integer',
  description: 'Tickets of this view',
  example: 0,
}) {}

export class InboxCountsExactResponse extends Members<InboxView, boolean>(INBOX_VIEWS, {
  type: 'boolean',
  description: 'Whether counting went to the end',
}) {}

export class InboxPageResponse {
  @ApiProperty({ type: [InboxItem] }) data: InboxItem[];
  @ApiProperty({ description: 'Where this page stands in the whole list' }) pagination: PaginationResponse;
  @ApiProperty({ description: 'Tickets of each view, whatever else is filtered; counting stops at 1,000' })
  counts: InboxCountsResponse;
  @ApiProperty({ description: 'Whether each number is all of them' }) countsExact: InboxCountsExactResponse;
}

export class StaffTicketComment extends TicketComment {
  @ApiProperty({ format: 'uuid', description: 'Who wrote it' }) authorId: string;
}

export class TicketSubmitterDetail extends TicketParty {
  @ApiProperty() email: string;
  @ApiProperty({ example: 'active' }) status: string;
}

export class StaffEarlierCommentsResponse extends Conversation(StaffTicketComment) {}

export class StaffTicketDetail extends IntersectionType(StaffTicketItem, TicketFacts, StaffEarlierCommentsResponse) {
  @ApiProperty({ type: 'integer', description: 'Counts the changes, messages included', example: 4 }) version: number;
  @Nullable(TicketSubmitterDetail, 'Portal user who opened it; null where they were removed')
  submittedBy: TicketSubmitterDetail | null;
}

export class StaffTicketResponse extends Single('ticket', StaffTicketDetail) {}

export class StaffCommentResponse extends Single('comment', StaffTicketComment) {}

export function inboxItem(row: InboxRow, staffId: string | undefined): InboxItem {
  return {
    ...parties(row),
    snippetBy: {
      authorType: row.snippetAuthorType,
      authorName: row.snippetAuthorName,
      mine: row.snippetAuthorType === 'staff' && row.snippetAuthorId === staffId,
      isPublic: row.snippetIsPublic,
    },
    submittedBy: party(row.submittedById, row.submittedByName),
    ...row,
  };
}

export function staffTicket({ actor }: StaffContext, row: StaffTicketDetailRow): StaffTicketResponse {
  const ticket = {
    ...row,
    ...parties(row),
    submittedBy: row.submitter,
    invoice: disputedInvoice(row.invoice),
    closesAt: row.autoCloseAt,
    comments: row.comments.map((comment) => staffComment(comment, actor.id)),
    history: row.history.map((event) => presentEvent(event, actor.id)),
  };
  return { ticket };
}

export function staffComment(row: CommentRow, staffId: string | undefined): StaffTicketComment {
  const mine = row.authorType === 'staff' && row.authorId === staffId;
  return { mine, removed: row.deletedAt !== null, canChange: mine && !row.isPublic, ...row };
}

function parties(row: InboxRow | StaffTicketDetailRow) {
  const billingAccount = { id: row.billingAccountId, name: row.billingAccountName };
  const assignee = party(row.assigneeId, row.assigneeName);
  const suspended = row.assigneeSuspended ?? false;
  return { turn: turnOf(row), billingAccount, assignee: assignee && { ...assignee, suspended } };
}
