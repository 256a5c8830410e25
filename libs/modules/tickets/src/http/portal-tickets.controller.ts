import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPageResponse,
  ApiProblems,
  Audience,
  CacheControl,
  FastPage,
  RequireFeature,
  RequirePortalPermission,
  PortalCtx,
  UuidParam,
  Versioned,
  VersionedAnswer,
  pageOf,
  type Page,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { PortalTicketService } from '../portal-ticket.service.js';
import {
  CreateCommentRequest,
  CreateTicketRequest,
  PortalCommentResponse,
  PortalTicketItem,
  PortalTicketListQuery,
  PortalTicketOverviewResponse,
  PortalTicketResponse,
} from './dto/portal-ticket.dto.js';
import { valueOf } from './dto/ticket-fields.js';
import {
  PORTAL_TICKET_MEMBERS,
  presentOverview,
  presentPortalComment,
  presentPortalTicketResponse,
  presentPortalTicketItem,
} from './portal-ticket.presenter.js';

/** S3.87. */
const BRIEFLY_CACHED = 'private, max-age=15, stale-while-revalidate=90';

@ApiTags('Portal: tickets')
@Controller('api/v1/portal/tickets')
@Audience('portal')
export class PortalTicketsController {
  constructor(private readonly tickets: PortalTicketService) {}

  @Get()
  @RequireFeature('tickets')
  @RequirePortalPermission('tickets:read_own', 'tickets:read_account')
  @CacheControl(BRIEFLY_CACHED)
  @FastPage(PORTAL_TICKET_MEMBERS)
  @ApiOperation({
    operationId: 'portalListTickets',
    summary: "One's own tickets, or all of the account's where the role allows",
  })
  @ApiPageResponse(PortalTicketItem)
  @ApiProblems('validation_failed')
  async list(
    @PortalCtx() context: PortalContext,
    @Query() query: PortalTicketListQuery,
    @Versioned(PORTAL_TICKET_MEMBERS) answer: VersionedAnswer,
  ): Promise<Page<PortalTicketItem> | undefined> {
    const page = await this.tickets.list(context, query, answer);
    return page && pageOf(page.rows.map(presentPortalTicketItem), page, query, page.nextCursor);
  }

  @Post()
  @RequireFeature('tickets')
  @RequirePortalPermission('tickets:create')
  @ApiOperation({
    operationId: 'portalCreateTicket',
    summary: 'Open a ticket; its submitter gets a confirmation by mail',
  })
  @ApiCreatedResponse({ type: PortalTicketResponse })
  @ApiProblems('validation_failed')
  async create(@PortalCtx() context: PortalContext, @Body() body: CreateTicketRequest): Promise<PortalTicketResponse> {
    const { description, priority, type } = body;
    return presentPortalTicketResponse(
      context,
      await this.tickets.create(context, { subject: valueOf(body, 'subject', 'title'), description, priority, type }),
    );
  }

  @Get('overview')
  @RequireFeature('tickets')
  @RequirePortalPermission('tickets:read_own', 'tickets:read_account')
  @CacheControl(BRIEFLY_CACHED)
  @ApiOperation({
    operationId: 'portalTicketOverview',
    summary: 'How many tickets are open and wait for the customer, and the first of them',
  })
  @ApiOkResponse({ type: PortalTicketOverviewResponse })
  async overview(@PortalCtx() context: PortalContext): Promise<PortalTicketOverviewResponse> {
    return presentOverview(await this.tickets.overview(context));
  }

  @Get(':id')
  @RequireFeature('tickets')
  @RequirePortalPermission('tickets:read_own', 'tickets:read_account')
  @CacheControl(BRIEFLY_CACHED)
  @ApiOperation({ operationId: 'portalGetTicket', summary: 'One ticket with its public conversation' })
  @ApiOkResponse({ type: PortalTicketResponse })
  @ApiProblems('not_found')
  async get(@PortalCtx() context: PortalContext, @UuidParam('id') id: string): Promise<PortalTicketResponse> {
    return presentPortalTicketResponse(context, await this.tickets.get(context, id));
  }

  @Post(':id/comments')
  @RequireFeature('tickets')
  @RequirePortalPermission('tickets:create')
  @ApiOperation({
    operationId: 'portalCommentTicket',
    summary: 'Reply; takes up a pending or resolved ticket again and tells its assignee',
  })
  @ApiCreatedResponse({ type: PortalCommentResponse })
  @ApiProblems('validation_failed', 'not_found', 'ticket_closed')
  async comment(
    @PortalCtx() context: PortalContext,
    @UuidParam('id') id: string,
    @Body() message: CreateCommentRequest,
  ): Promise<PortalCommentResponse> {
    const comment = await this.tickets.comment(context, id, valueOf(message, 'body', 'content'));
    return { comment: presentPortalComment(comment, context.actor.id, true) };
  }

  @Post(':id/close')
  @HttpCode(200)
  @RequireFeature('tickets')
  @RequirePortalPermission('tickets:create')
  @ApiOperation({ operationId: 'portalCloseTicket', summary: 'Close a ticket that is no longer needed' })
  @ApiOkResponse({ type: PortalTicketResponse })
  @ApiProblems('not_found', 'ticket_closed')
  async close(@PortalCtx() context: PortalContext, @UuidParam('id') id: string): Promise<PortalTicketResponse> {
    return presentPortalTicketResponse(context, await this.tickets.close(context, id));
  }

  @Post(':id/reopen')
  @HttpCode(200)
  @RequireFeature('tickets')
  @RequirePortalPermission('tickets:create')
  @ApiOperation({
    operationId: 'portalReopenTicket',
    summary: 'Take up a resolved ticket again, or a closed one within 30 days',
  })
  @ApiOkResponse({ type: PortalTicketResponse })
  @ApiProblems('not_found', 'ticket_closed', 'conflict')
  async reopen(@PortalCtx() context: PortalContext, @UuidParam('id') id: string): Promise<PortalTicketResponse> {
    return presentPortalTicketResponse(context, await this.tickets.reopen(context, id));
  }
}
