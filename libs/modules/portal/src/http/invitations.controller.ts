import { Body, Get, Post, Query } from '@nestjs/common';
import {
  PostAction,
  AudienceController,
  Operation,
  Summary,
  RequireStaffPermission,
  SendsMails,
  StaffCtx,
  StoresNothing,
  UuidParam,
  pageOf,
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

@AudienceController('staff', 'api/v1/admin/invitations', 'Invitations')
export class InvitationsController {
  constructor(
    private readonly reader: InvitationReader,
    private readonly invitations: InvitationService,
  ) {}

  @Get()
  @RequireStaffPermission('invitations:read')
  @Operation('adminListInvitations', [InvitationItem])
  @Summary('List invitations, newest first')
  async list(@StaffCtx() context: StaffContext, @Query() query: InvitationListQuery) {
    const { rows, total } = await this.reader.list(context, query);
    return pageOf(rows, total, query);
  }

  @Post()
  @RequireStaffPermission('invitations:write')
  @Operation(
    'adminCreateInvitation',
    InvitationResponse,
    'PORTAL_INVITATIONS_DISABLED',
    'invitation_domain_not_allowed',
    'email_taken',
    'invitation_waiting',
  )
  @Summary('Invite a person by e-mail')
  async create(
    @StaffCtx() context: StaffContext,
    @Body() { billingAccountId, portalId, ...person }: CreateInvitationRequest,
  ) {
    return { invitation: await this.invitations.create(context, { billingAccountId, portalId }, person) };
  }

  @Post('batch')
  @SendsMails(200, 10)
  @RequireStaffPermission('invitations:write')
  @Operation('adminCreateInvitations', InvitationsResponse, 'PORTAL_INVITATIONS_DISABLED', 'email_taken')
  @Summary(
    'Invite up to 200 people into one account; all of them or none: where anybody cannot be invited nobody is, and `errors` ' +
      'names every problem at its place, such as `invitations.3.email`, with one of the codes `email_taken`, ' +
      '`invitation_waiting`, `repeated`, `domain` and `notGrantable` besides those of fields. With an `Idempotency-Key` the request can be repeated without ' +
      'inviting anybody twice. Each person gets a mail of their own, and how it fared stands on their invitation',
  )
  async createMany(@StaffCtx() context: StaffContext, @Body() { invitations, ...target }: CreateInvitationsRequest) {
    const rows = await this.invitations.createMany(context, target, invitations);
    return { invitations: rows };
  }

  @Post('batch/check')
  @StoresNothing()
  @RequireStaffPermission('invitations:write')
  @Operation('adminCheckInvitations', undefined, 'PORTAL_INVITATIONS_DISABLED')
  @Summary(
    'Whether a batch would be taken; refused as `batch` would refuse it, and nobody is invited. How many mails may still be ' +
      'sent is not looked at',
  )
  async check(@StaffCtx() context: StaffContext, @Body() { invitations, ...target }: CreateInvitationsRequest) {
    await this.invitations.check(context, target, invitations);
  }

  @PostAction(':id/resend')
  @RequireStaffPermission('invitations:write')
  @Operation(
    'adminResendInvitation',
    InvitationResponse,
    'invitation_not_pending',
    'role_not_on_portal',
    'PORTAL_INVITATIONS_DISABLED',
  )
  @Summary('Mail a new link; the old one dies')
  async resend(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { invitation: await this.invitations.resend(context, id) };
  }

  @PostAction(':id/cancel')
  @RequireStaffPermission('invitations:write')
  @Operation('adminCancelInvitation', InvitationResponse, 'invitation_not_pending')
  @Summary('Withdraw a pending invitation')
  async cancel(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { invitation: await this.invitations.cancel(context, id) };
  }
}
