import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppConfig } from '@balcao/platform-config';
import type { AudienceName } from '@balcao/platform-tenancy';

export interface CookieNames {
  session: string;
  csrf: string;
  device: string;
}

/** Names of one audience's cookies; a prefix of one's own applies to the portal's only. */
export function cookieNames(audience: AudienceName, portalPrefix: string): CookieNames {
  const prefix =
    audience === 'portal' ? `${portalPrefix}_portal` : audience === 'staff' ? 'balcao_staff' : 'balcao_operator';
  return {
    session: `${prefix}_session`,
    csrf: `${prefix}_csrf_token`,
    device: `${prefix}_device`,
  };
}

export function csrfHeaderName(audience: AudienceName, portalPrefix: string): string {
  return audience === 'portal' ? `x-${portalPrefix}-csrf` : 'x-balcao-csrf';
}

interface CookieOptions {
  maxAgeSeconds: number;
  /** Readable by the page's script; only the CSRF token is. */
  readable?: boolean;
}

/** Sets a host-only cookie whose path is the portal's base. */
export function setCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  config: AppConfig,
  name: string,
  value: string,
  options: CookieOptions,
): void {
  const { readable, maxAgeSeconds: maxAge } = options;
  reply.setCookie(name, value, { ...scopeOf(request, config), httpOnly: !readable, maxAge });
}

export function clearCookie(request: FastifyRequest, reply: FastifyReply, config: AppConfig, name: string): void {
  reply.clearCookie(name, scopeOf(request, config));
}

/** A cookie is cleared only by what names the same path as it was set with. */
const scopeOf = ({ balcao }: FastifyRequest, { secure }: AppConfig) =>
  ({ path: balcao.base || '/', secure, sameSite: 'lax' }) as const;
