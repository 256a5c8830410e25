import { Body, Controller, Get, HttpCode, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refusedField } from '@balcao/platform-errors';
import {
  AnswerHeaders,
  ApiProblems,
  Audience,
  Authenticated,
  CacheControl,
  PortalCtx,
  SUCCESS,
  SuccessResponse,
} from '@balcao/platform-http';
import { systemContext, type PortalContext } from '@balcao/platform-tenancy';
import { PasswordService } from '../passwords/password.service.js';
import { ProfileService } from '../profile/profile.service.js';
import { PortalSignIn } from '../sign-in/portal-sign-in.js';
import { presentProfile } from './auth.presenter.js';
import { ChangePasswordRequest, ProfileResponse, UpdateProfileRequest } from './dto/auth.dto.js';
import { SessionCookies } from './session-cookies.js';

@ApiTags('Portal: profile')
@Controller('api/v1/portal/profile')
@Audience('portal')
export class ProfileController {
  constructor(
    private readonly profiles: ProfileService,
    private readonly passwords: PasswordService,
    private readonly signIn: PortalSignIn,
    private readonly cookies: SessionCookies,
  ) {}

  @Get()
  @Authenticated()
  @CacheControl('private, max-age=15, stale-while-revalidate=60')
  @ApiOperation({ operationId: 'portalGetProfile', summary: 'My data' })
  @ApiOkResponse({ type: ProfileResponse })
  async get(@PortalCtx() context: PortalContext): Promise<ProfileResponse> {
    return {
      user: presentProfile(context.principal, await this.profiles.get(context)),
    };
  }

  @Patch()
  @Authenticated()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @ApiOperation({
    operationId: 'portalUpdateProfile',
    summary: 'Change any part of my data',
  })
  @ApiOkResponse({ type: ProfileResponse })
  @ApiProblems('validation_failed', 'wrong_current_password', 'password_too_common')
  async update(
    @PortalCtx() context: PortalContext,
    @Body() { password, currentPassword, ...patch }: UpdateProfileRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProfileResponse> {
    if (password !== undefined && currentPassword === undefined) throw refusedField('currentPassword', 'required');
    // First, since it may be refused; then nothing has been changed.
    if (password !== undefined) {
      await this.setPassword(context, { currentPassword: currentPassword!, newPassword: password }, request, reply);
    }
    return { user: presentProfile(context.principal, await this.profiles.update(context, patch)) };
  }

  @Post('password')
  @HttpCode(200)
  @Authenticated()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @ApiOperation({
    operationId: 'portalChangePassword',
    summary: 'Change my password; ends all my sessions and goes on in a new one, whose cookies are set',
  })
  @ApiOkResponse({ type: SuccessResponse })
  @ApiProblems('validation_failed', 'wrong_current_password', 'password_too_common', 'conflict')
  async changePassword(
    @PortalCtx() context: PortalContext,
    @Body() body: ChangePasswordRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SuccessResponse> {
    await this.setPassword(context, body, request, reply);
    return SUCCESS;
  }

  private async setPassword(
    context: PortalContext,
    input: { currentPassword: string; newPassword: string },
    request: FastifyRequest,
    reply: FastifyReply,
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
    this.cookies.start(request, reply, 'portal', opened);
  }
}
