import { Body, Get, Post } from '@nestjs/common';
import {
  PostAction,
  AudienceController,
  AnswerHeaders,
  Authenticated,
  Ctx,
  Operation,
  OperatorCtx,
  Public,
  Summary,
} from '@balcao/platform-http';
import type { OperatorContext, RequestContext } from '@balcao/platform-tenancy';
import { OperatorSignIn } from '../sign-in/operator-sign-in.js';
import { presentOperatorMe } from './auth.presenter.js';
import { OperatorLoginRequest, OperatorMeResponse } from './dto/auth.dto.js';
import { FromBrowser, SessionCookies, type Browser } from './session-cookies.js';

@AudienceController('operator', 'ops/auth', 'Operations')
export class OperatorAuthController {
  constructor(
    private readonly signIn: OperatorSignIn,
    private readonly cookies: SessionCookies,
  ) {}

  @PostAction('login')
  @Public()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @Operation('opsLogin', OperatorMeResponse, 'invalid_credentials', 'account_suspended')
  @Summary('Sign in as platform operator')
  async login(@Ctx() context: RequestContext, @Body() body: OperatorLoginRequest, @FromBrowser() browser: Browser) {
    const login = await this.signIn.byPassword(context, {
      ...body,
      deviceCookie: this.cookies.device(browser, 'operator'),
    });
    this.cookies.start(browser, 'operator', login);
    return presentOperatorMe(login.principal);
  }

  @Post('logout')
  @Authenticated()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @Operation('opsLogout')
  @Summary('End this session')
  async logout(@OperatorCtx() context: OperatorContext, @FromBrowser() browser: Browser) {
    await this.signIn.signOut(context);
    this.cookies.end(browser, 'operator');
  }

  @Get('me')
  @Authenticated()
  @Operation('opsMe', OperatorMeResponse)
  @Summary('Who is signed in')
  me(@OperatorCtx() { principal }: OperatorContext) {
    return presentOperatorMe(principal);
  }
}
