import { Body, Get, Post, Query } from '@nestjs/common';
import {
  PostAction,
  AudienceController,
  Operation,
  Summary,
  PortalCtx,
  RequirePortalPermission,
  SendsMails,
  StoresNothing,
  UuidParam,
  pageOf,
} from '@balcao/platform-http';
import type { PortalContext } from '@balcao/platform-tenancy';
import { InvitationReader } from '../invitations/invitation-reader.js';
import { InvitationService } from '../invitations/invitation.service.js';
import {
  InvitationRulesResponse,
  MOST_BY_CUSTOMERS,
  PortalInvitationItem,
  PortalInvitationListQuery,
  PortalInvitationResponse,
  PortalInvitationsResponse,
  PortalInviteManyRequest,
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
    return { invitation: await this.invitations.create(context, targetOf(context), body) };
  }

  @Get('rules')
  @RequirePortalPermission('users:invite')
  @Operation('portalGetInvitationRules', InvitationRulesResponse)
  @Summary('Whose addresses may be invited, and how many at once')
  async rules(@PortalCtx() context: PortalContext) {
    const allowedDomains = await this.invitations.allowedDomains(context, context.portalId);
    return { rules: { allowedDomains, mostAtOnce: MOST_BY_CUSTOMERS } };
  }

  @Post('batch')
  @SendsMails(MOST_BY_CUSTOMERS, 5)
  @RequirePortalPermission('users:invite')
  @Operation('portalCreateInvitations', PortalInvitationsResponse, 'email_taken')
  @Summary(
    "Invite several people into one's own account, all of them or none; `errors` names every problem at its place, such as " +
      '`invitations.3.email`. At most 60 mails in an hour leave an account',
  )
  async createMany(@PortalCtx() context: PortalContext, @Body() body: PortalInviteManyRequest) {
    return { invitations: await this.invitations.createMany(context, targetOf(context), peopleOf(body)) };
  }

  @Post('batch/check')
  @StoresNothing()
  @RequirePortalPermission('users:invite')
  @Operation('portalCheckInvitations')
  @Summary('Whether a batch would be taken; refused as `batch` would refuse it, and nobody is invited')
  async check(@PortalCtx() context: PortalContext, @Body() body: PortalInviteManyRequest) {
    await this.invitations.check(context, targetOf(context), peopleOf(body));
  }

  @PostAction(':id/resend')
  @RequirePortalPermission('users:invite')
  @Operation(
    'portalResendInvitation',
    PortalInvitationResponse,
    'role_not_grantable',
    'role_not_on_portal',
    'invitation_not_pending',
  )
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

const targetOf = ({ scope: { billingAccountId }, portalId }: PortalContext) => ({ billingAccountId, portalId });
const peopleOf = ({ invitations, roleId }: PortalInviteManyRequest) =>
  invitations.map((person) => ({ ...person, roleId }));
