import { Body, Post } from '@nestjs/common';
import { StaffResponse, staffItem } from '@balcao/module-directory/http';
import {
  PostAction,
  AudienceController,
  Operation,
  Summary,
  RequireStaffPermission,
  StaffCtx,
  UuidParam,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { StaffInvitationService } from '../invitations/staff-invitation.service.js';
import { InviteStaffRequest } from './dto/staff-invitation.dto.js';

@AudienceController('staff', 'api/v1/admin/staff', 'Staff')
export class StaffInvitationsController {
  constructor(private readonly invitations: StaffInvitationService) {}

  @Post()
  @RequireStaffPermission('staff:write')
  @Operation('adminInviteStaff', StaffResponse, 'staff_owner_only', 'email_taken', 'invitation_waiting')
  @Summary('Invite somebody to the team by e-mail')
  async invite(@StaffCtx() context: StaffContext, @Body() body: InviteStaffRequest) {
    return { staff: staffItem(await this.invitations.invite(context, body)) };
  }

  @PostAction(':id/resend-invitation')
  @RequireStaffPermission('staff:write')
  @Operation('adminResendStaffInvitation', StaffResponse, 'staff_owner_only', 'invitation_not_pending')
  @Summary('Mail a new link; the old one dies')
  async resend(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    return { staff: staffItem(await this.invitations.resend(context, id)) };
  }

  @Post(':id/cancel-invitation')
  @RequireStaffPermission('staff:write')
  @Operation('adminCancelStaffInvitation', undefined, 'staff_owner_only', 'invitation_not_pending')
  @Summary('Withdraw an invitation; the person leaves the list')
  async cancel(@StaffCtx() context: StaffContext, @UuidParam('id') id: string) {
    await this.invitations.cancel(context, id);
  }
}
