import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AnswerHeaders,
  Audience,
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

@ApiTags('Operations')
@Controller('ops/auth')
@Audience('operator')
export class OperatorAuthController {
  constructor(
    private readonly signIn: OperatorSignIn,
    private readonly cookies: SessionCookies,
  ) {}

  @Post('login')
  @HttpCode(200)
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
