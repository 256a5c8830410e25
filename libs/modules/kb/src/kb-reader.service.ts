import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { DomainError } from '@balcao/platform-errors';
import { Database, empty, raw, sql, type Db, type OrganizationContext, type Sql } from '@balcao/platform-tenancy';
import { searchWords } from './domain/search-words.js';

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

export interface ReaderListRow {
  id: string;
  slug: string;
  title: string;
  excerpt: string;
  locale: Locale;
  tags: string[];
  updatedAt: Date;
  category: ReaderCategory | null;
  /** Text to show what was found in; empty where nothing was searched. */
  text: string;
}

export interface ReaderArticleRow extends Omit<ReaderListRow, 'text'> {
  bodyMarkdown: string;
}

/** In these words a partial index of the table knows what is published. */
const PUBLISHED = sql`a.visibility in ('portal', 'public')`;
const EXCERPT_LENGTH = 200;
/** So much of a text is looked through for what to highlight. */
const HIGHLIGHTED_LENGTH = 20_000;

/** The knowledge base as customers read it: published articles, in their language where there is a translation. */
@Injectable()
export class KbReaderService {
  constructor(private readonly database: Database) {}

  /** A page of articles: the best matches of a search first, otherwise the latest. */
  async list(context: OrganizationContext, filter: ReaderFilter): Promise<{ rows: ReaderListRow[]; total: number }> {
    const words = searchWords(filter.q);
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
      if (filter.q?.trim() && words.length === 0) return { rows: [], total: 0 };
      return words.length > 0 ? search(db, filter, categoryId, words) : latest(db, filter, categoryId);
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
        where ${db.tenant('c')} and ${db.tenant('a')} and ${PUBLISHED} and ${readable(db, locale)}
        group by c.id, c.slug, c.name_pt, c.name_en, c.position order by c.position, name, c.id`),
    );
  }

  /** @throws DomainError not_found */
  async article(context: OrganizationContext, slug: string, locale: Locale): Promise<ReaderArticleRow> {
    return this.database.read(context, async (db) => {
      const row = await db.first<ReaderArticleRow>(sql`
        select ${columns(locale)}, a.body_markdown as "bodyMarkdown" from kb_articles a ${CATEGORY}
        where ${db.tenant('a')} and a.slug = ${slug} and ${PUBLISHED} order by (a.locale = ${locale}) desc limit 1`);
      if (!row) throw new DomainError('not_found');
      return row;
    });
  }
}

async function latest(db: Db, { tag, locale, limit, offset }: ReaderFilter, categoryId: string | null) {
  const matching = sql`from kb_articles a ${CATEGORY} where ${db.tenant('a')} and ${PUBLISHED} and ${readable(db, locale)}
    ${categoryId ? sql`and a.category_id = ${categoryId}::uuid` : empty} ${tag ? sql`and ${tag} = any(a.tags)` : empty}`;
  const rows = await db.query<ReaderListRow & { total: number }>(sql`
    select ${columns(locale)}, '' as text, (select count(*)::integer ${matching}) as total ${matching}
    order by a.published_at desc, a.id desc limit ${limit} offset ${offset}`);
  return {
    rows,
    total:
      rows[0]?.total ?? (await db.first<{ total: number }>(sql`select count(*)::integer as total ${matching}`))!.total,
  };
}

/** `kb_search` finds ids as the tables' owner, after asking the tenant's settings; what it names is read under the policies. */
async function search(
  db: Db,
  { tag, locale, limit, offset }: ReaderFilter,
  categoryId: string | null,
  words: string[],
) {
  const found = (from: number, most: number) =>
    sql`kb_search(${words}::text[], ${locale}, ${categoryId}::uuid, ${tag ?? null}, ${most}::integer, ${from}::integer)`;
  const rows = await db.query<ReaderListRow & { total: number }>(sql`
    select ${columns(locale)}, left(a.body_text, ${HIGHLIGHTED_LENGTH}) as text, s.total::integer as total
    from ${found(offset, limit)} s join kb_articles a on a.id = s.id ${CATEGORY}
    where ${db.tenant('a')} and ${PUBLISHED} order by s.rank desc, a.published_at desc, a.id desc`);
  if (rows.length > 0 || offset === 0) return { rows, total: rows[0]?.total ?? 0 };
  return {
    rows,
    total: (await db.first<{ total: number }>(sql`select total::integer as total from ${found(0, 1)}`))?.total ?? 0,
  };
}

const CATEGORY = sql`left join kb_categories c on c.organization_id = a.organization_id and c.id = a.category_id`;

const nameIn = (locale: Locale) => raw(locale === 'en-US' ? 'c.name_en' : 'c.name_pt');

const columns = (locale: Locale): Sql => sql`
  a.id, a.slug, a.title, coalesce(nullif(a.excerpt, ''), left(a.body_text, ${EXCERPT_LENGTH})) as excerpt, a.locale, a.tags,
  a.updated_at as "updatedAt",
  case when c.id is not null then json_build_object('id', c.id, 'slug', c.slug, 'name', ${nameIn(locale)}) end as category`;

/** The reader's language, or the other where no translation is published. */
const readable = (db: Db, locale: Locale): Sql => sql`
  (a.locale = ${locale} or not exists (select from kb_articles own where ${db.tenant('own')} and own.slug = a.slug
    and own.locale = ${locale} and own.visibility in ('portal', 'public')))`;
