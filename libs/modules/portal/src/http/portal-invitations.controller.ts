import { Body, Get, Post, Query } from '@nestjs/common';
import {
  PostAction,
  AudienceController,
  Operation,
  Summary,
  PortalCtx,
  RequirePortalPermission,
  UuidParam,
  pageOf,
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

/** Invitations into one's own account. */
@AudienceController('portal', 'api/v1/portal/invitations', 'Portal: team', 'invitations')
export class PortalInvitationsController {
  constructor(
    private readonly reader: InvitationReader,
    private readonly invitations: InvitationService,
  ) {}

  @Get()
  @RequirePortalPermission('users:invite')
  @Operation('portalListInvitations', [PortalInvitationItem])
  @Summary("List invitations into one's own account, newest first")
  async list(@PortalCtx() context: PortalContext, @Query() query: PortalInvitationListQuery) {
    const { rows, total } = await this.reader.list(context, query);
    return pageOf(rows, total, query);
  }

  @Post()
  @RequirePortalPermission('users:invite')
  @Operation(
    'portalCreateInvitation',
    PortalInvitationResponse,
    'invitation_domain_not_allowed',
    'email_taken',
    'invitation_waiting',
  )
  @Summary("Invite a person into one's own account by e-mail; at most 60 mails in an hour leave an account")
  async create(@PortalCtx() context: PortalContext, @Body() body: PortalInviteRequest) {
    const target = { billingAccountId: context.scope.billingAccountId, portalId: context.portalId };
    return { invitation: await this.invitations.create(context, target, body) };
  }

  @PostAction(':id/resend')
  @RequirePortalPermission('users:invite')
  @Operation('portalResendInvitation', PortalInvitationResponse, 'role_not_grantable', 'invitation_not_pending')
  @Summary('Mail a new link; the old one dies')
  async resend(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    return { invitation: await this.invitations.resend(context, id) };
  }

  @PostAction(':id/cancel')
  @RequirePortalPermission('users:invite')
  @Operation('portalCancelInvitation', PortalInvitationResponse, 'role_not_grantable', 'invitation_not_pending')
  @Summary('Withdraw a pending invitation')
  async cancel(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    return { invitation: await this.invitations.cancel(context, id) };
  }
}
