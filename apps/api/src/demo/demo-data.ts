import { readFileSync } from 'node:fs';
import { LOCALES, PORTAL_PERMISSIONS, USUAL_PORTAL_PERMISSIONS, type Locale } from '@balcao/contracts';
import type { DemoArticle, DemoBilling, DemoOrganization, DemoPortal, DemoTicket } from './demo-organization.js';

export const DEMO_OPERATOR = { email: 'operator@balcao.example', name: 'Otávio Lins' };

/** Whoever looks after a customer, and the rest; the content names them. */
const ROLES: DemoOrganization['roles'] = [
  { name: 'Administração', permissions: [...PORTAL_PERMISSIONS], grants: ['Administração', 'Colaboração'] },
  {
    name: 'Colaboração',
    isDefault: true,
    permissions: [...USUAL_PORTAL_PERMISSIONS, 'invoices:read', 'payments:create'],
  },
];

type ArticleFacts = Pick<DemoArticle, 'category' | 'slug' | 'visibility' | 'daysAgo'>;
type ArticleHead = Pick<DemoArticle, 'title' | 'excerpt' | 'tags'>;

/** An organization of the demo out of its folder `apps/api/demo/{slug}`. */
function contentOf(slug: string): DemoOrganization {
  const read = (name: string) => readFileSync(new URL(`../../demo/${slug}/${name}`, import.meta.url));
  const json = <T>(name: string) => JSON.parse(read(name).toString()) as T;
  const pictures = (folder = '') => ({
    logoUrl: read(`${folder}logo.svg`),
    logoDarkUrl: read(`${folder}logo-dark.svg`),
    faviconUrl: read(`${folder}icon.svg`),
  });
  const {
    branding,
    portals = [],
    ...rest
  } = json<
    Pick<DemoOrganization, 'name' | 'isSandbox' | 'staff' | 'accounts' | 'categories'> &
      Pick<DemoPortal, 'branding'> & { portals?: Omit<DemoPortal, 'pictures'>[] }
  >('organization.json');
  const articles = json<(ArticleFacts & { texts: Partial<Record<Locale, ArticleHead>> })[]>('articles.json');
  return {
    slug,
    ...rest,
    roles: ROLES,
    portals: [
      { slug, name: rest.name, roles: [], branding, pictures: pictures() },
      ...portals.map((portal) => ({ ...portal, pictures: pictures(`portals/${portal.slug}/`) })),
    ],
    signups: json<DemoOrganization['signups']>('signups.json'),
    tickets: json<DemoTicket[]>('tickets.json'),
    billing: json<DemoBilling>('billing.json'),
    articles: articles.flatMap(({ texts, ...facts }) =>
      LOCALES.flatMap((locale) => {
        const head = texts[locale];
        if (!head) return [];
        const bodyMarkdown = read(`articles/${facts.slug}.${locale}.md`).toString().trimEnd();
        return [{ ...facts, locale, ...head, bodyMarkdown }];
      }),
    ),
  };
}

/** Business as it could be; the CNPJs have valid check digits and belong to nobody. */
export const DEMO_ORGANIZATIONS = ['aurora', 'boreal', 'cometa-teste'].map(contentOf);
