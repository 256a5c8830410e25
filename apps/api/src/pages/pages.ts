import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { constants } from 'node:zlib';
import fastifyCompress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PortalFinder, type FoundPortal } from '@balcao/module-directory';
import { AppConfig } from '@balcao/platform-config';
import { portalAddressOf } from '@balcao/platform-http';
import { brandingCss, defaultTheme } from '@balcao/theming';

const PORTAL_FILES = fileURLToPath(new URL('../../../portal/dist/', import.meta.url));
const CONSOLE_FILES = fileURLToPath(new URL('../../../console/dist/', import.meta.url));
const UNGUARDED = { config: { guardedBy: 'nobody' as const } };

/** Names with a content hash never change; everything else is asked for again. */
const FOREVER = 'public, max-age=31536000, immutable';
const REVALIDATE = 'no-cache';

/** Serves both single-page applications, and each portal's stylesheet with its colours. */
export async function servePages(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const config = app.get(AppConfig);
  const finder = app.get(PortalFinder, { strict: false });
  await fastify.register(
    fastifyCompress as never,
    {
      threshold: 2_048,
      encodings: ['br', 'gzip'],
      // Higher qualities save little and cost the event loop's threads much.
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    } as never,
  );
  await fastify.register(fastifyStatic as never, { root: [PORTAL_FILES, CONSOLE_FILES], serve: false } as never);

  const tenantOf = async (request: FastifyRequest): Promise<FoundPortal | undefined> => {
    const address = portalAddressOf(request, config);
    if (address.kind === 'bare') return undefined;
    return address.kind === 'slug' ? finder.bySlug(address.slug) : finder.byHost(address.host);
  };

  const portalPage = async (request: FastifyRequest, reply: FastifyReply) => {
    const tenant = await tenantOf(request);
    const known = request.balcao.base === '' || tenant !== undefined;
    const template = await readFile(`${PORTAL_FILES}index.html`, 'utf8');
    return reply
      .status(known ? 200 : 404)
      .headers({ 'cache-control': REVALIDATE, vary: 'Accept-Language' })
      .type('text/html; charset=utf-8')
      .send(branded(template, request.balcao.base, tenant));
  };
  const consolePage = (_request: FastifyRequest, reply: FastifyReply) =>
    reply.header('cache-control', REVALIDATE).sendFile('index.html', CONSOLE_FILES, { cacheControl: false });
  const file = (root: string) => (request: FastifyRequest, reply: FastifyReply) => {
    const name = (request.params as { '*': string })['*'];
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
    const tenant = await tenantOf(request);
    return reply
      .header('cache-control', 'public, max-age=60, stale-while-revalidate=86400')
      .type('text/css; charset=utf-8')
      .send(brandingCss(tenant?.branding.theme ?? defaultTheme));
  });
  fastify.get('/portal', UNGUARDED, portalPage);
  fastify.get('/portal/*', UNGUARDED, fileOrPage(PORTAL_FILES, portalPage));
  fastify.get('/console', UNGUARDED, consolePage);
  fastify.get('/console/*', UNGUARDED, fileOrPage(CONSOLE_FILES, consolePage));
  fastify.get('/ops', UNGUARDED, consolePage);
  fastify.get('/ops/login', UNGUARDED, consolePage);
  // The root of a portal's address is its home; that of the installation is the staff's.
  fastify.get('/', UNGUARDED, async (request, reply) => {
    const { kind, base } = portalAddressOf(request, config);
    return reply.redirect(kind === 'bare' ? '/console' : `${base}/portal`);
  });
}

/** The page with the portal's language, name, favicon and stylesheet in its head. */
function branded(template: string, base: string, tenant: FoundPortal | undefined): string {
  let page = template.replace('href="/portal/branding.css"', `href="${base}/portal/branding.css"`);
  if (!tenant) return page;
  page = page
    .replace(/<html lang="[^"]*"/, `<html lang="${tenant.branding.defaultLocale}"`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(tenant.portal.name)}</title>`);
  const { faviconUrl } = tenant.branding;
  return faviconUrl
    ? page.replace(/<link rel="icon" href="[^"]*"/, () => `<link rel="icon" href="${escapeHtml(faviconUrl)}"`)
    : page;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
