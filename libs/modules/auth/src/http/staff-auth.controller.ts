import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Audit } from '@balcao/platform-audit';
import { ApiProblems, Audience, Authenticated, Ctx, Public, StaffCtx } from '@balcao/platform-http';
import { Database, type Context, type StaffContext } from '@balcao/platform-tenancy';
import { SessionService } from '../session.service.js';
import { StaffLoginService } from '../staff-login.service.js';
import { StaffPasswordService } from '../staff-password.service.js';
import { presentStaffMe } from './auth.presenter.js';
import {
  ForgotPasswordRequest,
  MessageResponse,
  ResetPasswordRequest,
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
    private readonly logins: StaffLoginService,
    private readonly passwords: StaffPasswordService,
    private readonly sessions: SessionService,
    private readonly cookies: SessionCookies,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Public()
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
    @Ctx() context: Context,
    @Body() body: StaffLoginRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StaffMeResponse> {
    const { session, principal, deviceCookie } = await this.logins.login(context, {
      ...body,
      deviceCookie: this.cookies.device(request, 'staff'),
    });
    this.cookies.start(request, reply, 'staff', session, deviceCookie);
    return presentStaffMe(principal);
  }

  @Post('logout')
  @HttpCode(204)
  @Authenticated()
  @ApiOperation({ operationId: 'adminLogout', summary: 'End this session' })
  @ApiNoContentResponse({ description: 'The session has ended' })
  async logout(
    @StaffCtx() context: StaffContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.end(context.principal.sessionId);
    await this.database.transaction(context, (db) =>
      this.audit.record(db, context, {
        action: 'staff.logout',
        target: { type: 'staff_user', id: context.principal.user.id },
      }),
    );
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
  @HttpCode(202)
  @Public()
  @ApiOperation({
    operationId: 'adminForgotPassword',
    summary: 'Ask for a link to set a new password',
  })
  @ApiResponse({
    status: 202,
    type: MessageResponse,
    description: 'The same whether or not the address has an account',
  })
  @ApiProblems('validation_failed')
  async forgot(@Ctx() context: Context, @Body() body: ForgotPasswordRequest): Promise<MessageResponse> {
    await this.passwords.forgot(context, body);
    return messageFor('reset_requested', context.locale);
  }

  @Post('reset-password')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    operationId: 'adminResetPassword',
    summary: 'Set a new password with the token of the link',
  })
  @ApiOkResponse({ type: MessageResponse })
  @ApiProblems('validation_failed', 'token_invalid', 'password_too_common')
  async reset(@Ctx() context: Context, @Body() body: ResetPasswordRequest): Promise<MessageResponse> {
    await this.passwords.reset(context, body);
    return messageFor('password_set', context.locale);
  }
}
