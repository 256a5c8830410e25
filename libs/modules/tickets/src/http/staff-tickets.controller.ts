import { Body, Get, Patch, Post, Query } from '@nestjs/common';
import {
  PostAction,
  SendsMails,
  AudienceController,
  Operation,
  Summary,
  RequireStaffPermission,
  StaffCtx,
  UuidParam,
  pageOf,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { CommentRevisionService } from '../comment-revision.service.js';
import { StaffTicketService } from '../staff-ticket.service.js';
import { TicketBulkService } from '../ticket-bulk.service.js';
import {
  BulkUpdateTicketsRequest,
  BulkUpdateTicketsResponse,
  CreateStaffCommentRequest,
  CreateTicketOnBehalfRequest,
  EditNoteRequest,
  HandOverTicketsRequest,
  HandOverTicketsResponse,
  InboxPageResponse,
  InboxQuery,
  StaffCommentResponse,
  StaffEarlierCommentsResponse,
  StaffTicketResponse,
  UpdateTicketRequest,
  inboxItem,
  staffComment,
  staffTicket,
} from './dto/staff-ticket.dto.js';
import { EarlierCommentsQuery } from './dto/ticket.dto.js';

@AudienceController('staff', 'api/v1/admin/tickets', 'Tickets')
export class StaffTicketsController {
  constructor(
    private readonly tickets: StaffTicketService,
    private readonly bulk: TicketBulkService,
    private readonly comments: CommentRevisionService,
  ) {}

  @Get()
  @RequireStaffPermission('tickets:read')
  @Operation('adminListTickets', InboxPageResponse)
  @Summary('The inbox: latest activity first, with the number of tickets in each view')
  async list(@StaffCtx() context: StaffContext, @Query() query: InboxQuery) {
    const { rows, counts, countsExact, ...page } = await this.tickets.list(context, query);
    const items = rows.map((row) => inboxItem(row, context.actor.id));
    return { ...pageOf(items, page, query, page.nextCursor), counts, countsExact };
  }

  @Post()
  @RequireStaffPermission('tickets:write')
  @SendsMails()
  @Operation('adminCreateTicket', StaffTicketResponse)
  @Summary('Open a ticket in the name of a portal user')
  async create(@StaffCtx() context: StaffContext, @Body() body: CreateTicketOnBehalfRequest) {
    return staffTicket(context, await this.tickets.create(context, body));
  }

  @PostAction('bulk')
  @RequireStaffPermission('tickets:write')
  @SendsMails(200, 10)
  @Operation('adminUpdateTickets', BulkUpdateTicketsResponse)
  @Summary('Change up to 100 tickets at once; says of each what became of it')
  async updateMany(@StaffCtx() context: StaffContext, @Body() { ids, ...patch }: BulkUpdateTicketsRequest) {
    return { results: await this.bulk.update(context, ids, patch) };
  }

  @PostAction('hand-over')
  @RequireStaffPermission('tickets:write')
  @SendsMails(40, 10)
  @Operation('adminHandOverTickets', HandOverTicketsResponse)
  @Summary('Give the unfinished tickets of one colleague to another, or to nobody')
  async handOver(@StaffCtx() context: StaffContext, @Body() { from, to }: HandOverTicketsRequest) {
    return this.bulk.handOver(context, from, to);
  }

  @Get(':id')
  @RequireStaffPermission('tickets:read')
  @Operation('adminGetTicket', StaffTicketResponse)
  @Summary('One ticket with its whole conversation')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return staffTicket(context, await this.tickets.get(context, id));
  }

  @Patch(':id')
  @RequireStaffPermission('tickets:write')
  @SendsMails(10)
  @Operation('adminUpdateTicket', StaffTicketResponse, 'ticket_changed', 'ticket_transition_not_allowed')
  @Summary('Change status, priority, type, assignee or the reference to another system')
  async update(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { version, ...patch }: UpdateTicketRequest,
  ) {
    return staffTicket(context, await this.tickets.update(context, id, patch, version));
  }

  @Get(':id/comments')
  @RequireStaffPermission('tickets:read')
  @Operation('adminListEarlierComments', StaffEarlierCommentsResponse)
  @Summary('What was said before a comment of the ticket, internal notes included')
  async commentsBefore(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Query() { before }: EarlierCommentsQuery,
  ) {
    const { comments, olderComments } = await this.tickets.commentsBefore(context, id, before);
    return { comments: comments.map((comment) => staffComment(comment, context.actor.id)), olderComments };
  }

  @Post(':id/comments')
  @RequireStaffPermission('tickets:write')
  @SendsMails()
  @Operation(
    'adminCommentTicket',
    StaffCommentResponse,
    'ticket_changed',
    'ticket_closed',
    'ticket_transition_not_allowed',
  )
  @Summary('Answer the customer, or leave an internal note')
  async comment(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: CreateStaffCommentRequest,
  ) {
    return { comment: staffComment(await this.tickets.comment(context, id, body), context.actor.id) };
  }

  @Patch(':id/comments/:noteId')
  @RequireStaffPermission('tickets:write')
  @Operation('adminEditTicketNote', StaffCommentResponse, 'comment_already_sent')
  @Summary("Change one's own internal note")
  async editNote(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @UuidParam('noteId') noteId: string,
    @Body() { body }: EditNoteRequest,
  ) {
    return { comment: staffComment(await this.comments.editNote(context, id, noteId, body), context.actor.id) };
  }
}
