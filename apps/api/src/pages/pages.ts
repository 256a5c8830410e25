import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { constants } from 'node:zlib';
import fastifyCompress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { localized, SLUG, type IconName, type Locale } from '@balcao/contracts';
import { PortalFinder, onceForEach, portalOrigin, type FoundPortal } from '@balcao/module-directory';
import { KbReaderService } from '@balcao/module-kb';
import { PublicArticles } from '@balcao/module-kb/http';
import { CustomStyles, IconSets } from '@balcao/module-portal';
import {
  brandingFacts,
  initialsIcon,
  manifestOf,
  monogram,
  movedTo,
  pageLocale,
  portalOf,
  portalStylesheet,
  withHead,
  withStylesheet,
  type PageMeta,
} from '@balcao/module-portal/http';
import { ownSignupPage, signupHead } from '@balcao/module-signup/http';
import { AppConfig } from '@balcao/platform-config';
import { Authenticator, cookieNames, matchesEtag, portalAddressOf, weakEtag } from '@balcao/platform-http';
import { defaultTheme, type Theme } from '@balcao/theming';
import { FirstPages } from './first-pages.js';
import { leaveFormerPortal } from './leave-former-portal.js';

const PORTAL_FILES = fileURLToPath(new URL('../../../portal/dist/', import.meta.url));
const CONSOLE_FILES = fileURLToPath(new URL('../../../console/dist/', import.meta.url));
const UNGUARDED = { config: { guardedBy: 'nobody' as const } };
/** Staff's and operators' pages. */
const INSTALLATION = { config: { guardedBy: 'nobody' as const, installation: true } };

/** Names with a content hash never change; everything else is asked for again. */
const FOREVER = 'public, max-age=31536000, immutable';
const REVALIDATE = 'no-cache';
/** The same as of the branding that the API answers. */
const BRANDING = 'public, max-age=300, stale-while-revalidate=86400';

/** Serves both single-page applications, and each portal's stylesheet with its colours. */
export async function servePages(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const config = app.get(AppConfig);
  const finder = app.get(PortalFinder, { strict: false });
  const authenticator = app.get(Authenticator, { strict: false });
  await fastify.register(
    fastifyCompress as never,
    {
      threshold: 2_048,
      encodings: ['br', 'gzip'],
      // Higher qualities save little and cost the event loop's threads much.
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    } as never,
  );
  await fastify.register(
    fastifyStatic as never,
    // The builds have a compressed copy of each file beside it.
    { root: [PORTAL_FILES, CONSOLE_FILES], serve: false, preCompressed: true } as never,
  );

  const styles = app.get(CustomStyles, { strict: false });
  const sheetOf = onceForEach(async (portal: FoundPortal) => sheet(portal.branding.theme, await styles.served(portal)));
  const brandingOf = onceForEach(async (portal: FoundPortal) => ({
    ...brandingFacts(portal, await styles.served(portal)),
    // The page has it as a stylesheet.
    customCss: null,
  }));
  const firstPages = new FirstPages(PORTAL_FILES, cookieNames('portal', config.portalCookiePrefix).session);
  const icons = app.get(IconSets, { strict: false });
  const articles = new PublicArticles(config, finder, app.get(KbReaderService, { strict: false }));

  const portalPage =
    ({ listed, unknown = false, head }: { listed: boolean; unknown?: boolean; head?: typeof signupHead }) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const { base } = request.balcao;
      const portal = await portalOf(request, config, finder);
      const moved = portal ? undefined : await movedTo(request, config, finder);
      if (moved) return reply.header('cache-control', REVALIDATE).redirect(moved.to, moved.status);
      if (portal) await leaveFormerPortal(request, reply, portal, { config, authenticator });
      const own = portal && head?.(portal, pageLocale(request, portal), config.publicUrl);
      const meta = portal && listed ? await articles.meta(request, portal) : own;
      if (meta && 'movedTo' in meta) {
        const { search } = new URL(request.url, 'http://any');
        return reply.header('cache-control', REVALIDATE).redirect(`${base}/portal/help/${meta.movedTo}${search}`, 301);
      }
      if (meta) reply.removeHeader('x-robots-tag');
      const missing = portal ? unknown || (listed && !meta && articles.showsAll(request, portal)) : base !== '';
      const template = await readFile(`${PORTAL_FILES}index.html`, 'utf8');
      const locale = portal && (meta?.locale ?? pageLocale(request, portal));
      const drawn = portal && (await icons.of(portal));
      // Of what is suspended the application says so, as the API does.
      const open = portal?.organization.status === 'active';
      const first = open && locale ? await firstPages.of(request, locale) : undefined;
      return reply
        .status(missing ? 404 : 200)
        .headers({
          'cache-control': REVALIDATE,
          vary: 'Accept-Language, accept-encoding',
          ...(locale && { 'content-language': locale }),
        })
        .type('text/html; charset=utf-8')
        .send(
          portal && locale
            ? withHead(template, {
                base,
                locale,
                portal,
                icons: drawn,
                meta,
                look: lookOf((await sheetOf(portal)).etag, portal.portal.name, drawn?.('32')),
                given: {
                  ...(open && { branding: await brandingOf(portal) }),
                  ...(first?.name === 'login' && { signupPage: ownSignupPage(portal) }),
                  ...(first && meta?.given),
                },
                outline: outlineOf(portal, locale, first?.name, meta),
                scripts: first?.scripts ?? [],
              })
            : withStylesheet(template, base),
        );
    };
  const consolePage = (_request: FastifyRequest, reply: FastifyReply) =>
    reply.header('cache-control', REVALIDATE).sendFile('index.html', CONSOLE_FILES, { cacheControl: false });
  const file = (root: string) => (request: FastifyRequest, reply: FastifyReply) => {
    const name = (request.params as { '*': string })['*'];
    if (name.split(/[/\\]/).includes('..')) return reply.callNotFound();
    reply.header('cache-control', name.startsWith('assets/') ? FOREVER : REVALIDATE);
    return reply.sendFile(name, root, { cacheControl: false });
  };
  const fileOrPage =
    (root: string, page: (request: FastifyRequest, reply: FastifyReply) => unknown) =>
    (request: FastifyRequest, reply: FastifyReply) =>
      /\.[a-z0-9]{2,5}$/.test((request.params as { '*': string })['*'])
        ? file(root)(request, reply)
        : page(request, reply);

  fastify.get('/portal/branding.css', UNGUARDED, async (request, reply) => {
    const portal = await portalOf(request, config, finder);
    const { css, etag } = portal ? await sheetOf(portal) : sheet(defaultTheme, null);
    reply.headers({ 'cache-control': BRANDING, etag });
    if (matchesEtag(request.headers['if-none-match'], etag)) return reply.status(304).send();
    return reply.type('text/css; charset=utf-8').send(css);
  });
  fastify.get('/portal/pictures/favicon', UNGUARDED, async (request, reply) => {
    const portal = await portalOf(request, config, finder);
    if (!portal) return reply.status(404).header('cache-control', 'no-store').send();
    return reply.header('cache-control', BRANDING).type('image/svg+xml').send(monogram(portal));
  });
  fastify.get('/portal/manifest.webmanifest', UNGUARDED, async (request, reply) => {
    const portal = await portalOf(request, config, finder);
    const manifest = manifestOf(portal, request.balcao.base, portal && (await icons.of(portal)));
    return reply.header('cache-control', BRANDING).type('application/manifest+json; charset=utf-8').send(manifest);
  });
  articles.serve(fastify);
  fastify.get('/portal/help', UNGUARDED, portalPage({ listed: true }));
  fastify.get('/portal/help/:slug', UNGUARDED, portalPage({ listed: true }));
  // A signup page stands at its portal's own address, whose cookies and colours are its.
  fastify.get('/portal/signup/:slug', UNGUARDED, async (request, reply) => {
    const { slug } = request.params as { slug: string };
    const meant = SLUG.test(slug) ? await finder.bySignupSlug(slug) : undefined;
    if (meant && portalAddressOf(request, config).kind === 'bare') {
      const { search } = new URL(request.url, 'http://any');
      const address = `${portalOrigin(meant.portal, config.publicUrl)}/portal/signup/${slug}${search}`;
      return reply.header('cache-control', REVALIDATE).redirect(address);
    }
    const here = await portalOf(request, config, finder);
    const unknown = here?.portal.id !== meant?.portal.id;
    return portalPage({ listed: false, unknown, head: unknown ? undefined : signupHead })(request, reply);
  });
  fastify.get('/portal', UNGUARDED, portalPage({ listed: false }));
  fastify.get('/portal/*', UNGUARDED, fileOrPage(PORTAL_FILES, portalPage({ listed: false })));
  fastify.get('/console', INSTALLATION, consolePage);
  fastify.get('/console/*', INSTALLATION, fileOrPage(CONSOLE_FILES, consolePage));
  const ownIcon = (icon: IconName) => async (request: FastifyRequest, reply: FastifyReply) => {
    const portal = await portalOf(request, config, finder);
    if (!portal) return reply.redirect('/portal/favicon.svg');
    return reply.redirect((await icons.of(portal))?.(icon) ?? initialsIcon(request.balcao.base));
  };
  fastify.get('/favicon.ico', UNGUARDED, ownIcon('32'));
  fastify.get('/apple-touch-icon.png', UNGUARDED, ownIcon('180'));
  fastify.get('/ops', INSTALLATION, consolePage);
  fastify.get('/ops/', INSTALLATION, consolePage);
  fastify.get('/ops/login', INSTALLATION, consolePage);
  fastify.get('/ops/new', INSTALLATION, consolePage);
  // The root of a portal's address is its home; that of the installation is the staff's.
  fastify.get('/', UNGUARDED, async (request, reply) => {
    const { kind, base } = portalAddressOf(request, config);
    return reply.redirect(kind === 'bare' ? '/console' : `${base}/portal`);
  });
}

/** What a page for visitors says above all, which it says again once its scripts run. */
function outlineOf(portal: FoundPortal, locale: Locale, page: string | undefined, meta: PageMeta | undefined) {
  if (page !== undefined && meta) return { title: meta.title, text: meta.description };
  const { welcomeMessage } = portal.branding;
  return page === 'login' ? localized(welcomeMessage, locale, portal.defaultLocale) : undefined;
}

function sheet(theme: Theme, custom: string | null): { css: string; etag: string } {
  const css = portalStylesheet(theme, custom);
  return { css, etag: weakEtag(css) };
}

/** Stands for a look in addresses: its stylesheet, the name that the initials are of, and the icon where it is drawn. */
const lookOf = (...parts: (string | undefined)[]): string => hash('sha256', JSON.stringify(parts)).slice(0, 12);
