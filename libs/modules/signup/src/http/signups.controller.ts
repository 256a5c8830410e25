import { Body, Get, Query, Req } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import {
  PortalLoginResponse,
  FromBrowser,
  SessionCookies,
  presentPortalLogin,
  type Browser,
} from '@balcao/module-auth/http';
import {
  AnswerHeaders,
  AudienceController,
  CacheControl,
  Ctx,
  Operation,
  PostAction,
  Public,
  Summary,
  UuidParam,
} from '@balcao/platform-http';
import { Database, type RequestContext } from '@balcao/platform-tenancy';
import { SignupChangesService } from '../signup-changes.service.js';
import { SignupConfirmationService } from '../signup-confirmation.service.js';
import { SignupGate, type OpenedSignup } from '../signup-gate.js';
import { SignupService } from '../signup.service.js';
import { SignupSteps } from '../signup-steps.js';
import {
  AskAdministratorRequest,
  ConfirmSignupRequest,
  PendingConfirmationResponse,
  SentSignupResponse,
  SignupEmailRequest,
  SignupLinkRequest,
  SignupResponse,
  SubmitSignupRequest,
} from './dto/signup.dto.js';
import { BringsToken, SignupToken } from './signup-key.js';
import { presentSignup } from './signup.presenter.js';
import { SignupWaiting } from './signup-waiting.js';

const ITS_TOKEN = 'Token of the signup, as it was answered when it began, or as the link in its mail has it';
const OWN_TOKEN = 'Token of the signup, where this is the browser in which its password was typed';

@AudienceController('portal', 'api/v1/portal/signups', 'Portal: signup')
export class SignupsController {
  constructor(
    private readonly database: Database,
    private readonly gate: SignupGate,
    private readonly steps: SignupSteps,
    private readonly signups: SignupService,
    private readonly changes: SignupChangesService,
    private readonly confirmation: SignupConfirmationService,
    private readonly waiting: SignupWaiting,
    private readonly cookies: SessionCookies,
  ) {}

  @PostAction('confirmation')
  @Public()
  @BringsToken(OWN_TOKEN, false)
  @Operation('portalLookAtConfirmation', PendingConfirmationResponse, 'token_used', 'token_invalid', 'rate_limited')
  @Summary('What the link of a signup confirms, and whether it asks for a password; changes nothing')
  async look(@Ctx() context: RequestContext, @SignupToken() own: string, @Body() body: SignupLinkRequest) {
    return { confirmation: await this.confirmation.look(context, body.token, own) };
  }

  @PostAction('confirm')
  @Public()
  @BringsToken(OWN_TOKEN, false)
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @Operation(
    'portalConfirmSignup',
    PortalLoginResponse,
    'token_used',
    'token_invalid',
    'signup_already_registered',
    'password_too_common',
    'rate_limited',
  )
  @Summary(
    'Confirm the address of a signup and sign in; where it was not typed in this browser, the password is chosen now',
  )
  async confirm(
    @Ctx() context: RequestContext,
    @SignupToken() own: string,
    @Body() body: ConfirmSignupRequest,
    @FromBrowser() browser: Browser,
  ) {
    const login = await this.confirmation.confirm(context, body, own);
    this.cookies.start(browser, 'portal', login);
    return presentPortalLogin(login);
  }

  @Get(':id')
  @Public()
  @CacheControl('no-store')
  @BringsToken(ITS_TOKEN)
  @ApiQuery({
    name: 'seen',
    required: false,
    description: 'Version that was seen: waits up to 20 seconds for a higher one',
    schema: { type: 'integer', minimum: 0, default: 0 },
    example: 0,
  })
  @Operation('portalGetSignup', SignupResponse, 'organization_suspended')
  @Summary('Where a signup stands')
  async get(
    @Ctx() context: RequestContext,
    @UuidParam('id') id: string,
    @SignupToken() token: string,
    @Query('seen') seen: unknown,
    @Req() { raw }: FastifyRequest,
  ) {
    const opened = await this.gate.open(context, { id, token });
    const since = typeof seen === 'string' && /^\d{1,9}$/.test(seen) ? Number(seen) : -1;
    const gone = new AbortController();
    const leave = () => gone.abort();
    raw.socket.once('close', leave);
    try {
      return await this.waiting.until(
        id,
        context.client.ip,
        gone.signal,
        () => this.present(opened),
        ({ signup }) => signup.version > since,
      );
    } finally {
      raw.socket.off('close', leave);
    }
  }

  @PostAction(':id/submit')
  @Public()
  @BringsToken(ITS_TOKEN)
  @Operation(
    'portalSubmitSignup',
    SentSignupResponse,
    'organization_suspended',
    'PORTAL_SIGNUP_DISABLED',
    'signup_step_not_allowed',
    'password_too_common',
    'conflict',
    'rate_limited',
  )
  @Summary(
    'Send the data of the administrator; the signup then goes on by itself, now or when the register has answered',
  )
  async submit(
    @Ctx() context: RequestContext,
    @UuidParam('id') id: string,
    @SignupToken() token: string,
    @Body() body: SubmitSignupRequest,
  ) {
    const sent = await this.signups.submit(context, { id, token }, body);
    return { ...(await this.present(sent)), token: sent.token === token ? null : sent.token };
  }

  @PostAction(':id/email')
  @Public()
  @BringsToken(ITS_TOKEN)
  @Operation(
    'portalCorrectSignupEmail',
    SignupResponse,
    'organization_suspended',
    'signup_step_not_allowed',
    'rate_limited',
  )
  @Summary('Correct the address before it is confirmed; only in the browser where the data were typed')
  async correctEmail(
    @Ctx() context: RequestContext,
    @UuidParam('id') id: string,
    @SignupToken() token: string,
    @Body() body: SignupEmailRequest,
  ) {
    return this.present(await this.changes.correctEmail(context, { id, token }, body.email));
  }

  @PostAction(':id/resend')
  @Public()
  @BringsToken(ITS_TOKEN)
  @Operation(
    'portalResendSignupMail',
    SignupResponse,
    'organization_suspended',
    'signup_step_not_allowed',
    'rate_limited',
  )
  @Summary('Send the mail that is waited for once more')
  async resend(@Ctx() context: RequestContext, @UuidParam('id') id: string, @SignupToken() token: string) {
    return this.present(await this.changes.resend(context, { id, token }));
  }

  @PostAction(':id/retry')
  @Public()
  @BringsToken(ITS_TOKEN)
  @Operation('portalRetrySignup', SignupResponse, 'organization_suspended', 'signup_step_not_allowed', 'rate_limited')
  @Summary('Have the register asked again that did not know the company, or did not answer')
  async retry(@Ctx() context: RequestContext, @UuidParam('id') id: string, @SignupToken() token: string) {
    return this.present(await this.changes.retry(context, { id, token }));
  }

  @PostAction(':id/withdraw')
  @Public()
  @BringsToken(ITS_TOKEN)
  @Operation('portalWithdrawSignup', SignupResponse, 'organization_suspended', 'signup_step_not_allowed')
  @Summary('Give a signup up; what was typed is forgotten')
  async withdraw(@Ctx() context: RequestContext, @UuidParam('id') id: string, @SignupToken() token: string) {
    return this.present(await this.changes.withdraw(context, { id, token }));
  }

  @PostAction(':id/ask-administrator')
  @Public()
  @BringsToken(ITS_TOKEN)
  @Operation(
    'portalAskAdministrator',
    SignupResponse,
    'organization_suspended',
    'signup_step_not_allowed',
    'rate_limited',
    'access_requests_spent',
  )
  @Summary(
    'Ask whoever manages a company that is registered already for access, once a day; answers the same whether there is anybody',
  )
  async askAdministrator(
    @Ctx() context: RequestContext,
    @UuidParam('id') id: string,
    @SignupToken() token: string,
    @Body() body: AskAdministratorRequest,
  ) {
    return this.present(await this.changes.askAdministrator(context, { id, token }, body));
  }

  private async present(opened: OpenedSignup): Promise<SignupResponse> {
    const { context, holder } = opened;
    const [signup, isOpen] = await this.database.read(context, async (db) => {
      const signup = await this.gate.read(db, opened);
      return [signup, await this.steps.isOpen(db, signup)] as const;
    });
    if (!isOpen) return { signup: presentSignup(signup, holder, { isOpen }) };
    const mailHeldUntil = await this.steps.mailHeldUntil(context, signup);
    return { signup: presentSignup(signup, holder, { mailHeldUntil }) };
  }
}
