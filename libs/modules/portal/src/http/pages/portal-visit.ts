import type { FastifyRequest } from 'fastify';
import { matchLocale, type Locale } from '@balcao/contracts';
import { PortalFinder, type FoundPortal } from '@balcao/module-directory';
import type { AppConfig } from '@balcao/platform-config';
import { portalAddressOf } from '@balcao/platform-http';
import { clockOf, type OrganizationContext } from '@balcao/platform-tenancy';

/** The portal that the address of a page names, if any, as it was a moment ago. */
export async function portalOf(
  request: FastifyRequest,
  config: AppConfig,
  finder: PortalFinder,
): Promise<FoundPortal | undefined> {
  const address = portalAddressOf(request, config);
  if (address.kind === 'bare') return undefined;
  return address.kind === 'slug' ? finder.bySlug(address.slug, true) : finder.byHost(address.host, true);
}

/** Pages that mails lead to with a token of the person's, which is good wherever the organization lets them in. */
const OF_PERSONAL_LINKS = /^\/portal\/(?:accept-invitation|reset-password|verify-email|confirm-signup)(?=[?]|$)/;
/** Where a signup is followed, below the name of the portal's signup page. */
const OF_A_SIGNUP = /^(\/portal\/signup\/)[^/?]+(?=\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:[?]|$))/i;

/**
 * The same page elsewhere: where the portal is today, of a slug that it had before, and for good; of an archived portal
 * the organization's default one, for what a personal link is about. Browsers take the token behind the `#` along.
 */
export async function movedTo(
  request: FastifyRequest,
  config: AppConfig,
  finder: PortalFinder,
): Promise<{ to: string; status: 301 | 302 } | undefined> {
  const address = portalAddressOf(request, config);
  if (address.kind === 'bare') return undefined;
  const isPersonal = OF_PERSONAL_LINKS.test(request.url) || OF_A_SIGNUP.test(request.url);
  const portal = address.kind === 'slug' || isPersonal ? await finder.insteadOf(address) : undefined;
  if (!portal || !(portal.same || isPersonal)) return undefined;
  // Another portal has a signup page of its own, by whose name it is found.
  const path = portal.same ? request.url : request.url.replace(OF_A_SIGNUP, `$1${portal.slug}`);
  return { to: `${portal.address.replace(/portal\/$/, '')}${path.slice(1)}`, status: portal.same ? 301 : 302 };
}

/** Whether people read articles of this portal without signing in. */
export function hasPublicArticles({ organization, features }: FoundPortal): boolean {
  return organization.status === 'active' && features.knowledgeBase && features.publicArticles;
}

/** Who asks for a page is a visitor, whoever they may be signed in as: a page is the same for all. */
export function visitorContext(request: FastifyRequest, portal: FoundPortal): OrganizationContext {
  return {
    ...request.balcao.context,
    locale: pageLocale(request, portal),
    languages: portal.languages,
    organizationId: portal.organization.id,
    clock: clockOf(portal.organization),
    portalId: portal.portal.id,
    scope: { kind: 'visitor' },
  };
}

/** The language of a page: the one that its address asks for, else the browser's, of those that the portal offers. */
export function pageLocale(request: FastifyRequest, { languages, defaultLocale }: FoundPortal): Locale {
  const { lang } = (request.query ?? {}) as { lang?: unknown };
  const asked = languages.find((locale) => locale === lang);
  return asked ?? matchLocale(request.headers['accept-language'], defaultLocale, languages);
}
