import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { ApiProblems, Audience, Authenticated, Ctx, Public, RequireFeature, PortalCtx } from '@balcao/platform-http';
import { Database, type Context, type PortalContext } from '@balcao/platform-tenancy';
import { EmailVerificationService } from '../email-verification.service.js';
import { PasswordService } from '../password.service.js';
import { PortalLoginService } from '../portal-login.service.js';
import { SessionService } from '../session.service.js';
import { presentPortalLogin, presentPortalMe } from './auth.presenter.js';
import {
  ForgotPasswordRequest,
  MessageResponse,
  PortalLoginRequest,
  PortalLoginResponse,
  PortalMeResponse,
  ResendVerificationRequest,
  ResetPasswordRequest,
  VerifyEmailRequest,
} from './dto/auth.dto.js';
import { messageFor } from './messages.js';
import { SessionCookies } from './session-cookies.js';

@ApiTags('Portal: sign-in')
@Controller('api/v1/portal/auth')
@Audience('portal')
export class PortalAuthController {
  constructor(
    private readonly logins: PortalLoginService,
    private readonly passwords: PasswordService,
    private readonly verifications: EmailVerificationService,
    private readonly sessions: SessionService,
    private readonly cookies: SessionCookies,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    operationId: 'portalLogin',
    summary: 'Sign in with e-mail and password',
  })
  @ApiOkResponse({ type: PortalLoginResponse })
  @ApiProblems(
    'validation_failed',
    'tenant_mismatch',
    'multiple_accounts',
    'invalid_credentials',
    'account_locked',
    'account_suspended',
    'account_not_active',
    'sso_required',
  )
  async login(
    @Ctx() context: Context,
    @Body() body: PortalLoginRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PortalLoginResponse> {
    const login = await this.logins.login(context, request.balcao.tenant, {
      email: body.email,
      password: body.password,
      organizationId: same(body.organizationId, body.orgId),
      organizationSlug: same(body.organizationSlug, body.tenantSlug),
      billingAccountId: body.billingAccountId,
      deviceCookie: this.cookies.device(request, 'portal'),
    });
    this.cookies.start(request, reply, 'portal', login.session, login.deviceCookie);
    return presentPortalLogin(login);
  }

  @Post('logout')
  @HttpCode(204)
  @Authenticated()
  @ApiOperation({ operationId: 'portalLogout', summary: 'End this session' })
  @ApiNoContentResponse({ description: 'The session has ended' })
  async logout(
    @PortalCtx() context: PortalContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.end(context.principal.sessionId);
    await this.database.transaction(context, (db) =>
      this.audit.record(db, context, {
        action: 'portal.logout',
        target: { type: 'portal_user', id: context.principal.user.id },
      }),
    );
    this.cookies.end(request, reply, 'portal');
  }

  @Get('me')
  @Authenticated()
  @ApiOperation({
    operationId: 'portalMe',
    summary: 'Who is signed in, and what they may do',
  })
  @ApiOkResponse({ type: PortalMeResponse })
  me(@PortalCtx() { principal }: PortalContext): PortalMeResponse {
    return presentPortalMe(principal);
  }

  @Post('forgot-password')
  @HttpCode(202)
  @Public()
  @RequireFeature('passwordReset')
  @ApiOperation({
    operationId: 'portalForgotPassword',
    summary: 'Ask for a link to set a new password',
  })
  @ApiResponse({
    status: 202,
    type: MessageResponse,
    description: 'The same whether or not the address has an account',
  })
  @ApiProblems('validation_failed', 'tenant_mismatch')
  async forgot(
    @Ctx() context: Context,
    @Body() body: ForgotPasswordRequest,
    @Req() request: FastifyRequest,
  ): Promise<MessageResponse> {
    await this.passwords.forgot(context, request.balcao.tenant, body);
    return messageFor('reset_requested', context.locale);
  }

  @Post('reset-password')
  @HttpCode(200)
  @Public()
  @RequireFeature('passwordReset')
  @ApiOperation({
    operationId: 'portalResetPassword',
    summary: 'Set a new password with the token of the link',
  })
  @ApiOkResponse({ type: MessageResponse })
  @ApiProblems('validation_failed', 'token_invalid', 'password_too_common')
  async reset(@Ctx() context: Context, @Body() body: ResetPasswordRequest): Promise<MessageResponse> {
    await this.passwords.reset(context, body);
    return messageFor('password_set', context.locale);
  }

  @Post('verify-email')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    operationId: 'portalVerifyEmail',
    summary: 'Prove an e-mail address with the token of the link',
  })
  @ApiOkResponse({ type: MessageResponse })
  @ApiProblems('validation_failed', 'token_invalid')
  async verify(@Ctx() context: Context, @Body() body: VerifyEmailRequest): Promise<MessageResponse> {
    await this.verifications.verify(context, body.token);
    return messageFor('email_verified', context.locale);
  }

  @Post('resend-verification')
  @HttpCode(202)
  @Public()
  @ApiOperation({
    operationId: 'portalResendVerification',
    summary: 'Ask for another verification link',
  })
  @ApiResponse({
    status: 202,
    type: MessageResponse,
    description: 'The same whether or not the address has an account',
  })
  @ApiProblems('validation_failed')
  async resend(
    @Ctx() context: Context,
    @Body() body: ResendVerificationRequest,
    @Req() request: FastifyRequest,
  ): Promise<MessageResponse> {
    await this.verifications.resend(context, request.balcao.tenant, body.email);
    return messageFor('verification_requested', context.locale);
  }
}

/** A value and its alias; where both are given they must agree. */
function same(value: string | undefined, alias: string | undefined): string | undefined {
  if (value !== undefined && alias !== undefined && value !== alias) throw new DomainError('tenant_mismatch');
  return value ?? alias;
}
