import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, Audience, RequireStaffPermission, StaffCtx, UuidParam } from '@balcao/platform-http';
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
  InboxPageResponse,
  InboxQuery,
  StaffCommentResponse,
  StaffTicketResponse,
  UpdateTicketRequest,
} from './dto/staff-ticket.dto.js';
import { presentInbox, presentStaffComment, presentStaffTicket } from './staff-ticket.presenter.js';

@ApiTags('Tickets')
@Controller('api/v1/admin/tickets')
@Audience('staff')
export class StaffTicketsController {
  constructor(
    private readonly tickets: StaffTicketService,
    private readonly bulk: TicketBulkService,
    private readonly comments: CommentRevisionService,
  ) {}

  @Get()
  @RequireStaffPermission('tickets:read')
  @ApiOperation({
    operationId: 'adminListTickets',
    summary: 'The inbox: latest activity first, with the number of tickets in each view',
  })
  @ApiOkResponse({ type: InboxPageResponse })
  @ApiProblems('validation_failed')
  async list(@StaffCtx() context: StaffContext, @Query() query: InboxQuery): Promise<InboxPageResponse> {
    return presentInbox(await this.tickets.list(context, query), query, context.actor.id);
  }

  @Post()
  @RequireStaffPermission('tickets:write')
  @ApiOperation({ operationId: 'adminCreateTicket', summary: 'Open a ticket in the name of a portal user' })
  @ApiCreatedResponse({ type: StaffTicketResponse })
  @ApiProblems('validation_failed')
  async create(
    @StaffCtx() context: StaffContext,
    @Body() body: CreateTicketOnBehalfRequest,
  ): Promise<StaffTicketResponse> {
    return { ticket: presentStaffTicket(await this.tickets.create(context, body), context.actor.id) };
  }

  @Post('bulk')
  @HttpCode(200)
  @RequireStaffPermission('tickets:write')
  @ApiOperation({
    operationId: 'adminUpdateTickets',
    summary: 'Change up to 100 tickets at once; says of each what became of it',
  })
  @ApiOkResponse({ type: BulkUpdateTicketsResponse })
  @ApiProblems('validation_failed')
  async updateMany(
    @StaffCtx() context: StaffContext,
    @Body() { ids, ...patch }: BulkUpdateTicketsRequest,
  ): Promise<BulkUpdateTicketsResponse> {
    return { results: await this.bulk.update(context, ids, patch) };
  }

  @Get(':id')
  @RequireStaffPermission('tickets:read')
  @ApiOperation({ operationId: 'adminGetTicket', summary: 'One ticket with its whole conversation' })
  @ApiOkResponse({ type: StaffTicketResponse })
  @ApiProblems('not_found')
  async get(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<StaffTicketResponse> {
    return { ticket: presentStaffTicket(await this.tickets.get(context, id), context.actor.id) };
  }

  @Patch(':id')
  @RequireStaffPermission('tickets:write')
  @ApiOperation({
    operationId: 'adminUpdateTicket',
    summary: 'Change status, priority, type, assignee or the reference to another system',
  })
  @ApiOkResponse({ type: StaffTicketResponse })
  @ApiProblems('validation_failed', 'not_found', 'ticket_changed', 'ticket_transition_not_allowed')
  async update(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() { version, ...patch }: UpdateTicketRequest,
  ): Promise<StaffTicketResponse> {
    return { ticket: presentStaffTicket(await this.tickets.update(context, id, patch, version), context.actor.id) };
  }

  @Post(':id/comments')
  @RequireStaffPermission('tickets:write')
  @ApiOperation({ operationId: 'adminCommentTicket', summary: 'Answer the customer, or leave an internal note' })
  @ApiCreatedResponse({ type: StaffCommentResponse })
  @ApiProblems('validation_failed', 'not_found', 'ticket_changed', 'ticket_closed', 'ticket_transition_not_allowed')
  async comment(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @Body() body: CreateStaffCommentRequest,
  ): Promise<StaffCommentResponse> {
    return { comment: presentStaffComment(await this.tickets.comment(context, id, body), context.actor.id) };
  }

  @Patch(':id/comments/:noteId')
  @RequireStaffPermission('tickets:write')
  @ApiOperation({ operationId: 'adminEditTicketNote', summary: "Change one's own internal note" })
  @ApiOkResponse({ type: StaffCommentResponse })
  @ApiProblems('validation_failed', 'not_found', 'comment_already_sent')
  async editNote(
    @StaffCtx() context: StaffContext,
    @UuidParam('id') id: string,
    @UuidParam('noteId') noteId: string,
    @Body() { body }: EditNoteRequest,
  ): Promise<StaffCommentResponse> {
    const note = await this.comments.editNote(context, id, noteId, body);
    return { comment: presentStaffComment(note, context.actor.id) };
  }
}
