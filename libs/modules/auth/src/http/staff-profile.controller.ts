import { Body, Controller, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AnswerHeaders, Audience, Authenticated, Operation, StaffCtx, Summary } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { PasswordService } from '../passwords/password.service.js';
import { ProfileService } from '../profile/profile.service.js';
import { StaffSignIn } from '../sign-in/staff-sign-in.js';
import { presentStaffMe } from './auth.presenter.js';
import { ChangePasswordRequest, StaffMeResponse, UpdateStaffProfileRequest } from './dto/auth.dto.js';
import { FromBrowser, SessionCookies, type Browser } from './session-cookies.js';

@ApiTags('Console: profile')
@Controller('api/v1/admin/profile')
@Audience('staff')
export class StaffProfileController {
  constructor(
    private readonly profiles: ProfileService,
    private readonly passwords: PasswordService,
    private readonly signIn: StaffSignIn,
    private readonly cookies: SessionCookies,
  ) {}

  @Patch()
  @Authenticated()
  @Operation('adminUpdateProfile', StaffMeResponse)
  @Summary('Change my name or language')
  async update(@StaffCtx() context: StaffContext, @Body() body: UpdateStaffProfileRequest): Promise<StaffMeResponse> {
    const { name, locale } = await this.profiles.updateStaff(context, body);
    return presentStaffMe({ ...context.principal, user: { ...context.principal.user, name, locale } });
  }

  @Post('password')
  @HttpCode(200)
  @Authenticated()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @Operation('adminChangePassword', StaffMeResponse, 'wrong_current_password', 'password_too_common', 'conflict')
  @Summary('Change my password; ends all my sessions and goes on in a new one')
  async changePassword(
    @StaffCtx() context: StaffContext,
    @Body() body: ChangePasswordRequest,
    @FromBrowser() browser: Browser,
  ): Promise<StaffMeResponse> {
    const login = await this.signIn.complete(
      await this.passwords.change(context, body, (db) =>
        this.signIn.reopen(db, context, context.actor.id, ['password']),
      ),
    );
    this.cookies.start(browser, 'staff', login);
    return presentStaffMe(login.principal);
  }
}
