import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, Audience, RequirePermission, TenantCtx, UuidParam, pageOf } from '@balcao/platform-http';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import { StaffTicketService } from '../staff-ticket.service.js';
import {
  CreateStaffCommentRequest,
  CreateTicketOnBehalfRequest,
  InboxPageResponse,
  InboxQuery,
  StaffCommentResponse,
  StaffTicketResponse,
  UpdateTicketRequest,
} from './dto/staff-ticket.dto.js';
import { presentInboxItem, presentStaffComment, presentStaffTicket } from './staff-ticket.presenter.js';

@ApiTags('Tickets')
@Controller('api/v1/admin/tickets')
@Audience('staff')
export class StaffTicketsController {
  constructor(private readonly tickets: StaffTicketService) {}

  @Get()
  @RequirePermission('tickets:read')
  @ApiOperation({
    operationId: 'adminListTickets',
    summary: 'The inbox: latest activity first, with the number of tickets in each view',
  })
  @ApiOkResponse({ type: InboxPageResponse })
  @ApiProblems('validation_failed')
  async list(@TenantCtx() context: OrganizationContext, @Query() query: InboxQuery): Promise<InboxPageResponse> {
    const { rows, total, counts } = await this.tickets.list(context, query);
    return { ...pageOf(rows.map(presentInboxItem), total, query), counts };
  }

  @Post()
  @RequirePermission('tickets:write')
  @ApiOperation({ operationId: 'adminCreateTicket', summary: 'Open a ticket in the name of a portal user' })
  @ApiCreatedResponse({ type: StaffTicketResponse })
  @ApiProblems('validation_failed')
  async create(
    @TenantCtx() context: OrganizationContext,
    @Body() body: CreateTicketOnBehalfRequest,
  ): Promise<StaffTicketResponse> {
    return { ticket: presentStaffTicket(await this.tickets.create(context, body), context.actor.id) };
  }

  @Get(':id')
  @RequirePermission('tickets:read')
  @ApiOperation({ operationId: 'adminGetTicket', summary: 'One ticket with its whole conversation' })
  @ApiOkResponse({ type: StaffTicketResponse })
  @ApiProblems('not_found')
  async get(@TenantCtx() context: OrganizationContext, @UuidParam('id') id: string): Promise<StaffTicketResponse> {
    return { ticket: presentStaffTicket(await this.tickets.get(context, id), context.actor.id) };
  }

  @Patch(':id')
  @RequirePermission('tickets:write')
  @ApiOperation({
    operationId: 'adminUpdateTicket',
    summary: 'Change status, priority, type, assignee or the reference to another system',
  })
  @ApiOkResponse({ type: StaffTicketResponse })
  @ApiProblems('validation_failed', 'not_found', 'ticket_transition_not_allowed')
  async update(
    @TenantCtx() context: OrganizationContext,
    @UuidParam('id') id: string,
    @Body() body: UpdateTicketRequest,
  ): Promise<StaffTicketResponse> {
    return { ticket: presentStaffTicket(await this.tickets.update(context, id, body), context.actor.id) };
  }

  @Post(':id/comments')
  @RequirePermission('tickets:write')
  @ApiOperation({ operationId: 'adminCommentTicket', summary: 'Answer the customer, or leave an internal note' })
  @ApiCreatedResponse({ type: StaffCommentResponse })
  @ApiProblems('validation_failed', 'not_found', 'ticket_closed', 'ticket_transition_not_allowed')
  async comment(
    @TenantCtx() context: OrganizationContext,
    @UuidParam('id') id: string,
    @Body() body: CreateStaffCommentRequest,
  ): Promise<StaffCommentResponse> {
    return { comment: presentStaffComment(await this.tickets.comment(context, id, body), context.actor.id) };
  }
}
