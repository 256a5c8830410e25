import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Database, countedPage, sql, type Context } from '@balcao/platform-tenancy';

export interface OrganizationRow {
  id: string;
  slug: string;
  name: string;
  status: 'active' | 'suspended';
  createdAt: Date;
}

/** What operators do with organizations; they see no customer's data. */
@Injectable()
export class OrganizationService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async list({
    limit,
    offset,
  }: {
    limit: number;
    offset: number;
  }): Promise<{ rows: OrganizationRow[]; total: number }> {
    return this.database.asPlatform('operator lists organizations', async (db) => {
      return countedPage<OrganizationRow>(
        db,
        (page) => sql`
        select id, slug, name, status, created_at as "createdAt", count(*) over ()::integer as total
        from organizations order by name, id limit ${page.limit} offset ${page.offset}`,
        { limit, offset },
      );
    });
  }

  /** Suspends or restores; a suspended organization's portals and staff answer 403 at once. @throws DomainError not_found */
  async setStatus(context: Context, id: string, status: OrganizationRow['status']): Promise<OrganizationRow> {
    return this.database.asPlatform('operator changes an organization', async (db) => {
      const before = await db.first<OrganizationRow>(
        sql`select status from organizations where id = ${id}::uuid for update`,
      );
      if (!before) throw new DomainError('not_found');
      const after = await db.first<OrganizationRow>(sql`
        update organizations set status = ${status} where id = ${id}::uuid
        returning id, slug, name, status, created_at as "createdAt"`);
      await this.audit.record(
        db,
        { ...context, organizationId: id },
        {
          action: 'operator.organization.update',
          target: { type: 'organization', id },
          changes: { before: { status: before.status }, after: { status } },
        },
      );
      return after!;
    });
  }
}
