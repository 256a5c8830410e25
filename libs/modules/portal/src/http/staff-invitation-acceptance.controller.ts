import { Body } from '@nestjs/common';
import { FromBrowser, SessionCookies, StaffMeResponse, presentStaffMe, type Browser } from '@balcao/module-auth/http';
import { PostAction, AudienceController, AnswerHeaders, Ctx, Operation, Public, Summary } from '@balcao/platform-http';
import type { RequestContext } from '@balcao/platform-tenancy';
import { StaffInvitationAcceptanceService } from '../invitations/staff-invitation-acceptance.service.js';
import { AcceptInvitationRequest, LookAtInvitationRequest } from './dto/invitation.dto.js';
import { PendingStaffInvitationResponse } from './dto/staff-invitation.dto.js';

@AudienceController('staff', 'api/v1/admin/auth', 'Console: sign-in')
export class StaffInvitationAcceptanceController {
  constructor(
    private readonly acceptance: StaffInvitationAcceptanceService,
    private readonly cookies: SessionCookies,
  ) {}

  @PostAction('invitation')
  @Public()
  @Operation(
    'adminLookAtInvitation',
    PendingStaffInvitationResponse,
    'token_used',
    'token_invalid',
    'organization_suspended',
  )
  @Summary('What an invitation to the team is about; changes nothing')
  async look(@Ctx() context: RequestContext, @Body() body: LookAtInvitationRequest) {
    return { invitation: await this.acceptance.look(context, body.token) };
  }

  @PostAction('accept-invitation')
  @Public()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @Operation(
    'adminAcceptInvitation',
    StaffMeResponse,
    'token_used',
    'token_invalid',
    'password_too_common',
    'organization_suspended',
  )
  @Summary('Accept an invitation to the team: sets the password and signs in')
  async accept(@Ctx() context: RequestContext, @Body() body: AcceptInvitationRequest, @FromBrowser() browser: Browser) {
    const login = await this.acceptance.accept(context, body);
    this.cookies.start(browser, 'staff', login);
    return presentStaffMe(login.principal);
  }
}
