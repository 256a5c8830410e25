import { Body, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import {
  PostAction,
  SendsMails,
  AudienceController,
  CacheControl,
  Operation,
  Summary,
  PortalCtx,
  RequireAnyPortalPermission,
  RequirePortalPermission,
  SUCCESS,
  SuccessResponse,
  UuidParam,
  Versioned,
  VersionedAnswer,
  pageOf,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { CommentRevisionService } from '../comment-revision.service.js';
import { PortalTicketService } from '../portal-ticket.service.js';
import {
  CreateCommentRequest,
  CreateTicketRequest,
  EditCommentRequest,
  PortalCommentResponse,
  PortalEarlierCommentsResponse,
  PortalTicketItem,
  PortalTicketListQuery,
  PortalTicketOverviewResponse,
  PortalTicketResponse,
  portalComment,
  portalEarlierComments,
  portalOverview,
  portalTicket,
  portalTicketItem,
} from './dto/portal-ticket.dto.js';
import { valueOf } from './dto/ticket-fields.js';
import { EarlierCommentsQuery } from './dto/ticket.dto.js';

/** As other portals' clients expect it. */
const BRIEFLY_CACHED = 'private, max-age=15, stale-while-revalidate=90';

@AudienceController('portal', 'api/v1/portal/tickets', 'Portal: tickets', 'tickets')
export class PortalTicketsController {
  constructor(
    private readonly tickets: PortalTicketService,
    private readonly comments: CommentRevisionService,
  ) {}

  @Get()
  @RequireAnyPortalPermission('tickets:read_own', 'tickets:read_account')
  @CacheControl(BRIEFLY_CACHED)
  @Operation('portalListTickets', [PortalTicketItem])
  @Summary("One's own tickets, or all of the account's where the role allows")
  async list(
    @PortalCtx() context: PortalContext,
    @Query() query: PortalTicketListQuery,
    @Versioned() answer: VersionedAnswer,
  ) {
    const page = await answer.of(
      () => this.tickets.version(context, query.scope),
      () => this.tickets.list(context, query),
    );
    return page && pageOf(page.rows.map(portalTicketItem), page, query, page.nextCursor);
  }

  @Post()
  @RequirePortalPermission('tickets:create')
  @SendsMails()
  @Operation('portalCreateTicket', PortalTicketResponse)
  @Summary('Open a ticket; its submitter gets a confirmation by mail')
  async create(@PortalCtx() context: PortalContext, @Body() body: CreateTicketRequest) {
    const subject = valueOf(body, 'subject', 'title');
    return portalTicket(context, await this.tickets.create(context, { ...body, subject }));
  }

  @Get('overview')
  @RequireAnyPortalPermission('tickets:read_own', 'tickets:read_account')
  @CacheControl(BRIEFLY_CACHED)
  @Operation('portalTicketOverview', PortalTicketOverviewResponse)
  @Summary('How many tickets are open and wait for the customer, and the first of them')
  async overview(@PortalCtx() context: PortalContext) {
    return portalOverview(await this.tickets.overview(context));
  }

  @Get(':id')
  @RequireAnyPortalPermission('tickets:read_own', 'tickets:read_account')
  @CacheControl(BRIEFLY_CACHED)
  @Operation('portalGetTicket', PortalTicketResponse)
  @Summary('One ticket with its public conversation')
  async get(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    return portalTicket(context, await this.tickets.get(context, id));
  }

  @Get(':id/comments')
  @RequireAnyPortalPermission('tickets:read_own', 'tickets:read_account')
  @Operation('portalListEarlierComments', PortalEarlierCommentsResponse)
  @Summary('What was said in public before a comment of the ticket')
  async commentsBefore(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @Query() { before }: EarlierCommentsQuery,
  ) {
    return portalEarlierComments(context, await this.tickets.commentsBefore(context, id, before));
  }

  @Post(':id/comments')
  @RequirePortalPermission('tickets:create')
  @SendsMails()
  @Operation('portalCommentTicket', PortalCommentResponse, 'ticket_closed')
  @Summary('Reply; takes up a pending or resolved ticket again and tells its assignee')
  async comment(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @Body() message: CreateCommentRequest,
  ) {
    const body = valueOf(message, 'body', 'content');
    return { comment: portalComment(await this.tickets.comment(context, id, body), context.actor.id) };
  }

  @Patch(':id/comments/:commentId')
  @RequirePortalPermission('tickets:create')
  @Operation('portalEditTicketComment', PortalCommentResponse, 'comment_answered', 'ticket_closed')
  @Summary("Change one's own comment until staff have answered")
  async editComment(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @UuidParam('commentId') commentId: string,
    @Body() message: EditCommentRequest,
  ) {
    const body = valueOf(message, 'body', 'content');
    return { comment: portalComment(await this.comments.edit(context, id, commentId, body), context.actor.id) };
  }

  @Delete(':id/comments/:commentId')
  @RequirePortalPermission('tickets:create')
  @Operation('portalRemoveTicketComment', SuccessResponse, 'comment_answered', 'ticket_closed')
  @Summary("Take back one's own comment until staff have answered; its place stays, its words go")
  async removeComment(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @UuidParam('commentId') commentId: string,
  ) {
    await this.comments.remove(context, id, commentId);
    return SUCCESS;
  }

  @PostAction(':id/close')
  @RequirePortalPermission('tickets:create')
  @SendsMails()
  @Operation('portalCloseTicket', PortalTicketResponse, 'ticket_closed')
  @Summary('Close a ticket that is no longer needed')
  async close(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    return portalTicket(context, await this.tickets.close(context, id));
  }

  @PostAction(':id/reopen')
  @RequirePortalPermission('tickets:create')
  @SendsMails()
  @Operation('portalReopenTicket', PortalTicketResponse, 'ticket_closed', 'conflict')
  @Summary('Take up a resolved ticket again, or a closed one within 30 days')
  async reopen(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    return portalTicket(context, await this.tickets.reopen(context, id));
  }
}
