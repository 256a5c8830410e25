import { SLUG } from '@balcao/contracts';
import { Body, Get, Param, Post } from '@nestjs/common';
import { portalOrigin, type FoundPortal } from '@balcao/module-directory';
import { AddressedPortal } from '@balcao/module-directory/http';
import { AppConfig } from '@balcao/platform-config';
import { DomainError } from '@balcao/platform-errors';
import { AudienceController, CacheControl, Ctx, Operation, Public, Summary } from '@balcao/platform-http';
import type { RequestContext } from '@balcao/platform-tenancy';
import { SignupService } from '../signup.service.js';
import {
  BeginSignupRequest,
  BegunSignupResponse,
  OwnSignupPageResponse,
  SignupPageResponse,
} from './dto/signup.dto.js';
import { ownSignupPage } from './pages/signup-page.js';
import { presentSignup } from './signup.presenter.js';

@AudienceController('portal', 'api/v1/portal/signup', 'Portal: signup')
export class SignupPageController {
  constructor(
    private readonly signups: SignupService,
    private readonly config: AppConfig,
  ) {}

  @Get()
  @Public()
  @CacheControl('public, max-age=60')
  @Operation('portalGetOwnSignupPage', OwnSignupPageResponse)
  @Summary('Where companies sign up at the portal that the address names, and whether they can')
  async own(@AddressedPortal() portal: FoundPortal | undefined) {
    if (!portal) throw new DomainError('not_found');
    return { signupPage: ownSignupPage(portal) };
  }

  @Get(':signupSlug')
  @Public()
  @CacheControl('no-store')
  @Operation('portalGetSignupPage', SignupPageResponse, 'organization_suspended')
  @Summary('What a signup page needs before anything is typed; `challenge` is answered when it begins')
  async page(
    @Ctx() context: RequestContext,
    @AddressedPortal() addressed: FoundPortal | undefined,
    @Param('signupSlug') slug: string,
  ) {
    const page = await this.signups.page(context, addressed, demandSlug(slug));
    const { enabled, acceptsCpf, refusesPersonalEmail } = page.settings;
    const { termsUrl, privacyUrl, termsVersion } = page.portal.branding;
    return {
      signupPage: {
        slug,
        portalName: page.portal.portal.name,
        origin: portalOrigin(page.portal.portal, this.config.publicUrl),
        open: enabled,
        ...{ acceptsCpf, refusesPersonalEmail, termsUrl, privacyUrl, termsVersion },
        challenge: page.challenge,
      },
    };
  }

  @Post(':signupSlug')
  @Public()
  @Operation(
    'portalBeginSignup',
    BegunSignupResponse,
    'organization_suspended',
    'PORTAL_SIGNUP_DISABLED',
    'proof_invalid',
    'rate_limited',
  )
  @Summary('Begin a signup: the register is asked about the company, and the signup tells what it says')
  async begin(
    @Ctx() context: RequestContext,
    @AddressedPortal() addressed: FoundPortal | undefined,
    @Param('signupSlug') slug: string,
    @Body() body: BeginSignupRequest,
  ) {
    const { signup, token } = await this.signups.begin(context, addressed, demandSlug(slug), body);
    return { signup: presentSignup(signup, 'browser'), token };
  }
}

function demandSlug(slug: string): string {
  if (!SLUG.test(slug)) throw new DomainError('not_found');
  return slug;
}
