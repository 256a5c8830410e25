import type { FastifyRequest } from 'fastify';
import { matchLocale, type Locale } from '@balcao/contracts';
import { PortalFinder, type FoundPortal } from '@balcao/module-directory';
import type { AppConfig } from '@balcao/platform-config';
import { portalAddressOf } from '@balcao/platform-http';
import type { OrganizationContext } from '@balcao/platform-tenancy';

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

/** The same page where the portal is today, of a slug that it had before. */
export async function movedTo(
  request: FastifyRequest,
  config: AppConfig,
  finder: PortalFinder,
): Promise<string | undefined> {
  const address = portalAddressOf(request, config);
  const portal = address.kind === 'slug' ? await finder.insteadOf(address) : undefined;
  return portal?.same ? `${portal.address.replace(/portal\/$/, '')}${request.url.slice(1)}` : undefined;
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
