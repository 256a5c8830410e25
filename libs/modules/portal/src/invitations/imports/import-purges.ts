import { sql, type Purge } from '@balcao/platform-tenancy';

const oldImports: Purge = (database, limit) =>
  database.asPlatform('purge of old lists of people', (db) =>
    db.execute(sql`
      delete from invitation_imports i where (i.organization_id, i.id) in (
        select o.organization_id, o.id from invitation_imports o
        where o.created_at < now() - interval '30 days' and o.status <> 'running'
        limit ${Math.ceil(limit / 100)} for update skip locked)`),
  );

/** Lists of people a month after they were sent; their rows go with them. */
export const importPurges: Record<string, Purge> = { 'old lists of people': oldImports };
