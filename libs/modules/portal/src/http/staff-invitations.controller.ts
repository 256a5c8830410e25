import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { StaffResponse, presentStaff } from '@balcao/module-directory/http';
import { ApiProblems, Audience, RequireStaffPermission, StaffCtx, UuidParam } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { StaffInvitationService } from '../invitations/staff-invitation.service.js';
import { InviteStaffRequest } from './dto/staff-invitation.dto.js';

@ApiTags('Staff')
@Controller('api/v1/admin/staff')
@Audience('staff')
export class StaffInvitationsController {
  constructor(private readonly invitations: StaffInvitationService) {}

  @Post()
  @RequireStaffPermission('staff:write')
  @ApiOperation({
    operationId: 'adminInviteStaff',
    summary: 'Invite somebody to the team by e-mail',
  })
  @ApiCreatedResponse({ type: StaffResponse })
  @ApiProblems('validation_failed', 'staff_owner_only', 'email_taken')
  async invite(@StaffCtx() context: StaffContext, @Body() body: InviteStaffRequest): Promise<StaffResponse> {
    return { staff: presentStaff(await this.invitations.invite(context, body)) };
  }

  @Post(':id/resend-invitation')
  @HttpCode(200)
  @RequireStaffPermission('staff:write')
  @ApiOperation({
    operationId: 'adminResendStaffInvitation',
    summary: 'Mail a new link; the old one dies',
  })
  @ApiOkResponse({ type: StaffResponse })
  @ApiProblems('not_found', 'staff_owner_only', 'invitation_not_pending')
  async resend(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<StaffResponse> {
    return { staff: presentStaff(await this.invitations.resend(context, id)) };
  }

  @Post(':id/cancel-invitation')
  @HttpCode(204)
  @RequireStaffPermission('staff:write')
  @ApiOperation({
    operationId: 'adminCancelStaffInvitation',
    summary: 'Withdraw an invitation; the person leaves the list',
  })
  @ApiNoContentResponse({ description: 'The link is dead' })
  @ApiProblems('not_found', 'staff_owner_only', 'invitation_not_pending')
  async cancel(@StaffCtx() context: StaffContext, @UuidParam('id') id: string): Promise<void> {
    await this.invitations.cancel(context, id);
  }
}
