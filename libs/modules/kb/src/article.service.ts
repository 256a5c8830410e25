import { Injectable } from '@nestjs/common';
import { LOCALES, type Locale } from '@balcao/contracts';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError, found, unknownReference } from '@balcao/platform-errors';
import {
  Database,
  countedPage,
  empty,
  raw,
  refusing,
  sql,
  type Db,
  type OrganizationContext,
  type Sql,
} from '@balcao/platform-tenancy';
import { ArticleRenderer } from './article-renderer.js';
import { ARTICLE_VISIBILITIES, publishedAt, type ArticleVisibility } from './domain/article.js';
import { slugOf } from './domain/slug.js';
import { ArticleEntity } from './persistence/article.entity.js';
import type { CategoryEntity } from './persistence/category.entity.js';

export interface ArticleFields extends Pick<ArticleEntity, 'title' | 'locale' | 'bodyMarkdown'> {
  /** Address; made from the title where absent. Give a translation the slug of its original. */
  slug?: string;
  /** What lists show; the beginning of the body where absent. */
  excerpt?: string | null;
  categoryId?: string | null;
  tags?: string[];
  visibility?: ArticleVisibility;
}

/** The language stays: another one is another article of the same address. */
export type ArticlePatch = Partial<Omit<ArticleFields, 'locale'>> & {
  /** Version that the writer read. */
  version: number;
};

export interface ArticleFilter {
  q?: string;
  visibility?: ArticleVisibility[];
  locale?: Locale;
  categoryId?: string;
  limit: number;
  offset: number;
}

/** One language of an article. */
type ArticleTranslation = Pick<ArticleEntity, 'id' | 'locale' | 'title' | 'visibility'>;
type Listed = Pick<ArticleEntity, 'slug' | 'tags' | 'version' | 'publishedAt' | 'createdAt' | 'updatedAt'>;

export interface ArticleListRow extends ArticleTranslation, Listed {
  category: Omit<CategoryEntity, 'position'> | null;
  /** Every language of it, its own too. */
  translations: ArticleTranslation[];
}

export interface ArticleRow extends ArticleListRow, Pick<ArticleEntity, 'excerpt' | 'bodyMarkdown'> {}

type StoredArticle = Omit<
  ArticleEntity,
  'id' | 'bodyHtml' | 'bodyText' | 'bodyExcerpt' | 'authorId' | 'createdAt' | 'updatedAt'
>;

/** The address is taken by another article, or leads to one that had it before. */
const TAKEN = { kb_articles_organization_id_slug_locale_key: 'slug_taken' } as const;

/** The articles as staff write them. */
@Injectable()
export class ArticleService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly renderer: ArticleRenderer,
  ) {}

  /**
   * An article once, in the writer's language where that is among what is looked for; the best matches of a search first,
   * otherwise the last changed.
   */
  async list(context: OrganizationContext, filter: ArticleFilter): Promise<{ rows: ArticleListRow[]; total: number }> {
    const { q, visibility = ARTICLE_VISIBILITIES, locale, categoryId } = filter;
    const matches = (alias: 'a' | 'own'): Sql => sql`
      ${raw(`${alias}.visibility`)} = any(${[...visibility]}::text[])
      ${locale ? sql`and ${raw(`${alias}.locale`)} = ${locale}` : empty}
      ${categoryId ? sql`and ${raw(`${alias}.category_id`)} = ${categoryId}::uuid` : empty}
      ${q ? sql`and ${raw(`${alias}.id`)} in (select s.id from searched s)` : empty}`;
    const searched = sql`
      with searched as materialized (
        select s.id, s.rank from kb_search(${q ?? ''}, ${context.locale}, ${locale ? [locale] : [...LOCALES]}::text[],
          ${categoryId ?? null}::uuid, null, ${MOST_FOUND}, 0, ${[...visibility]}::text[]) s)`;
    return this.database.read(context, (db) =>
      countedPage<ArticleListRow>(
        db,
        ({ limit, offset }) => sql`
          ${q ? searched : empty}
          select ${columns(db)}, count(*) over ()::integer as total
          from kb_articles a ${CATEGORY} ${q ? sql`join searched s on s.id = a.id` : empty}
          where ${db.tenant('a')} and ${matches('a')} and (a.locale = ${context.locale} or not exists (
            select from kb_articles own where ${db.tenant('own')} and own.slug = a.slug and own.locale = ${context.locale}
              and ${matches('own')}))
          order by ${q ? sql`s.rank desc,` : empty} a.updated_at desc, a.id desc limit ${limit} offset ${offset}`,
        filter,
      ),
    );
  }

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<ArticleRow> {
    return this.database.read(context, (db) => article(db, id));
  }

  /** @throws DomainError slug_taken, validation_failed for a category that does not exist */
  async create(context: OrganizationContext, fields: ArticleFields): Promise<ArticleRow> {
    const id = newId();
    const now = context.clock.now();
    const visibility = fields.visibility ?? 'draft';
    const rendered = await this.rendered(context, fields.bodyMarkdown);
    return this.changing(context, async (db) => {
      await requireCategory(db, fields.categoryId);
      if (fields.slug) await requireFreeSlug(db, fields.slug);
      const values = {
        id,
        slug: fields.slug ?? (await freshSlug(db, slugOf(fields.title, 'artigo', id))),
        locale: fields.locale,
        title: fields.title,
        excerpt: fields.excerpt ?? '',
        bodyMarkdown: fields.bodyMarkdown,
        categoryId: fields.categoryId ?? null,
        tags: fields.tags ?? [],
        visibility,
        publishedAt: publishedAt(null, visibility, now),
        authorId: context.actor.type === 'staff' ? (context.actor.id ?? null) : null,
      };
      await db.repository(ArticleEntity).insert({ ...values, ...rendered, version: 1, createdAt: now, updatedAt: now });
      await this.audit.record(db, context, {
        action: 'staff.kb.article.create',
        target: { type: 'kb_article', id },
        changes: { after: withoutBody(values) },
      });
      return article(db, id);
    });
  }

  /**
   * Translations have one address: a new one is every translation's, and the old one leads to it.
   * @throws DomainError not_found, conflict when it was changed meanwhile, slug_taken, validation_failed
   */
  async update(context: OrganizationContext, id: string, { version, ...patch }: ArticlePatch): Promise<ArticleRow> {
    const rendered = patch.bodyMarkdown === undefined ? {} : await this.rendered(context, patch.bodyMarkdown);
    return this.changing(context, async (db) => {
      if (patch.slug !== undefined) await lockTranslations(db, id, patch.slug);
      const before = await this.locked(db, id);
      if (before.version !== version) throw new DomainError('conflict');
      await requireCategory(db, patch.categoryId);
      const { excerpt, slug = before.slug, ...plain } = patch;
      if (slug !== before.slug) await rename(db, before.slug, slug);
      const values = {
        ...plain,
        ...rendered,
        slug,
        ...(excerpt === undefined ? {} : { excerpt: excerpt ?? '' }),
        publishedAt: publishedAt(before.publishedAt, patch.visibility ?? before.visibility, context.clock.now()),
        version: version + 1,
      };
      await db.repository(ArticleEntity).update({ id }, values);
      await this.audit.record(db, context, {
        action: 'staff.kb.article.update',
        target: { type: 'kb_article', id },
        changes: { before: withoutBody(before), after: withoutBody({ ...before, ...values }) },
      });
      return article(db, id);
    });
  }

  /** The text as readers will see it; stores nothing. @throws DomainError validation_failed */
  async preview(context: OrganizationContext, source: string): Promise<string> {
    return (await this.renderer.render(context, source, true)).html;
  }

  /** @throws DomainError not_found */
  async remove(context: OrganizationContext, id: string): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const before = await this.locked(db, id);
      await db.repository(ArticleEntity).delete({ id });
      await db.query(sql`
        delete from kb_old_slugs o where ${db.tenant('o')} and o.leads_to = ${before.slug}
          and not exists (select from kb_articles a where ${db.tenant('a')} and a.slug = ${before.slug})`);
      await this.audit.record(db, context, {
        action: 'staff.kb.article.delete',
        target: { type: 'kb_article', id },
        changes: { before: withoutBody(before) },
      });
    });
  }

  private async locked(db: Db, id: string): Promise<StoredArticle> {
    return found(
      await db.first<StoredArticle>(sql`
      select a.slug, a.locale, a.title, a.excerpt, a.body_markdown as "bodyMarkdown", a.category_id as "categoryId", a.tags, a.visibility,
        a.published_at as "publishedAt", a.version
      from kb_articles a where ${db.tenant('a')} and a.id = ${id}::uuid for update`),
    );
  }

  private async rendered(
    context: OrganizationContext,
    source: string,
  ): Promise<Pick<ArticleEntity, 'bodyHtml' | 'bodyText' | 'bodyExcerpt'>> {
    const { html, text, excerpt } = await this.renderer.render(context, source);
    return { bodyHtml: html, bodyText: text, bodyExcerpt: excerpt };
  }

  private changing(context: OrganizationContext, work: (db: Db) => Promise<ArticleRow>): Promise<ArticleRow> {
    return refusing(TAKEN, () => this.database.transaction(context, work));
  }
}

/** As many as a search ranks. */
const MOST_FOUND = 600;

const CATEGORY = sql`left join kb_categories c on c.organization_id = a.organization_id and c.id = a.category_id`;

const columns = (db: Db): Sql => sql`
  a.id, a.slug, a.title, a.locale, a.visibility, a.tags, a.version, a.published_at as "publishedAt",
  a.created_at as "createdAt", a.updated_at as "updatedAt",
  case when c.id is not null then json_build_object('id', c.id, 'slug', c.slug, 'namePt', c.name_pt, 'nameEn', c.name_en) end as category,
  (select json_agg(json_build_object('id', t.id, 'locale', t.locale, 'title', t.title, 'visibility', t.visibility)
      order by t.locale desc)
    from kb_articles t where ${db.tenant('t')} and t.slug = a.slug) as translations`;

async function article(db: Db, id: string): Promise<ArticleRow> {
  return found(
    await db.first<ArticleRow>(sql`
    select ${columns(db)}, a.excerpt, a.body_markdown as "bodyMarkdown"
    from kb_articles a ${CATEGORY} where ${db.tenant('a')} and a.id = ${id}::uuid`),
  );
}

async function requireCategory(db: Db, id: string | null | undefined): Promise<void> {
  if (!id || (await db.first(sql`select from kb_categories c where ${db.tenant('c')} and c.id = ${id}::uuid`))) return;
  throw unknownReference('categoryId');
}

/** An address that no article has, nor had; an author who names one that an article has writes its translation. */
async function freshSlug(db: Db, slug: string): Promise<string> {
  const known = (await db.first<{ taken: boolean; last: number }>(sql`
    select coalesce(bool_or(known.slug = ${slug}), false) as taken,
      coalesce(max(substring(known.slug from '-([0-9]{1,8})$')::integer)
        filter (where known.slug ~ ${`^${slug}-[1-9][0-9]{0,7}$`}), 1) as last
    from (
      select a.slug from kb_articles a where ${db.tenant('a')} and a.slug like ${`${slug}%`}
      union all select o.slug from kb_old_slugs o where ${db.tenant('o')} and o.slug like ${`${slug}%`}
    ) known`))!;
  return known.taken ? `${slug}-${known.last + 1}` : slug;
}

/** @throws DomainError slug_taken where the address leads to an article, other than to `own` */
async function requireFreeSlug(db: Db, slug: string, own?: string): Promise<void> {
  const leading = await db.first<{ leadsTo: string }>(sql`
    select o.leads_to as "leadsTo" from kb_old_slugs o where ${db.tenant('o')} and o.slug = ${slug}`);
  if (leading && leading.leadsTo !== own) throw new DomainError('slug_taken');
}

/** With those at the new address, and in their order: two who swap addresses wait for each other in one direction only. */
async function lockTranslations(db: Db, id: string, newSlug: string): Promise<void> {
  await db.query(sql`
    select from kb_articles a where ${db.tenant('a')}
      and a.slug in (${newSlug}, (select own.slug from kb_articles own where ${db.tenant('own')} and own.id = ${id}::uuid))
    order by a.id for update`);
}

/** Gives every translation the new address, and lets each earlier one lead there. */
async function rename(db: Db, from: string, to: string): Promise<void> {
  await requireFreeSlug(db, to, from);
  await db.query(sql`
    update kb_articles a set slug = ${to}, version = a.version + 1 where ${db.tenant('a')} and a.slug = ${from}`);
  await db.query(sql`delete from kb_old_slugs o where ${db.tenant('o')} and o.slug = ${to}`);
  await db.query(sql`update kb_old_slugs o set leads_to = ${to} where ${db.tenant('o')} and o.leads_to = ${from}`);
  await db.query(sql`insert into kb_old_slugs (slug, leads_to) values (${from}, ${to})`);
}

/** The audit keeps what changed, not whole texts: their versions are another feature's matter. */
function withoutBody({ bodyMarkdown, ...values }: Partial<ArticleEntity>): object {
  const { bodyHtml: _html, bodyText: _text, bodyExcerpt: _excerpt, ...rest } = values;
  return { ...rest, ...(bodyMarkdown === undefined ? {} : { bodyLength: bodyMarkdown.length }) };
}
