import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPageResponse,
  ApiProblems,
  Audience,
  RequireStaffPermission,
  StaffCtx,
  UuidParam,
  pageOf,
  type Page,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { InvitationReader } from '../invitations/invitation-reader.js';
import { InvitationService } from '../invitations/invitation.service.js';
import {
  CreateInvitationRequest,
  CreateInvitationsRequest,
  InvitationItem,
  InvitationListQuery,
  InvitationResponse,
  InvitationsResponse,
} from './dto/invitation.dto.js';
import { presentInvitation } from './invitation.presenter.js';

@ApiTags('Invitations')
@Controller('api/v1/admin/invitations')
@Audience('staff')
export class InvitationsController {
  constructor(
    private readonly reader: InvitationReader,
    private readonly invitations: InvitationService,
  ) {}

  @Get()
  @RequireStaffPermission('invitations:read')
  @ApiOperation({
    operationId: 'adminListInvitations',
    summary: 'List invitations, newest first',
  })
  @ApiPageResponse(InvitationItem)
  async list(@StaffCtx() context: StaffContext, @Query() query: InvitationListQuery): Promise<Page<InvitationItem>> {
    const { rows, total } = await this.reader.list(context, query);
    return pageOf(rows.map(presentInvitation), total, query);
  }

  @Post()
  @RequireStaffPermission('invitations:write')
  @ApiOperation({
    operationId: 'adminCreateInvitation',
    summary: 'Invite a person by e-mail',
  })
  @ApiCreatedResponse({ type: InvitationResponse })
  @ApiProblems('validation_failed', 'PORTAL_INVITATIONS_DISABLED', 'invitation_domain_not_allowed', 'email_taken')
  async create(
    @StaffCtx() context: StaffContext,
    @Body() { billingAccountId, portalId, ...person }: CreateInvitationRequest,
  ): Promise<InvitationResponse> {
    const row = await this.invitations.create(context, { billingAccountId, portalId }, person);
    return { invitation: presentInvitation(row) };
  }

  @Post('batch')
  @RequireStaffPermission('invitations:write')
  @ApiOperation({
    operationId: 'adminCreateInvitations',
    summary: 'Invite up to 200 people into one account',
    description:
      'All of them or none: where anybody cannot be invited nobody is, and `errors` names every problem at its place, such ' +
      'as `invitations.3.email`, with one of the codes `email_taken`, `repeated`, `domain` and `notGrantable` besides those ' +
      'of fields. With an `Idempotency-Key` the request can be repeated without inviting anybody twice. Each person gets ' +
      'a mail of their own, and how it fared stands on their invitation.',
  })
  @ApiCreatedResponse({ type: InvitationsResponse })
  @ApiProblems('validation_failed', 'PORTAL_INVITATIONS_DISABLED', 'email_taken')
  async createMany(
    @StaffCtx() context: StaffContext,
    @Body() { invitations, ...target }: CreateInvitationsRequest,
  ): Promise<InvitationsResponse> {
    const rows = await this.invitations.createMany(context, target, invitations);
    return { invitations: rows.map(presentInvitation) };
  }

  @Post(':id/resend')
  @HttpCode(200)
  @RequireStaffPermission('invitations:write')
  @ApiOperation({
    operationId: 'adminResendInvitation',
    summary: 'Mail a new link; the old one dies',
  })
  @ApiOkResponse({ type: InvitationResponse })
  @ApiProblems('not_found', 'invitation_not_pending', 'PORTAL_INVITATIONS_DISABLED')
  async resend(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<InvitationResponse> {
    return { invitation: presentInvitation(await this.invitations.resend(context, id)) };
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @RequireStaffPermission('invitations:write')
  @ApiOperation({
    operationId: 'adminCancelInvitation',
    summary: 'Withdraw a pending invitation',
  })
  @ApiOkResponse({ type: InvitationResponse })
  @ApiProblems('not_found', 'invitation_not_pending')
  async cancel(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<InvitationResponse> {
    return { invitation: presentInvitation(await this.invitations.cancel(context, id)) };
  }
}
