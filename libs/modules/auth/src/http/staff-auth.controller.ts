import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerHeaders, ApiProblems, Audience, Authenticated, Ctx, Public, StaffCtx } from '@balcao/platform-http';
import type { RequestContext, StaffContext } from '@balcao/platform-tenancy';
import { PasswordService } from '../passwords/password.service.js';
import { SignOut } from '../sessions/sign-out.service.js';
import { STAFF_REALM } from '../sign-in/realm.js';
import { StaffSignIn } from '../sign-in/staff-sign-in.js';
import { presentStaffMe } from './auth.presenter.js';
import {
  MessageResponse,
  ResetPasswordRequest,
  StaffForgotPasswordRequest,
  StaffLoginRequest,
  StaffMeResponse,
} from './dto/auth.dto.js';
import { messageFor } from './messages.js';
import { SessionCookies } from './session-cookies.js';

@ApiTags('Console: sign-in')
@Controller('api/v1/admin/auth')
@Audience('staff')
export class StaffAuthController {
  constructor(
    private readonly signIn: StaffSignIn,
    private readonly passwords: PasswordService,
    private readonly signOut: SignOut,
    private readonly cookies: SessionCookies,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Public()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @ApiOperation({ operationId: 'adminLogin', summary: 'Sign in as staff' })
  @ApiOkResponse({ type: StaffMeResponse })
  @ApiProblems(
    'validation_failed',
    'multiple_accounts',
    'invalid_credentials',
    'account_locked',
    'account_suspended',
    'account_not_active',
  )
  async login(
    @Ctx() context: RequestContext,
    @Body() body: StaffLoginRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StaffMeResponse> {
    const login = await this.signIn.byPassword(context, {
      ...body,
      deviceCookie: this.cookies.device(request, 'staff'),
    });
    this.cookies.start(request, reply, 'staff', login);
    return presentStaffMe(login.principal);
  }

  @Post('logout')
  @HttpCode(204)
  @Authenticated()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @ApiOperation({ operationId: 'adminLogout', summary: 'End this session' })
  @ApiNoContentResponse({ description: 'The session has ended' })
  async logout(
    @StaffCtx() context: StaffContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.signOut.end(context);
    this.cookies.end(request, reply, 'staff');
  }

  @Get('me')
  @Authenticated()
  @ApiOperation({
    operationId: 'adminMe',
    summary: 'Who is signed in, and what they may do',
  })
  @ApiOkResponse({ type: StaffMeResponse })
  me(@StaffCtx() { principal }: StaffContext): StaffMeResponse {
    return presentStaffMe(principal);
  }

  @Post('forgot-password')
  @HttpCode(200)
  @Public()
  @AnswerHeaders('ContentLanguage')
  @ApiOperation({
    operationId: 'adminForgotPassword',
    summary: 'Ask for a link to set a new password',
  })
  @ApiOkResponse({ type: MessageResponse, description: 'The same whether or not the address has an account' })
  @ApiProblems('validation_failed')
  async forgot(@Ctx() context: RequestContext, @Body() body: StaffForgotPasswordRequest): Promise<MessageResponse> {
    await this.passwords.forgot(context, STAFF_REALM, () => this.signIn.candidates(body.email, body.organizationSlug));
    return messageFor('reset_requested', context.locale);
  }

  @Post('reset-password')
  @HttpCode(200)
  @Public()
  @AnswerHeaders('ContentLanguage')
  @ApiOperation({
    operationId: 'adminResetPassword',
    summary: 'Set a new password with the token of the link',
  })
  @ApiOkResponse({ type: MessageResponse })
  @ApiProblems('validation_failed', 'token_invalid', 'password_too_common')
  async reset(@Ctx() context: RequestContext, @Body() body: ResetPasswordRequest): Promise<MessageResponse> {
    await this.passwords.reset(context, STAFF_REALM, body);
    return messageFor('password_set', context.locale);
  }
}
