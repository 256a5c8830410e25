import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { containing } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { newId, uniqueViolation } from '@balcao/platform-database';
import { DomainError, unknownReference } from '@balcao/platform-errors';
import { Database, empty, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { publishedAt, type ArticleVisibility } from './domain/article.js';
import { plainText } from './domain/markdown.js';
import { freeSlug, slugFrom } from './domain/slug.js';
import { ArticleEntity } from './persistence/article.entity.js';

export interface ArticleFields {
  title: string;
  locale: Locale;
  bodyMarkdown: string;
  /** Address; made from the title where absent. Give a translation the slug of its original. */
  slug?: string;
  /** What lists show; the beginning of the body where absent. */
  excerpt?: string | null;
  categoryId?: string | null;
  tags?: string[];
  visibility?: ArticleVisibility;
}

export type ArticlePatch = Partial<ArticleFields> & {
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

export interface ArticleListRow {
  id: string;
  slug: string;
  title: string;
  locale: Locale;
  visibility: ArticleVisibility;
  tags: string[];
  version: number;
  publishedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  category: { id: string; slug: string; namePt: string; nameEn: string } | null;
}

export interface ArticleRow extends ArticleListRow {
  excerpt: string;
  bodyMarkdown: string;
}

type StoredArticle = Omit<ArticleEntity, 'id' | 'bodyText' | 'authorId' | 'createdAt' | 'updatedAt'>;

/** The articles as staff write them. */
@Injectable()
export class ArticleService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async list(context: OrganizationContext, filter: ArticleFilter): Promise<{ rows: ArticleListRow[]; total: number }> {
    return this.database.read(context, async (db) => {
      const matching = sql`from kb_articles a left join kb_categories c on c.organization_id = a.organization_id and c.id = a.category_id
        where ${db.tenant('a')}
          ${filter.q ? sql`and (a.title_folded like fold(${containing(filter.q)}) or a.slug like lower(${containing(filter.q)}))` : empty}
          ${filter.visibility?.length ? sql`and a.visibility = any(${filter.visibility}::text[])` : empty}
          ${filter.locale ? sql`and a.locale = ${filter.locale}` : empty}
          ${filter.categoryId ? sql`and a.category_id = ${filter.categoryId}::uuid` : empty}`;
      const rows = await db.query<ArticleListRow & { total: number }>(sql`
        select ${COLUMNS}, count(*) over ()::integer as total ${matching}
        order by a.updated_at desc, a.id desc limit ${filter.limit} offset ${filter.offset}`);
      return {
        rows,
        total:
          rows[0]?.total ??
          (await db.first<{ total: number }>(sql`select count(*)::integer as total ${matching}`))!.total,
      };
    });
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
    return this.refusingTakenSlug(context, async (db) => {
      await requireCategory(db, fields.categoryId);
      const values = {
        id,
        slug: fields.slug ?? (await freshSlug(db, fields.title, fields.locale)),
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
      await db
        .repository(ArticleEntity)
        .insert({ ...values, bodyText: plainText(fields.bodyMarkdown), version: 1, createdAt: now, updatedAt: now });
      await this.audit.record(db, context, {
        action: 'staff.kb.article.create',
        target: { type: 'kb_article', id },
        changes: { after: withoutBody(values) },
      });
      return article(db, id);
    });
  }

  /** @throws DomainError not_found, conflict when it was changed meanwhile, slug_taken, validation_failed */
  async update(context: OrganizationContext, id: string, { version, ...patch }: ArticlePatch): Promise<ArticleRow> {
    return this.refusingTakenSlug(context, async (db) => {
      const before = await this.locked(db, id);
      if (before.version !== version) throw new DomainError('conflict');
      await requireCategory(db, patch.categoryId);
      const { excerpt, ...plain } = patch;
      const values = {
        ...plain,
        ...(excerpt === undefined ? {} : { excerpt: excerpt ?? '' }),
        ...(patch.bodyMarkdown === undefined ? {} : { bodyText: plainText(patch.bodyMarkdown) }),
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

  /** @throws DomainError not_found */
  async remove(context: OrganizationContext, id: string): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const before = await this.locked(db, id);
      await db.repository(ArticleEntity).delete({ id });
      await this.audit.record(db, context, {
        action: 'staff.kb.article.delete',
        target: { type: 'kb_article', id },
        changes: { before: withoutBody(before) },
      });
    });
  }

  private async locked(db: Db, id: string): Promise<StoredArticle> {
    const row = await db.first<StoredArticle>(sql`
      select a.slug, a.locale, a.title, a.excerpt, a.body_markdown as "bodyMarkdown", a.category_id as "categoryId", a.tags, a.visibility,
        a.published_at as "publishedAt", a.version
      from kb_articles a where ${db.tenant('a')} and a.id = ${id}::uuid for update`);
    if (!row) throw new DomainError('not_found');
    return row;
  }

  private async refusingTakenSlug(
    context: OrganizationContext,
    work: (db: Db) => Promise<ArticleRow>,
  ): Promise<ArticleRow> {
    try {
      return await this.database.transaction(context, work);
    } catch (error) {
      throw uniqueViolation(error) === 'kb_articles_organization_id_slug_locale_key'
        ? new DomainError('slug_taken', { cause: error })
        : error;
    }
  }
}

const COLUMNS = sql`a.id, a.slug, a.title, a.locale, a.visibility, a.tags, a.version, a.published_at as "publishedAt",
  a.created_at as "createdAt", a.updated_at as "updatedAt",
  case when c.id is not null then json_build_object('id', c.id, 'slug', c.slug, 'namePt', c.name_pt, 'nameEn', c.name_en) end as category`;

async function article(db: Db, id: string): Promise<ArticleRow> {
  const row = await db.first<ArticleRow>(sql`
    select ${COLUMNS}, a.excerpt, a.body_markdown as "bodyMarkdown"
    from kb_articles a left join kb_categories c on c.organization_id = a.organization_id and c.id = a.category_id
    where ${db.tenant('a')} and a.id = ${id}::uuid`);
  if (!row) throw new DomainError('not_found');
  return row;
}

async function requireCategory(db: Db, id: string | null | undefined): Promise<void> {
  if (!id || (await db.first(sql`select from kb_categories c where ${db.tenant('c')} and c.id = ${id}::uuid`))) return;
  throw unknownReference('categoryId');
}

async function freshSlug(db: Db, title: string, locale: Locale): Promise<string> {
  const slug = slugFrom(title, 'artigo');
  const taken = await db.query<{ slug: string }>(sql`
    select a.slug from kb_articles a where ${db.tenant('a')} and a.locale = ${locale} and a.slug like ${`${slug}%`}`);
  return freeSlug(slug, new Set(taken.map((row) => row.slug)));
}

/** The audit keeps what changed, not whole texts: their versions are another feature's matter. */
function withoutBody({ bodyMarkdown, ...values }: Partial<ArticleEntity>): object {
  const { bodyText: _bodyText, ...rest } = values;
  return { ...rest, ...(bodyMarkdown === undefined ? {} : { bodyLength: bodyMarkdown.length }) };
}
