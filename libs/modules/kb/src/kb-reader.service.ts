import { Injectable } from '@nestjs/common';
import { LOCALES, type Locale } from '@balcao/contracts';
import { found } from '@balcao/platform-errors';
import {
  Database,
  countedPage,
  empty,
  raw,
  sql,
  type Db,
  type OrganizationContext,
  type Sql,
} from '@balcao/platform-tenancy';
import type { ArticleEntity } from './persistence/article.entity.js';

export interface ReaderFilter {
  q?: string;
  /** Slug of a category. */
  category?: string;
  tag?: string;
  locale: Locale;
  limit: number;
  offset: number;
}

export interface ReaderCategory {
  id: string;
  slug: string;
  name: string;
}

type Listed = Pick<ArticleEntity, 'id' | 'slug' | 'title' | 'excerpt' | 'locale' | 'tags' | 'updatedAt'>;

export interface ReaderListRow extends Listed {
  category: ReaderCategory | null;
  /** Text to show what was found in; empty where nothing was searched. */
  text: string;
  /** The words that were searched for, as search spells them. */
  words: string[];
}

export interface ReaderArticleRow extends Omit<ReaderListRow, 'text' | 'words'> {
  bodyHtml: string;
  /** Languages that the reader can have it in. */
  locales: Locale[];
}

/** An address of the site map. */
export type PublicArticleAddress = Pick<ArticleEntity, 'slug' | 'locale' | 'updatedAt'>;

/** So much of a text is looked through for what to highlight, and of all texts of a page. */
const HIGHLIGHTED_LENGTH = 5_000;
const HIGHLIGHTED_OF_PAGE = 100_000;

/**
 * The knowledge base as customers and visitors read it: what is published for them, in their language where there is a
 * translation, and never in one that the portal does not offer. Who they are says the context's scope.
 */
@Injectable()
export class KbReaderService {
  constructor(private readonly database: Database) {}

  /** A page of articles: the best matches of a search first, otherwise the latest. */
  async list(context: OrganizationContext, filter: ReaderFilter): Promise<{ rows: ReaderListRow[]; total: number }> {
    return this.database.read(context, async (db) => {
      let categoryId: string | null = null;
      if (filter.category) {
        categoryId =
          (
            await db.first<{ id: string }>(
              sql`select c.id from kb_categories c where ${db.tenant('c')} and c.slug = ${filter.category}`,
            )
          )?.id ?? null;
        if (!categoryId) return { rows: [], total: 0 };
      }
      return filter.q?.trim() ? search(db, context, filter, categoryId) : latest(db, context, filter, categoryId);
    });
  }

  /** Categories with the number of articles that the reader finds in them; empty ones are left out. */
  async categories(
    context: OrganizationContext,
    locale: Locale,
  ): Promise<(ReaderCategory & { articleCount: number })[]> {
    return this.database.read(context, (db) =>
      db.query(sql`
        select c.id, c.slug, ${nameIn(locale)} as name, count(*)::integer as "articleCount"
        from kb_categories c join kb_articles a on a.organization_id = c.organization_id and a.category_id = c.id
        where ${db.tenant('c')} and ${db.tenant('a')} and ${published(context)} and ${readable(db, context, locale)}
        group by c.id, c.slug, c.name_pt, c.name_en, c.position order by c.position, name, c.id`),
    );
  }

  /**
   * The article; for an address that it had before, the present one; nothing where the reader has no such article.
   * @param locale in which it is wanted; where there is no such translation, it comes in another language
   */
  async find(
    context: OrganizationContext,
    slug: string,
    locale: Locale,
  ): Promise<ReaderArticleRow | { movedTo: string } | undefined> {
    return this.database.read(context, async (db) => {
      const row = await db.first<ReaderArticleRow>(sql`
        select ${columns(locale)}, a.body_html as "bodyHtml", ${localesOf(db, context)} as locales
        from kb_articles a ${CATEGORY}
        where ${db.tenant('a')} and a.slug = ${slug} and ${published(context)} order by (a.locale = ${locale}) desc limit 1`);
      return row ?? newAddress(db, context, slug);
    });
  }

  /**
   * The same of an article that has to be there.
   * @throws DomainError not_found
   */
  async article(...asked: Parameters<KbReaderService['find']>): Promise<ReaderArticleRow | { movedTo: string }> {
    return found(await this.find(...asked));
  }

  /** The articles that the reader has, in every language, the latest first. */
  async addresses(context: OrganizationContext, limit: number): Promise<PublicArticleAddress[]> {
    return this.database.read(context, (db) =>
      db.query<PublicArticleAddress>(sql`
        select a.slug, a.locale, a.updated_at as "updatedAt" from kb_articles a
        where ${db.tenant('a')} and ${published(context)} order by a.published_at desc, a.id desc limit ${limit}`),
    );
  }
}

/** The portal's languages as a parameter of a statement. */
const offered = ({ languages }: OrganizationContext) => [...(languages ?? LOCALES)];

/** What the reader may read; in these words a partial index of the table knows it. */
const published = (context: OrganizationContext, alias = 'a'): Sql => sql`
  ${raw(`${alias}.visibility`)} ${context.scope.kind === 'visitor' ? sql`= 'public'` : sql`in ('portal', 'public')`}
  and ${raw(`${alias}.locale`)} = any(${offered(context)}::text[])`;

/** The languages in which the reader has the article `a`. */
const localesOf = (db: Db, context: OrganizationContext): Sql => sql`
  array(select t.locale from kb_articles t where ${db.tenant('t')} and t.slug = a.slug and ${published(context, 't')}
    order by t.locale desc)`;

async function latest(
  db: Db,
  context: OrganizationContext,
  { tag, locale, limit, offset }: ReaderFilter,
  categoryId: string | null,
) {
  return countedPage<ReaderListRow>(
    db,
    (page) => sql`
      select ${columns(locale)}, '' as text, '{}'::text[] as words, count(*) over ()::integer as total
      from kb_articles a ${CATEGORY}
      where ${db.tenant('a')} and ${published(context)} and ${readable(db, context, locale)}
        ${categoryId ? sql`and a.category_id = ${categoryId}::uuid` : empty} ${tag ? sql`and ${tag} = any(a.tags)` : empty}
      order by a.published_at desc, a.id desc limit ${page.limit} offset ${page.offset}`,
    { limit, offset },
  );
}

/** `kb_search` finds ids as the tables' owner, after asking the tenant's settings; what it names is read under the policies. */
async function search(
  db: Db,
  context: OrganizationContext,
  { q, tag, locale, limit, offset }: ReaderFilter,
  categoryId: string | null,
) {
  return countedPage<ReaderListRow>(
    db,
    (page) => sql`
      select ${columns(locale)}, left(a.body_text, ${Math.min(HIGHLIGHTED_LENGTH, HIGHLIGHTED_OF_PAGE / page.limit)}::integer) as text, s.total::integer as total,
        array(select unnest(kb_synonyms(t.spellings[1], ${locale}) || t.spellings) from search_terms(${q}) t) as words
      from kb_search(${q}, ${locale}, ${offered(context)}::text[], ${categoryId}::uuid, ${tag ?? null},
        ${page.limit}::integer, ${page.offset}::integer) s
      join kb_articles a on a.id = s.id ${CATEGORY}
      where ${db.tenant('a')} and ${published(context)} order by s.rank desc, a.published_at desc, a.id desc`,
    { limit, offset },
  );
}

async function newAddress(
  db: Db,
  context: OrganizationContext,
  slug: string,
): Promise<{ movedTo: string } | undefined> {
  return db.first<{ movedTo: string }>(sql`
    select a.slug as "movedTo" from kb_old_slugs o join kb_articles a on a.slug = o.leads_to
    where ${db.tenant('o')} and o.slug = ${slug} and ${db.tenant('a')} and ${published(context)} limit 1`);
}

const CATEGORY = sql`left join kb_categories c on c.organization_id = a.organization_id and c.id = a.category_id`;

const nameIn = (locale: Locale) => raw(locale === 'en-US' ? 'c.name_en' : 'c.name_pt');

const EXCERPT = sql`coalesce(nullif(a.excerpt, ''), a.body_excerpt)`;

const columns = (locale: Locale): Sql => sql`
  a.id, a.slug, a.title, ${EXCERPT} as excerpt, a.locale, a.tags,
  a.updated_at as "updatedAt",
  case when c.id is not null then json_build_object('id', c.id, 'slug', c.slug, 'name', ${nameIn(locale)}) end as category`;

/** The reader's language, or the other where they have no translation. */
const readable = (db: Db, context: OrganizationContext, locale: Locale): Sql => sql`
  (a.locale = ${locale} or not exists (select from kb_articles own where ${db.tenant('own')} and own.slug = a.slug
    and own.locale = ${locale} and ${published(context, 'own')}))`;
