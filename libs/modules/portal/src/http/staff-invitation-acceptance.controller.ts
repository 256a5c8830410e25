import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FromBrowser, SessionCookies, StaffMeResponse, presentStaffMe, type Browser } from '@balcao/module-auth/http';
import { AnswerHeaders, Audience, Ctx, Operation, Public, Summary } from '@balcao/platform-http';
import type { RequestContext } from '@balcao/platform-tenancy';
import { StaffInvitationAcceptanceService } from '../invitations/staff-invitation-acceptance.service.js';
import { AcceptInvitationRequest, LookAtInvitationRequest } from './dto/invitation.dto.js';
import { PendingStaffInvitationResponse } from './dto/staff-invitation.dto.js';

@ApiTags('Console: sign-in')
@Controller('api/v1/admin/auth')
@Audience('staff')
export class StaffInvitationAcceptanceController {
  constructor(
    private readonly acceptance: StaffInvitationAcceptanceService,
    private readonly cookies: SessionCookies,
  ) {}

  @Post('invitation')
  @HttpCode(200)
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

  @Post('accept-invitation')
  @HttpCode(200)
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
