import { Body, Controller, HttpCode, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerHeaders, ApiProblems, Audience, Authenticated, StaffCtx } from '@balcao/platform-http';
import type { StaffContext } from '@balcao/platform-tenancy';
import { PasswordService } from '../passwords/password.service.js';
import { ProfileService } from '../profile/profile.service.js';
import { StaffSignIn } from '../sign-in/staff-sign-in.js';
import { presentStaffMe } from './auth.presenter.js';
import { ChangePasswordRequest, StaffMeResponse } from './dto/auth.dto.js';
import { UpdateStaffProfileRequest } from './dto/staff-profile.dto.js';
import { SessionCookies } from './session-cookies.js';

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
  @ApiOperation({
    operationId: 'adminUpdateProfile',
    summary: 'Change my name or language',
  })
  @ApiOkResponse({ type: StaffMeResponse })
  @ApiProblems('validation_failed')
  async update(@StaffCtx() context: StaffContext, @Body() body: UpdateStaffProfileRequest): Promise<StaffMeResponse> {
    const { name, locale } = await this.profiles.updateStaff(context, body);
    return presentStaffMe({ ...context.principal, user: { ...context.principal.user, name, locale } });
  }

  @Post('password')
  @HttpCode(200)
  @Authenticated()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @ApiOperation({
    operationId: 'adminChangePassword',
    summary: 'Change my password; ends all my sessions and goes on in a new one',
  })
  @ApiOkResponse({ type: StaffMeResponse })
  @ApiProblems('validation_failed', 'wrong_current_password', 'password_too_common', 'conflict')
  async changePassword(
    @StaffCtx() context: StaffContext,
    @Body() body: ChangePasswordRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StaffMeResponse> {
    const login = await this.signIn.complete(
      await this.passwords.change(context, body, (db) =>
        this.signIn.reopen(db, context, context.actor.id, ['password']),
      ),
    );
    this.cookies.start(request, reply, 'staff', login);
    return presentStaffMe(login.principal);
  }
}
