import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError, found } from '@balcao/platform-errors';
import { Database, refusing, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { slugOf } from './domain/slug.js';
import { CategoryEntity } from './persistence/category.entity.js';

/** No knowledge base is easier to use with more; the list is answered whole. */
const MOST_CATEGORIES = 100;
const TAKEN = { kb_categories_organization_id_slug_key: 'slug_taken' } as const;

export type CategoryFields = Pick<CategoryEntity, 'namePt' | 'nameEn'> &
  Partial<Pick<CategoryEntity, 'slug' | 'position'>>;

export interface CategoryRow extends CategoryEntity {
  /** As many as the list of its articles has: of every visibility, the languages of one counted once. */
  articleCount: number;
}

/** The shelves of the knowledge base, as staff arrange them. */
@Injectable()
export class CategoryService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async list(context: OrganizationContext): Promise<CategoryRow[]> {
    return this.database.read(context, (db) => rows(db));
  }

  /** Without a slug it is made from the Portuguese name. @throws DomainError slug_taken, conflict when there are too many */
  async create(context: OrganizationContext, fields: CategoryFields): Promise<CategoryRow> {
    const id = newId();
    const category = { position: 0, ...fields, id, slug: fields.slug ?? slugOf(fields.namePt, 'categoria', id) };
    return this.changing(context, async (db) => {
      if ((await rows(db)).length >= MOST_CATEGORIES) throw new DomainError('conflict');
      await db.repository(CategoryEntity).insert(category);
      await this.audit.record(db, context, {
        action: 'staff.kb.category.create',
        target: { type: 'kb_category', id: category.id },
        changes: { after: category },
      });
      return category.id;
    });
  }

  /** @throws DomainError not_found, slug_taken */
  async update(context: OrganizationContext, id: string, patch: Partial<CategoryFields>): Promise<CategoryRow> {
    return this.changing(context, async (db) => {
      const before = await locked(db, id);
      if (Object.keys(patch).length > 0) await db.repository(CategoryEntity).update({ id }, patch);
      await this.audit.record(db, context, {
        action: 'staff.kb.category.update',
        target: { type: 'kb_category', id },
        changes: { before, after: { ...before, ...patch } },
      });
      return id;
    });
  }

  /** @throws DomainError not_found, category_in_use while an article stands in it */
  async remove(context: OrganizationContext, id: string): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const before = await locked(db, id);
      // The lock holds off whoever would put an article here meanwhile.
      if (
        await db.first(sql`select from kb_articles a where ${db.tenant('a')} and a.category_id = ${id}::uuid limit 1`)
      )
        throw new DomainError('category_in_use');
      await db.repository(CategoryEntity).delete({ id });
      await this.audit.record(db, context, {
        action: 'staff.kb.category.delete',
        target: { type: 'kb_category', id },
        changes: { before },
      });
    });
  }

  private async changing(context: OrganizationContext, work: (db: Db) => Promise<string>): Promise<CategoryRow> {
    return refusing(TAKEN, () =>
      this.database.transaction(context, async (db) => {
        const id = await work(db);
        return (await rows(db)).find((row) => row.id === id)!;
      }),
    );
  }
}

async function rows(db: Db): Promise<CategoryRow[]> {
  return db.query<CategoryRow>(sql`
    select c.id, c.slug, c.name_pt as "namePt", c.name_en as "nameEn", c.position,
      (select count(distinct a.slug)::integer from kb_articles a where a.organization_id = c.organization_id and a.category_id = c.id) as "articleCount"
    from kb_categories c where ${db.tenant('c')} order by c.position, c.name_pt, c.id`);
}

async function locked(db: Db, id: string): Promise<object> {
  return found(
    await db.first<object>(sql`
    select c.slug, c.name_pt as "namePt", c.name_en as "nameEn", c.position from kb_categories c
    where ${db.tenant('c')} and c.id = ${id}::uuid for update`),
  );
}
