import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FoundPortal } from '@balcao/module-directory';
import { AddressedPortal } from '@balcao/module-directory/http';
import { DomainError } from '@balcao/platform-errors';
import {
  AnswerHeaders,
  ApiProblems,
  Audience,
  Authenticated,
  Ctx,
  Public,
  RequireFeature,
  PortalCtx,
  SUCCESS,
  SuccessResponse,
} from '@balcao/platform-http';
import type { PortalContext, RequestContext } from '@balcao/platform-tenancy';
import { PasswordService } from '../passwords/password.service.js';
import { SignOut } from '../sessions/sign-out.service.js';
import { PortalSignIn, type NamedOrganization } from '../sign-in/portal-sign-in.js';
import { PORTAL_REALM } from '../sign-in/realm.js';
import { EmailVerificationService } from '../tokens/email-verification.service.js';
import { presentPortalLogin, presentPortalMe } from './auth.presenter.js';
import {
  ForgotPasswordRequest,
  MessageResponse,
  NamedOrganizationRequest,
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
    private readonly signIn: PortalSignIn,
    private readonly passwords: PasswordService,
    private readonly verifications: EmailVerificationService,
    private readonly signOut: SignOut,
    private readonly cookies: SessionCookies,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Public()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
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
    @Ctx() context: RequestContext,
    @AddressedPortal() addressed: FoundPortal | undefined,
    @Body() body: PortalLoginRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PortalLoginResponse> {
    const login = await this.signIn.byPassword(context, addressed, {
      ...namedOrganization(body),
      email: body.email,
      password: body.password,
      billingAccountId: body.billingAccountId,
      deviceCookie: this.cookies.device(request, 'portal'),
    });
    this.cookies.start(request, reply, 'portal', login);
    return presentPortalLogin(login);
  }

  @Post('logout')
  @HttpCode(200)
  @Authenticated()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @ApiOperation({ operationId: 'portalLogout', summary: 'End this session' })
  @ApiOkResponse({ type: SuccessResponse })
  async logout(
    @PortalCtx() context: PortalContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SuccessResponse> {
    await this.signOut.end(context);
    this.cookies.end(request, reply, 'portal');
    return SUCCESS;
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
  @HttpCode(200)
  @Public()
  @RequireFeature('passwordReset')
  @AnswerHeaders('ContentLanguage')
  @ApiOperation({
    operationId: 'portalForgotPassword',
    summary: 'Ask for a link to set a new password',
  })
  @ApiOkResponse({ type: MessageResponse, description: 'The same whether or not the address has an account' })
  @ApiProblems('validation_failed', 'tenant_mismatch')
  async forgot(
    @Ctx() context: RequestContext,
    @AddressedPortal() addressed: FoundPortal | undefined,
    @Body() body: ForgotPasswordRequest,
  ): Promise<MessageResponse> {
    const organization = await this.signIn.organizationOf(addressed, namedOrganization(body));
    await this.passwords.forgot(context, PORTAL_REALM, () => this.signIn.candidates(body.email, organization));
    return messageFor('reset_requested', context.locale);
  }

  @Post('reset-password')
  @HttpCode(200)
  @Public()
  @RequireFeature('passwordReset')
  @AnswerHeaders('ContentLanguage')
  @ApiOperation({
    operationId: 'portalResetPassword',
    summary: 'Set a new password with the token of the link',
  })
  @ApiOkResponse({ type: MessageResponse })
  @ApiProblems('validation_failed', 'token_invalid', 'password_too_common')
  async reset(@Ctx() context: RequestContext, @Body() body: ResetPasswordRequest): Promise<MessageResponse> {
    await this.passwords.reset(context, PORTAL_REALM, body);
    return messageFor('password_set', context.locale);
  }

  @Post('verify-email')
  @HttpCode(200)
  @Public()
  @AnswerHeaders('ContentLanguage')
  @ApiOperation({
    operationId: 'portalVerifyEmail',
    summary: 'Prove an e-mail address with the token of the link',
  })
  @ApiOkResponse({ type: MessageResponse })
  @ApiProblems('validation_failed', 'token_invalid')
  async verify(@Ctx() context: RequestContext, @Body() body: VerifyEmailRequest): Promise<MessageResponse> {
    await this.verifications.verify(context, body.token);
    return messageFor('email_verified', context.locale);
  }

  @Post('resend-verification')
  @HttpCode(200)
  @Public()
  @AnswerHeaders('ContentLanguage')
  @ApiOperation({
    operationId: 'portalResendVerification',
    summary: 'Ask for another verification link',
  })
  @ApiOkResponse({ type: MessageResponse, description: 'The same whether or not the address has an account' })
  @ApiProblems('validation_failed')
  async resend(
    @Ctx() context: RequestContext,
    @AddressedPortal() addressed: FoundPortal | undefined,
    @Body() body: ResendVerificationRequest,
  ): Promise<MessageResponse> {
    const organization = await this.signIn.organizationOf(addressed, namedOrganization(body));
    await this.verifications.resend(context, () => this.signIn.candidates(body.email, organization));
    return messageFor('verification_requested', context.locale);
  }
}

/** The organization that a body names, by S3's, S4's or our words. */
function namedOrganization(body: NamedOrganizationRequest): NamedOrganization {
  return {
    organizationId: same(body.organizationId, body.orgId),
    organizationSlug: same(body.organizationSlug, body.tenantSlug),
  };
}

/** A value and its alias; where both are given they must agree. */
function same(value: string | undefined, alias: string | undefined): string | undefined {
  if (value !== undefined && alias !== undefined && value !== alias) throw new DomainError('tenant_mismatch');
  return value ?? alias;
}
