import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FoundPortal } from '@balcao/module-directory';
import type { AppConfig } from '@balcao/platform-config';
import { clearCookie, cookieNames, type Authenticator } from '@balcao/platform-http';

/**
 * A host that was another portal's leaves nothing of that one in a browser: who is signed in there by a cookie of then is no
 * longer, and what pages had kept goes. (`cookies` in the header would reach the whole domain, hence each by its name.)
 */
export async function leaveFormerPortal(
  request: FastifyRequest,
  reply: FastifyReply,
  { portal }: FoundPortal,
  { config, authenticator }: { config: AppConfig; authenticator: Authenticator },
): Promise<void> {
  const names = cookieNames('portal', config.portalCookiePrefix);
  const token = request.cookies[names.session];
  // A cookie of a path is sent to no other.
  if (request.balcao.base !== '' || !token || token.length > 200) return;
  const principal = await authenticator.look('portal', { via: 'cookie', token });
  if (principal?.audience !== 'portal' || principal.portal.id === portal.id) return;
  for (const name of Object.values(names)) clearCookie(request, reply, config, name);
  reply.header('clear-site-data', '"cache", "storage"');
}
