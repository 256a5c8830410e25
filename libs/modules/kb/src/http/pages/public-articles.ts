import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '@balcao/contracts';
import { portalOrigin, type FoundPortal, type PortalFinder } from '@balcao/module-directory';
import type { AppConfig } from '@balcao/platform-config';
import { cookieNames } from '@balcao/platform-http';
import { escapeHtml, hasPublicArticles, portalOf, visitorContext, type PageMeta } from '@balcao/module-portal/http';
import type { KbReaderService, PublicArticleAddress } from '../../kb-reader.service.js';

/** The protocol takes 50,000 addresses in a file; a search engine finds older articles by the links to them. */
const MOST_ADDRESSES = 5_000;
const SLUG = /^[a-z0-9-]{1,200}$/;

const HELP: Record<Locale, { title: string; description: (name: string) => string }> = {
  'pt-BR': { title: 'Ajuda', description: (name) => `Artigos de ajuda de ${name}.` },
  'en-US': { title: 'Help', description: (name) => `Help articles of ${name}.` },
};

/** What search engines may know of a portal: its public articles, and nothing where it shows none. */
export class PublicArticles {
  constructor(
    private readonly config: AppConfig,
    private readonly finder: PortalFinder,
    private readonly reader: KbReaderService,
  ) {}

  /**
   * What the library's page, or an article's, says to everybody; where the article is now, for an address that it had
   * before. Nothing where there is nothing for everybody.
   */
  async meta(request: FastifyRequest, portal: FoundPortal): Promise<PageMeta | { movedTo: string } | undefined> {
    if (!hasPublicArticles(portal)) return undefined;
    const context = visitorContext(request, portal);
    const { slug } = request.params as { slug?: string };
    if (slug === undefined) {
      const { title, description } = HELP[context.locale];
      const canonical = this.help(portal);
      const { locale } = context;
      return {
        kind: 'website',
        title,
        description: description(portal.portal.name),
        locale,
        canonical,
        alternates: [],
      };
    }
    const article = SLUG.test(slug) ? await this.reader.find(context, slug, context.locale) : undefined;
    if (!article) return undefined;
    if ('movedTo' in article) return article;
    const url = (locale: Locale) => this.article(portal, article.slug, locale, article.locales);
    return {
      kind: 'article',
      title: article.title,
      description: article.excerpt,
      locale: article.locale,
      canonical: url(article.locale),
      alternates: article.locales.map((locale) => ({ locale, url: url(locale) })),
      bodyHtml: article.bodyHtml,
      // Who reads in another language than the page was asked for in asks for theirs.
      given: { article: { wanted: context.locale, article } },
    };
  }

  /** Whether who asks is shown public articles and no others; who is signed in may find more behind the same page. */
  showsAll(request: FastifyRequest, portal: FoundPortal): boolean {
    const { session } = cookieNames('portal', this.config.portalCookiePrefix);
    return hasPublicArticles(portal) && request.cookies[session] === undefined;
  }

  /** Registers the site map of each portal, and what tells search engines of it. */
  serve(fastify: FastifyInstance): void {
    const open = { config: { guardedBy: 'nobody' } as const };
    fastify.get('/portal/sitemap.xml', open, (request, reply) => this.siteMap(request, reply));
    fastify.get('/robots.txt', open, (request, reply) => this.robots(request, reply));
  }

  private async siteMap(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const portal = await portalOf(request, this.config, this.finder);
    if (!portal || !hasPublicArticles(portal)) return reply.status(404).header('cache-control', 'no-store').send();
    const addresses = await this.reader.addresses(visitorContext(request, portal), MOST_ADDRESSES);
    const locales = new Map<string, Locale[]>();
    for (const { slug, locale } of addresses) locales.set(slug, [...(locales.get(slug) ?? []), locale]);
    const entries = addresses.map((address) => this.entry(portal, address, locales.get(address.slug)!));
    return reply
      .header('cache-control', 'public, max-age=3600')
      .type('application/xml; charset=utf-8')
      .send(
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' +
          `<url><loc>${escapeHtml(this.help(portal))}</loc></url>\n${entries.join('')}</urlset>\n`,
      );
  }

  private async robots(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const portal = await portalOf(request, this.config, this.finder);
    // Whether a page may be listed says its own header, which only those read who may fetch it.
    const map =
      portal && hasPublicArticles(portal)
        ? `Sitemap: ${portalOrigin(portal.portal, this.config.publicUrl)}/portal/sitemap.xml\n`
        : '';
    return reply
      .header('cache-control', 'public, max-age=3600')
      .type('text/plain; charset=utf-8')
      .send(`User-agent: *\nDisallow: /api/\n${map}`);
  }

  private entry(portal: FoundPortal, { slug, locale, updatedAt }: PublicArticleAddress, locales: Locale[]): string {
    const url = escapeHtml(this.article(portal, slug, locale, locales));
    return `<url><loc>${url}</loc><lastmod>${updatedAt.toISOString()}</lastmod></url>\n`;
  }

  private help(portal: FoundPortal): string {
    return `${portalOrigin(portal.portal, this.config.publicUrl)}/portal/help`;
  }

  /** One language of an article has the plain address: the portal's own, or the only one that there is. */
  private article(portal: FoundPortal, slug: string, locale: Locale, locales: readonly Locale[]): string {
    const plain = locales.includes(portal.defaultLocale) ? portal.defaultLocale : locales[0];
    return `${this.help(portal)}/${slug}${locale === plain ? '' : `?lang=${locale}`}`;
  }
}
