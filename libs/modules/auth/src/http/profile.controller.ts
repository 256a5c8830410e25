import { Body, Delete, Get, Patch } from '@nestjs/common';
import { refusedField } from '@balcao/platform-errors';
import {
  PostAction,
  AudienceController,
  AnswerHeaders,
  Authenticated,
  CacheControl,
  Operation,
  PortalCtx,
  SUCCESS,
  SuccessResponse,
  Summary,
  UuidParam,
  Writes,
} from '@balcao/platform-http';
import { systemContext, type PortalContext } from '@balcao/platform-tenancy';
import { OwnSessions } from '../sessions/own-sessions.service.js';
import { PasswordService } from '../passwords/password.service.js';
import { ProfileService } from '../profile/profile.service.js';
import { PortalSignIn } from '../sign-in/portal-sign-in.js';
import { presentProfile } from './auth.presenter.js';
import { ChangePasswordRequest, ProfileResponse, UpdateProfileRequest } from './dto/auth.dto.js';
import { SessionsResponse, presentSessions } from './dto/session.dto.js';
import { FromBrowser, SessionCookies, type Browser } from './session-cookies.js';

@AudienceController('portal', 'api/v1/portal/profile', 'Portal: profile')
export class ProfileController {
  constructor(
    private readonly profiles: ProfileService,
    private readonly passwords: PasswordService,
    private readonly sessions: OwnSessions,
    private readonly signIn: PortalSignIn,
    private readonly cookies: SessionCookies,
  ) {}

  @Get()
  @Authenticated()
  @CacheControl('private, max-age=15, stale-while-revalidate=60')
  @Operation('portalGetProfile', ProfileResponse)
  @Summary('My data')
  async get(@PortalCtx() context: PortalContext) {
    return {
      user: presentProfile(context.principal, await this.profiles.get(context)),
    };
  }

  @Patch()
  @Authenticated()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @Operation('portalUpdateProfile', ProfileResponse, 'wrong_current_password', 'password_too_common')
  @Summary('Change any part of my data')
  async update(
    @PortalCtx() context: PortalContext,
    @Body() { password, currentPassword, ...patch }: UpdateProfileRequest,
    @FromBrowser() browser: Browser,
  ) {
    if (password !== undefined && currentPassword === undefined) throw refusedField('currentPassword', 'required');
    // First, since it may be refused; then nothing has been changed.
    if (password !== undefined) {
      await this.setPassword(context, { currentPassword: currentPassword!, newPassword: password }, browser);
    }
    return { user: presentProfile(context.principal, await this.profiles.update(context, patch)) };
  }

  @PostAction('password')
  @Writes(0)
  @Authenticated()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @Operation('portalChangePassword', SuccessResponse, 'wrong_current_password', 'password_too_common', 'conflict')
  @Summary('Change my password; ends all my sessions and goes on in a new one, whose cookies are set')
  async changePassword(
    @PortalCtx() context: PortalContext,
    @Body() body: ChangePasswordRequest,
    @FromBrowser() browser: Browser,
  ) {
    await this.setPassword(context, body, browser);
    return SUCCESS;
  }

  @Get('sessions')
  @Authenticated()
  @Operation('portalListSessions', SessionsResponse)
  @Summary('My open sessions')
  async listSessions(@PortalCtx() context: PortalContext) {
    return presentSessions(await this.sessions.list(context));
  }

  @Delete('sessions')
  @Authenticated()
  @Operation('portalEndOtherSessions', SuccessResponse)
  @Summary('End all my sessions but this one')
  async endOtherSessions(@PortalCtx() context: PortalContext) {
    await this.sessions.endOthers(context);
    return SUCCESS;
  }

  @Delete('sessions/:id')
  @Authenticated()
  @Operation('portalEndSession', SuccessResponse)
  @Summary('End one of my sessions')
  async endSession(@PortalCtx() context: PortalContext, @UuidParam('id') id: string) {
    await this.sessions.end(context, id);
    return SUCCESS;
  }

  private async setPassword(
    context: PortalContext,
    input: { currentPassword: string; newPassword: string },
    browser: Browser,
  ): Promise<void> {
    const opened = await this.passwords.change(context, input, (db) =>
      this.signIn.reopen(
        db,
        systemContext(context.organizationId, context),
        context.actor.id,
        ['password'],
        context.portalId,
      ),
    );
    this.cookies.start(browser, 'portal', opened);
  }
}
