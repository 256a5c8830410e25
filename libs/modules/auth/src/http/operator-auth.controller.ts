import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerHeaders, ApiProblems, Audience, Authenticated, Ctx, OperatorCtx, Public } from '@balcao/platform-http';
import type { OperatorContext, RequestContext } from '@balcao/platform-tenancy';
import { OperatorSignIn } from '../sign-in/operator-sign-in.js';
import { presentOperatorMe } from './auth.presenter.js';
import { OperatorLoginRequest, OperatorMeResponse } from './dto/auth.dto.js';
import { SessionCookies } from './session-cookies.js';

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
  @ApiOperation({
    operationId: 'opsLogin',
    summary: 'Sign in as platform operator',
  })
  @ApiOkResponse({ type: OperatorMeResponse })
  @ApiProblems('validation_failed', 'invalid_credentials', 'account_suspended')
  async login(
    @Ctx() context: RequestContext,
    @Body() body: OperatorLoginRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperatorMeResponse> {
    const login = await this.signIn.byPassword(context, {
      ...body,
      deviceCookie: this.cookies.device(request, 'operator'),
    });
    this.cookies.start(request, reply, 'operator', login);
    return presentOperatorMe(login.principal);
  }

  @Post('logout')
  @HttpCode(204)
  @Authenticated()
  @AnswerHeaders('SetCookie', 'ClearSiteData')
  @ApiOperation({ operationId: 'opsLogout', summary: 'End this session' })
  @ApiNoContentResponse({ description: 'The session has ended' })
  async logout(
    @OperatorCtx() context: OperatorContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.signIn.signOut(context);
    this.cookies.end(request, reply, 'operator');
  }

  @Get('me')
  @Authenticated()
  @ApiOperation({ operationId: 'opsMe', summary: 'Who is signed in' })
  @ApiOkResponse({ type: OperatorMeResponse })
  me(@OperatorCtx() { principal }: OperatorContext): OperatorMeResponse {
    return presentOperatorMe(principal);
  }
}
