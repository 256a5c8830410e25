import { Body, Get, Post } from '@nestjs/common';
import {
  PostAction,
  AudienceController,
  AnswerHeaders,
  Authenticated,
  Ctx,
  Operation,
  Public,
  StaffCtx,
  SUCCESS,
  Summary,
  Writes,
} from '@balcao/platform-http';
import type { RequestContext, StaffContext } from '@balcao/platform-tenancy';
import { PasswordService } from '../passwords/password.service.js';
import { OwnSessions } from '../sessions/own-sessions.service.js';
import { STAFF_REALM } from '../sign-in/realm.js';
import { StaffSignIn } from '../sign-in/staff-sign-in.js';
import { presentStaffMe } from './auth.presenter.js';
import {
  MessageResponse,
  ResetLinkResponse,
  ResetPasswordRequest,
  VerifyEmailRequest,
  StaffForgotPasswordRequest,
  StaffLoginRequest,
  StaffMeResponse,
} from './dto/auth.dto.js';
import { messageFor } from './messages.js';
import { FromBrowser, SessionCookies, type Browser } from './session-cookies.js';

@AudienceController('staff', 'api/v1/admin/auth', 'Console: sign-in')
export class StaffAuthController {
  constructor(
    private readonly signIn: StaffSignIn,
    private readonly passwords: PasswordService,
    private readonly sessions: OwnSessions,
    private readonly cookies: SessionCookies,
  ) {}

  @PostAction('login')
  @Public()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @Operation(
    'adminLogin',
    StaffMeResponse,
    'multiple_accounts',
    'invalid_credentials',
    'account_locked',
    'account_suspended',
    'account_not_active',
  )
  @Summary('Sign in as staff')
  async login(@Ctx() context: RequestContext, @Body() body: StaffLoginRequest, @FromBrowser() browser: Browser) {
    const login = await this.signIn.byPassword(context, {
      ...body,
      deviceCookie: this.cookies.device(browser, 'staff'),
    });
    this.cookies.start(browser, 'staff', login);
    return presentStaffMe(login.principal);
  }

  @Post('logout')
  @Authenticated()
  @Writes(0)
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @Operation('adminLogout')
  @Summary('End this session')
  async logout(@StaffCtx() context: StaffContext, @FromBrowser() browser: Browser) {
    await this.sessions.end(context);
    this.cookies.end(browser, 'staff');
  }

  @Get('me')
  @Authenticated()
  @Operation('adminMe', StaffMeResponse)
  @Summary('Who is signed in, and what they may do')
  me(@StaffCtx() { principal }: StaffContext) {
    return presentStaffMe(principal);
  }

  @PostAction('forgot-password')
  @Public()
  @AnswerHeaders('ContentLanguage')
  @Operation('adminForgotPassword', MessageResponse)
  @Summary('Ask for a link to set a new password; answers the same whether or not the address has an account')
  async forgot(@Ctx() context: RequestContext, @Body() body: StaffForgotPasswordRequest) {
    const { email, organizationSlug } = body;
    await this.passwords.forgot(context, STAFF_REALM, await this.signIn.organizationOf(organizationSlug), () =>
      this.signIn.candidates(email, organizationSlug),
    );
    return messageFor('reset_requested', context.locale);
  }

  @PostAction('reset-link')
  @Public()
  @Operation('adminLookAtResetLink', ResetLinkResponse, 'token_used', 'token_invalid')
  @Summary('What the token of the link sets a password for, where it still does; changes nothing')
  async lookAtLink(@Ctx() context: RequestContext, @Body() body: VerifyEmailRequest) {
    return { ...SUCCESS, ...(await this.passwords.look(context, STAFF_REALM, body.token)) };
  }

  @PostAction('reset-password')
  @Public()
  @AnswerHeaders('ContentLanguage', 'SetCookie')
  @Operation('adminResetPassword', MessageResponse, 'token_used', 'token_invalid', 'password_too_common')
  @Summary('Set a new password with the token of the link')
  async reset(@Ctx() context: RequestContext, @Body() body: ResetPasswordRequest, @FromBrowser() browser: Browser) {
    const { access, deviceCookie } = await this.passwords.reset(context, STAFF_REALM, body);
    this.cookies.know(browser, 'staff', deviceCookie);
    return messageFor('password_set', context.locale, access);
  }
}
