import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPageResponse,
  ApiProblems,
  Audience,
  CacheControl,
  CurrentPrincipal,
  FastPage,
  RequireFeature,
  RequirePermission,
  TenantCtx,
  UuidParam,
  Versioned,
  VersionedAnswer,
  pageOf,
  type Page,
  type Principal,
} from '@balcao/platform-http';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { PortalTicketService } from '../portal-ticket.service.js';
import {
  CreateCommentRequest,
  CreateTicketRequest,
  PortalCommentResponse,
  PortalTicketItem,
  PortalTicketListQuery,
  PortalTicketResponse,
} from './dto/portal-ticket.dto.js';
import { subjectOf } from './dto/ticket-fields.js';
import {
  PORTAL_TICKET_MEMBERS,
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
  @RequirePermission('tickets:read_own', 'tickets:read_account')
  @CacheControl(BRIEFLY_CACHED)
  @FastPage(PORTAL_TICKET_MEMBERS)
  @ApiOperation({
    operationId: 'portalListTickets',
    summary: "One's own tickets, or all of the account's where the role allows",
  })
  @ApiPageResponse(PortalTicketItem)
  @ApiProblems('validation_failed', 'permission_denied', 'PORTAL_TICKETS_DISABLED')
  async list(
    @TenantCtx() context: OrganizationContext,
    @CurrentPrincipal() principal: Principal,
    @Query() query: PortalTicketListQuery,
    @Versioned(PORTAL_TICKET_MEMBERS) answer: VersionedAnswer,
  ): Promise<Page<PortalTicketItem> | undefined> {
    const page = await this.tickets.list(context, principal.permissions, query, answer);
    return page && pageOf(page.rows.map(presentPortalTicketItem), page.total, query, page.nextCursor);
  }

  @Post()
  @RequireFeature('tickets')
  @RequirePermission('tickets:create')
  @ApiOperation({
    operationId: 'portalCreateTicket',
    summary: 'Open a ticket; its submitter gets a confirmation by mail',
  })
  @ApiCreatedResponse({ type: PortalTicketResponse })
  @ApiProblems('validation_failed', 'permission_denied', 'PORTAL_TICKETS_DISABLED')
  async create(
    @TenantCtx() context: OrganizationContext,
    @Body() body: CreateTicketRequest,
  ): Promise<PortalTicketResponse> {
    const { description, priority, type } = body;
    return presentPortalTicketResponse(
      context,
      await this.tickets.create(context, { subject: subjectOf(body), description, priority, type }),
    );
  }

  @Get(':id')
  @RequireFeature('tickets')
  @RequirePermission('tickets:read_own', 'tickets:read_account')
  @CacheControl(BRIEFLY_CACHED)
  @ApiOperation({ operationId: 'portalGetTicket', summary: 'One ticket with its public conversation' })
  @ApiOkResponse({ type: PortalTicketResponse })
  @ApiProblems('not_found', 'PORTAL_TICKETS_DISABLED')
  async get(
    @TenantCtx() context: OrganizationContext,
    @CurrentPrincipal() principal: Principal,
    @UuidParam('id') id: string,
  ): Promise<PortalTicketResponse> {
    return presentPortalTicketResponse(context, await this.tickets.get(context, principal.permissions, id));
  }

  @Post(':id/comments')
  @RequireFeature('tickets')
  @RequirePermission('tickets:create')
  @ApiOperation({
    operationId: 'portalCommentTicket',
    summary: 'Reply; takes up a pending or resolved ticket again and tells its assignee',
  })
  @ApiCreatedResponse({ type: PortalCommentResponse })
  @ApiProblems('validation_failed', 'not_found', 'ticket_closed', 'PORTAL_TICKETS_DISABLED')
  async comment(
    @TenantCtx() context: OrganizationContext,
    @CurrentPrincipal() principal: Principal,
    @UuidParam('id') id: string,
    @Body() body: CreateCommentRequest,
  ): Promise<PortalCommentResponse> {
    const comment = await this.tickets.comment(context, principal.permissions, id, body.body);
    return { comment: presentPortalComment(comment, context.actor.id, true) };
  }

  @Post(':id/close')
  @HttpCode(200)
  @RequireFeature('tickets')
  @RequirePermission('tickets:create')
  @ApiOperation({ operationId: 'portalCloseTicket', summary: 'Close a ticket that is no longer needed' })
  @ApiOkResponse({ type: PortalTicketResponse })
  @ApiProblems('not_found', 'ticket_closed', 'PORTAL_TICKETS_DISABLED')
  async close(
    @TenantCtx() context: OrganizationContext,
    @CurrentPrincipal() principal: Principal,
    @UuidParam('id') id: string,
  ): Promise<PortalTicketResponse> {
    return presentPortalTicketResponse(context, await this.tickets.close(context, principal.permissions, id));
  }

  @Post(':id/reopen')
  @HttpCode(200)
  @RequireFeature('tickets')
  @RequirePermission('tickets:create')
  @ApiOperation({
    operationId: 'portalReopenTicket',
    summary: 'Take up a resolved ticket again, or a closed one within 30 days',
  })
  @ApiOkResponse({ type: PortalTicketResponse })
  @ApiProblems('not_found', 'ticket_closed', 'conflict', 'PORTAL_TICKETS_DISABLED')
  async reopen(
    @TenantCtx() context: OrganizationContext,
    @CurrentPrincipal() principal: Principal,
    @UuidParam('id') id: string,
  ): Promise<PortalTicketResponse> {
    return presentPortalTicketResponse(context, await this.tickets.reopen(context, principal.permissions, id));
  }
}
