import { Injectable, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '@balcao/platform-config';
import type { AudienceName } from '@balcao/platform-tenancy';
import { CsrfTokens, clearCookie, cookieNames, setCookie } from '@balcao/platform-http';
import type { OpenedSession } from '../sessions/session.service.js';

/** Browsers keep the session's cookies longer than the session slides; the server decides when it ends. */
const COOKIE_SECONDS = 30 * 24 * 60 * 60;
const DEVICE_COOKIE_SECONDS = 180 * 24 * 60 * 60;

/** A request and its answer, as far as cookies go. */
export interface Browser {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Who asks, where the answer sets or clears a session's cookies. */
export const FromBrowser = createParamDecorator((_data: unknown, host: ExecutionContext): Browser => {
  const http = host.switchToHttp();
  return { request: http.getRequest<FastifyRequest>(), reply: http.getResponse<FastifyReply>() };
});

/** Sets and clears the cookies of a session: the session itself, the readable CSRF token, the known device. */
@Injectable()
export class SessionCookies {
  constructor(
    private readonly config: AppConfig,
    private readonly csrf: CsrfTokens,
  ) {}

  start(
    browser: Browser,
    audience: AudienceName,
    { session, deviceCookie }: { session: OpenedSession; deviceCookie: string },
  ): void {
    const { request, reply } = browser;
    const names = cookieNames(audience, this.config.portalCookiePrefix);
    setCookie(request, reply, this.config, names.session, session.token, {
      maxAgeSeconds: COOKIE_SECONDS,
    });
    setCookie(request, reply, this.config, names.csrf, this.csrf.issue(session.id), {
      maxAgeSeconds: COOKIE_SECONDS,
      readable: true,
    });
    this.know(browser, audience, deviceCookie);
    forgetCachedPages(reply);
  }

  /** From now on the browser is one of the person's own. */
  know({ request, reply }: Browser, audience: AudienceName, deviceCookie: string): void {
    const { device } = cookieNames(audience, this.config.portalCookiePrefix);
    setCookie(request, reply, this.config, device, deviceCookie, { maxAgeSeconds: DEVICE_COOKIE_SECONDS });
  }

  end({ request, reply }: Browser, audience: AudienceName): void {
    const names = cookieNames(audience, this.config.portalCookiePrefix);
    clearCookie(request, reply, this.config, names.session);
    clearCookie(request, reply, this.config, names.csrf);
    forgetCachedPages(reply);
  }

  /** The device cookie that a request carries. */
  device({ request }: Browser, audience: AudienceName): string | undefined {
    return request.cookies[cookieNames(audience, this.config.portalCookiePrefix).device];
  }
}

/** The next person at this computer shall see nothing. */
function forgetCachedPages(reply: FastifyReply): void {
  reply.header('clear-site-data', '"cache"');
}
