import { Injectable } from '@nestjs/common';
import type { StaffRole } from '@balcao/contracts';
import { Database, countedPage, sql, type OrganizationContext } from '@balcao/platform-tenancy';

export interface StaffRow {
  id: string;
  name: string;
  email: string;
  role: StaffRole;
  status: string;
}

/** The organization's own people. */
@Injectable()
export class StaffService {
  constructor(private readonly database: Database) {}

  async list(
    context: OrganizationContext,
    { limit, offset }: { limit: number; offset: number },
  ): Promise<{ rows: StaffRow[]; total: number }> {
    return this.database.read(context, async (db) => {
      return countedPage<StaffRow>(
        db,
        (page) => sql`
        select s.id, s.name, s.email, s.role, s.status, count(*) over ()::integer as total
        from staff_users s where ${db.tenant('s')} order by s.name, s.id limit ${page.limit} offset ${page.offset}`,
        { limit, offset },
      );
    });
  }
}
