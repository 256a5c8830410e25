import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '@balcao/platform-errors';
import { ApiProblems, Audience, Authenticated, Ctx, OperatorCtx, Public } from '@balcao/platform-http';
import { sessionTokenHash } from '@balcao/platform-state';
import type { Context, OperatorContext } from '@balcao/platform-tenancy';
import { OperatorLoginService } from '../operator-login.service.js';
import { PrincipalReader } from '../principal-reader.js';
import { presentOperatorMe } from './auth.presenter.js';
import { OperatorLoginRequest, OperatorMeResponse } from './dto/auth.dto.js';
import { SessionCookies } from './session-cookies.js';

@ApiTags('Operations')
@Controller('ops/auth')
@Audience('operator')
export class OperatorAuthController {
  constructor(
    private readonly logins: OperatorLoginService,
    private readonly principals: PrincipalReader,
    private readonly cookies: SessionCookies,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    operationId: 'opsLogin',
    summary: 'Sign in as platform operator',
  })
  @ApiOkResponse({ type: OperatorMeResponse })
  @ApiProblems('validation_failed', 'invalid_credentials', 'account_suspended')
  async login(
    @Ctx() context: Context,
    @Body() body: OperatorLoginRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperatorMeResponse> {
    const session = await this.logins.login(context, body);
    const principal = await this.principals.bySessionToken('operator', sessionTokenHash(session.token));
    if (!principal) throw new DomainError('invalid_credentials');
    this.cookies.start(request, reply, 'operator', session);
    return presentOperatorMe(principal);
  }

  @Post('logout')
  @HttpCode(204)
  @Authenticated()
  @ApiOperation({ operationId: 'opsLogout', summary: 'End this session' })
  @ApiNoContentResponse({ description: 'The session has ended' })
  async logout(
    @OperatorCtx() context: OperatorContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.logins.logout(context, context.principal.sessionId);
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
