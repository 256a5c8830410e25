import { Body } from '@nestjs/common';
import {
  FromBrowser,
  PortalLoginResponse,
  SessionCookies,
  presentPortalLogin,
  type Browser,
} from '@balcao/module-auth/http';
import {
  PostAction,
  AudienceController,
  AnswerHeaders,
  Ctx,
  Operation,
  Public,
  SUCCESS,
  SuccessResponse,
  Summary,
} from '@balcao/platform-http';
import type { RequestContext } from '@balcao/platform-tenancy';
import { InvitationAcceptanceService } from '../invitations/invitation-acceptance.service.js';
import { InvitationRenewalService } from '../invitations/invitation-renewal.service.js';
import { AcceptInvitationRequest, LookAtInvitationRequest, PendingInvitationResponse } from './dto/invitation.dto.js';

@AudienceController('portal', 'api/v1/portal/auth', 'Portal: sign-in')
export class InvitationAcceptanceController {
  constructor(
    private readonly acceptance: InvitationAcceptanceService,
    private readonly renewal: InvitationRenewalService,
    private readonly cookies: SessionCookies,
  ) {}

  @PostAction('invitation')
  @Public()
  @Operation(
    'portalLookAtInvitation',
    PendingInvitationResponse,
    'token_used',
    'token_invalid',
    'invitation_expired',
    'portal_role_not_allowed',
    'PORTAL_INVITATIONS_DISABLED',
  )
  @Summary('What an invitation is about; changes nothing')
  async look(@Ctx() context: RequestContext, @Body() body: LookAtInvitationRequest) {
    return { invitation: await this.acceptance.look(context, body.token) };
  }

  @PostAction('invitation/ask-again')
  @Public()
  @Operation('portalAskForInvitation', SuccessResponse, 'token_used', 'token_invalid', 'PORTAL_INVITATIONS_DISABLED')
  @Summary('Ask whoever invited for a new link, where this one was not used in time; they get one mail a day')
  async askAgain(@Ctx() context: RequestContext, @Body() body: LookAtInvitationRequest) {
    await this.renewal.ask(context, body.token);
    return SUCCESS;
  }

  @PostAction('accept-invitation')
  @Public()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @Operation(
    'portalAcceptInvitation',
    PortalLoginResponse,
    'token_used',
    'token_invalid',
    'invitation_expired',
    'portal_role_not_allowed',
    'PORTAL_INVITATIONS_DISABLED',
    'password_too_common',
    'sso_required',
  )
  @Summary('Accept an invitation: sets the password and signs in')
  async accept(@Ctx() context: RequestContext, @Body() body: AcceptInvitationRequest, @FromBrowser() browser: Browser) {
    const login = await this.acceptance.accept(context, body);
    this.cookies.start(browser, 'portal', login);
    return presentPortalLogin(login);
  }

  @PostAction('accept-invite')
  @Public()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @Operation(
    'portalAcceptInvite',
    PortalLoginResponse,
    'token_used',
    'token_invalid',
    'invitation_expired',
    'portal_role_not_allowed',
    'password_too_common',
    'sso_required',
  )
  @Summary('The same as `accept-invitation`, under the name that clients of other portals call')
  acceptInvite(@Ctx() context: RequestContext, @Body() body: AcceptInvitationRequest, @FromBrowser() browser: Browser) {
    return this.accept(context, body, browser);
  }
}
