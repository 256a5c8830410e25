import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPageResponse,
  ApiProblems,
  Audience,
  RequireFeature,
  RequirePortalPermission,
  PortalCtx,
  UuidParam,
  pageOf,
  type Page,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { InvitationReader } from '../invitations/invitation-reader.js';
import { InvitationService } from '../invitations/invitation.service.js';
import {
  PortalInvitationItem,
  PortalInvitationListQuery,
  PortalInvitationResponse,
  PortalInviteRequest,
} from './dto/invitation.dto.js';
import { presentPortalInvitation } from './invitation.presenter.js';

/** Invitations into one's own account. */
@ApiTags('Portal: team')
@Controller('api/v1/portal/invitations')
@Audience('portal')
export class PortalInvitationsController {
  constructor(
    private readonly reader: InvitationReader,
    private readonly invitations: InvitationService,
  ) {}

  @Get()
  @RequireFeature('invitations')
  @RequirePortalPermission('users:invite')
  @ApiOperation({
    operationId: 'portalListInvitations',
    summary: "List invitations into one's own account, newest first",
  })
  @ApiPageResponse(PortalInvitationItem)
  async list(
    @PortalCtx() context: PortalContext,
    @Query() query: PortalInvitationListQuery,
  ): Promise<Page<PortalInvitationItem>> {
    const { rows, total } = await this.reader.list(context, query);
    return pageOf(rows.map(presentPortalInvitation), total, query);
  }

  @Post()
  @RequireFeature('invitations')
  @RequirePortalPermission('users:invite')
  @ApiOperation({
    operationId: 'portalCreateInvitation',
    summary: "Invite a person into one's own account by e-mail; at most 60 mails in an hour leave an account",
  })
  @ApiCreatedResponse({ type: PortalInvitationResponse })
  @ApiProblems('validation_failed', 'invitation_domain_not_allowed', 'email_taken')
  async create(
    @PortalCtx() context: PortalContext,
    @Body() body: PortalInviteRequest,
  ): Promise<PortalInvitationResponse> {
    const target = { billingAccountId: context.scope.billingAccountId, portalId: context.portalId };
    return { invitation: presentPortalInvitation(await this.invitations.create(context, target, body)) };
  }

  @Post(':id/resend')
  @HttpCode(200)
  @RequireFeature('invitations')
  @RequirePortalPermission('users:invite')
  @ApiOperation({ operationId: 'portalResendInvitation', summary: 'Mail a new link; the old one dies' })
  @ApiOkResponse({ type: PortalInvitationResponse })
  @ApiProblems('not_found', 'role_not_grantable', 'invitation_not_pending')
  async resend(@PortalCtx() context: PortalContext, @UuidParam('id') id: string): Promise<PortalInvitationResponse> {
    return { invitation: presentPortalInvitation(await this.invitations.resend(context, id)) };
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @RequireFeature('invitations')
  @RequirePortalPermission('users:invite')
  @ApiOperation({ operationId: 'portalCancelInvitation', summary: 'Withdraw a pending invitation' })
  @ApiOkResponse({ type: PortalInvitationResponse })
  @ApiProblems('not_found', 'role_not_grantable', 'invitation_not_pending')
  async cancel(@PortalCtx() context: PortalContext, @UuidParam('id') id: string): Promise<PortalInvitationResponse> {
    return { invitation: presentPortalInvitation(await this.invitations.cancel(context, id)) };
  }
}
