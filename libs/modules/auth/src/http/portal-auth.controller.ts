import { Body, Get } from '@nestjs/common';
import { PortalFinder, type FoundPortal } from '@balcao/module-directory';
import { AddressedPortal } from '@balcao/module-directory/http';
import { DomainError } from '@balcao/platform-errors';
import {
  PostAction,
  AudienceController,
  AnswerHeaders,
  Authenticated,
  Ctx,
  Operation,
  PortalCtx,
  Public,
  RequireFeature,
  SUCCESS,
  SuccessResponse,
  Summary,
  Writes,
} from '@balcao/platform-http';
import type { PortalContext, RequestContext } from '@balcao/platform-tenancy';
import { PasswordService } from '../passwords/password.service.js';
import { OwnSessions } from '../sessions/own-sessions.service.js';
import { PortalSignIn, idOf, type NamedOrganization } from '../sign-in/portal-sign-in.js';
import { PORTAL_REALM } from '../sign-in/realm.js';
import { EmailVerificationService } from '../tokens/email-verification.service.js';
import { presentPortalLogin, presentPortalMe } from './auth.presenter.js';
import {
  ForgotPasswordRequest,
  MessageResponse,
  OpenPortalsResponse,
  NamedOrganizationRequest,
  PortalLoginRequest,
  PortalLoginResponse,
  PortalMeResponse,
  ResendVerificationRequest,
  ResetLinkResponse,
  ResetPasswordRequest,
  VerifyEmailRequest,
} from './dto/auth.dto.js';
import { messageFor } from './messages.js';
import { FromBrowser, SessionCookies, type Browser } from './session-cookies.js';

@AudienceController('portal', 'api/v1/portal/auth', 'Portal: sign-in')
export class PortalAuthController {
  constructor(
    private readonly signIn: PortalSignIn,
    private readonly passwords: PasswordService,
    private readonly verifications: EmailVerificationService,
    private readonly sessions: OwnSessions,
    private readonly portals: PortalFinder,
    private readonly cookies: SessionCookies,
  ) {}

  @PostAction('login')
  @Public()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @Operation(
    'portalLogin',
    PortalLoginResponse,
    'tenant_mismatch',
    'multiple_accounts',
    'invalid_credentials',
    'account_locked',
    'account_suspended',
    'account_not_active',
    'sso_required',
    'portal_role_not_allowed',
  )
  @Summary('Sign in with e-mail and password')
  async login(
    @Ctx() context: RequestContext,
    @AddressedPortal() addressed: FoundPortal | undefined,
    @Body() body: PortalLoginRequest,
    @FromBrowser() browser: Browser,
  ) {
    const login = await this.signIn.byPassword(context, addressed, {
      ...namedOrganization(body),
      email: body.email,
      password: body.password,
      billingAccountId: body.billingAccountId,
      deviceCookie: this.cookies.device(browser, 'portal'),
    });
    this.cookies.start(browser, 'portal', login);
    return presentPortalLogin(login);
  }

  @PostAction('logout')
  @Authenticated({ anyRole: true })
  @Writes(0)
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @Operation('portalLogout', SuccessResponse)
  @Summary('End this session')
  async logout(@PortalCtx() context: PortalContext, @FromBrowser() browser: Browser) {
    await this.sessions.end(context);
    this.cookies.end(browser, 'portal');
    return SUCCESS;
  }

  @Get('me')
  @Authenticated()
  @Operation('portalMe', PortalMeResponse)
  @Summary('Who is signed in, and what they may do')
  me(@PortalCtx() { principal }: PortalContext) {
    return presentPortalMe(principal);
  }

  @Get('portals')
  @Authenticated()
  @Operation('portalListPortals', OpenPortalsResponse)
  @Summary("Portals of the organization that are open to one's role; each has a sign-in of its own")
  async openPortals(@PortalCtx() context: PortalContext) {
    const portals = await this.portals.openTo(context, context.actor.id);
    return { data: portals.map((portal) => ({ ...portal, isThis: portal.id === context.portalId })) };
  }

  @PostAction('forgot-password')
  @Public()
  @RequireFeature('passwordReset')
  @AnswerHeaders('ContentLanguage')
  @Operation('portalForgotPassword', MessageResponse, 'tenant_mismatch')
  @Summary('Ask for a link to set a new password; answers the same whether or not the address has an account')
  async forgot(
    @Ctx() context: RequestContext,
    @AddressedPortal() addressed: FoundPortal | undefined,
    @Body() body: ForgotPasswordRequest,
  ) {
    const organization = await this.signIn.organizationOf(addressed, namedOrganization(body));
    let found: ReturnType<PortalSignIn['candidates']> | undefined;
    const find = () => (found ??= this.signIn.candidates(body.email, organization, { addressed }));
    // Who waits for confirmation gets that link again. Both are looked for at once, whoever is found, and what is spent of
    // the one refuses nothing of the other: so the answer tells nobody who waits.
    await Promise.all([
      this.passwords.forgot(context, PORTAL_REALM, idOf(organization), find),
      this.verifications.resend(context, idOf(organization), find).catch(unlessLimited),
    ]);
    return messageFor('reset_requested', context.locale);
  }

  @PostAction('reset-link')
  @Public()
  @RequireFeature('passwordReset')
  @Operation('portalLookAtResetLink', ResetLinkResponse, 'token_used', 'token_invalid')
  @Summary('What the token of the link sets a password for, where it still does; changes nothing')
  async lookAtLink(@Ctx() context: RequestContext, @Body() body: VerifyEmailRequest) {
    return { ...SUCCESS, ...(await this.passwords.look(context, PORTAL_REALM, body.token)) };
  }

  @PostAction('reset-password')
  @Public()
  @RequireFeature('passwordReset')
  @AnswerHeaders('ContentLanguage', 'SetCookie')
  @Operation('portalResetPassword', MessageResponse, 'token_used', 'token_invalid', 'password_too_common')
  @Summary('Set a new password with the token of the link')
  async reset(@Ctx() context: RequestContext, @Body() body: ResetPasswordRequest, @FromBrowser() browser: Browser) {
    const { access, deviceCookie } = await this.passwords.reset(context, PORTAL_REALM, body);
    this.cookies.know(browser, 'portal', deviceCookie);
    return messageFor('password_set', context.locale, access);
  }

  @PostAction('verify-email')
  @Public()
  @AnswerHeaders('ContentLanguage')
  @Operation('portalVerifyEmail', MessageResponse, 'token_invalid')
  @Summary('Prove an e-mail address with the token of the link')
  async verify(@Ctx() context: RequestContext, @Body() body: VerifyEmailRequest) {
    await this.verifications.verify(context, body.token);
    return messageFor('email_verified', context.locale);
  }

  @PostAction('resend-verification')
  @Public()
  @AnswerHeaders('ContentLanguage')
  @Operation('portalResendVerification', MessageResponse, 'tenant_mismatch')
  @Summary('Ask for another verification link; answers the same whether or not the address has an account')
  async resend(
    @Ctx() context: RequestContext,
    @AddressedPortal() addressed: FoundPortal | undefined,
    @Body() body: ResendVerificationRequest,
  ) {
    const organization = await this.signIn.organizationOf(addressed, namedOrganization(body));
    await this.verifications.resend(context, idOf(organization), () =>
      this.signIn.candidates(body.email, organization, { addressed }),
    );
    return messageFor('verification_requested', context.locale);
  }
}

function unlessLimited(error: unknown): void {
  if (!(error instanceof DomainError && error.code === 'rate_limited')) throw error;
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
