import { sql, type Purge } from '@balcao/platform-tenancy';

const oldImports: Purge = (database, limit) =>
  database.asPlatform('purge of old imports', (db) =>
    db.execute(sql`
      delete from data_imports i where (i.organization_id, i.id) in (
        select o.organization_id, o.id from data_imports o
        where o.status <> 'running' and o.created_at < now() - case o.status when 'checked' then interval '1 day' else interval '30 days' end
        limit ${Math.ceil(limit / 1_000)} for update skip locked)`),
  );

/** Imports a month after they were sent, and what nobody started after a day; their rows go with them. */
export const importPurges: Record<string, Purge> = { 'old imports': oldImports };
