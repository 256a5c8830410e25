import { Body, Delete, Get, Patch } from '@nestjs/common';
import {
  PostAction,
  AudienceController,
  AnswerHeaders,
  Authenticated,
  Operation,
  SUCCESS,
  StaffCtx,
  SuccessResponse,
  Summary,
  UuidParam,
  Writes,
} from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { OwnSessions } from '../sessions/own-sessions.service.js';
import { PasswordService } from '../passwords/password.service.js';
import { ProfileService } from '../profile/profile.service.js';
import { StaffSignIn } from '../sign-in/staff-sign-in.js';
import { presentStaffMe } from './auth.presenter.js';
import { ChangePasswordRequest, StaffMeResponse, UpdateStaffProfileRequest } from './dto/auth.dto.js';
import { SessionsResponse, presentSessions } from './dto/session.dto.js';
import { FromBrowser, SessionCookies, type Browser } from './session-cookies.js';

@AudienceController('staff', 'api/v1/admin/profile', 'Console: profile')
export class StaffProfileController {
  constructor(
    private readonly profiles: ProfileService,
    private readonly passwords: PasswordService,
    private readonly sessions: OwnSessions,
    private readonly signIn: StaffSignIn,
    private readonly cookies: SessionCookies,
  ) {}

  @Patch()
  @Authenticated()
  @Operation('adminUpdateProfile', StaffMeResponse)
  @Summary('Change my name or language')
  async update(@StaffCtx() context: StaffContext, @Body() body: UpdateStaffProfileRequest) {
    const { name, locale } = await this.profiles.updateStaff(context, body);
    return presentStaffMe({ ...context.principal, user: { ...context.principal.user, name, locale } });
  }

  @PostAction('password')
  @Writes(0)
  @Authenticated()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @Operation('adminChangePassword', StaffMeResponse, 'wrong_current_password', 'password_too_common', 'conflict')
  @Summary('Change my password; ends all my sessions and goes on in a new one')
  async changePassword(
    @StaffCtx() context: StaffContext,
    @Body() body: ChangePasswordRequest,
    @FromBrowser() browser: Browser,
  ) {
    const login = await this.signIn.complete(
      await this.passwords.change(context, body, (db) =>
        this.signIn.reopen(db, context, context.actor.id, ['password']),
      ),
    );
    this.cookies.start(browser, 'staff', login);
    return presentStaffMe(login.principal);
  }

  @Get('sessions')
  @Authenticated()
  @Operation('adminListSessions', SessionsResponse)
  @Summary('My open sessions')
  async listSessions(@StaffCtx() context: StaffContext) {
    return presentSessions(await this.sessions.list(context));
  }

  @Delete('sessions')
  @Authenticated()
  @Operation('adminEndOtherSessions', SuccessResponse)
  @Summary('End all my sessions but this one')
  async endOtherSessions(@StaffCtx() context: StaffContext) {
    await this.sessions.endOthers(context);
    return SUCCESS;
  }

  @Delete('sessions/:sessionId')
  @Authenticated()
  @Operation('adminEndSession', SuccessResponse)
  @Summary('End one of my sessions')
  async endSession(@StaffCtx() context: StaffContext, @UuidParam('sessionId') id: string) {
    await this.sessions.end(context, id);
    return SUCCESS;
  }
}
