import { raw, sql, type Database, type Db } from '@balcao/platform-tenancy';
import { DEMO_ORGANIZATIONS } from './demo-data.js';

/** Takes the demo's organizations away, with everything but their audit rows, which lose their organization's name. */
export async function removeDemo(database: Database): Promise<void> {
  const slugs = DEMO_ORGANIZATIONS.map(({ slug }) => slug);
  await database.asPlatform('remove the demo', async (db) => {
    const organizations = await db.query<{ id: string }>(
      sql`select id from organizations where slug = any(${slugs}::text[]) order by id for update`,
    );
    const ids = organizations.map(({ id }) => id);
    await db.execute(sql`select sessions_of_organizations_end(${ids}::uuid[])`);
    for (const table of await tablesOfOrganizations(db))
      await db.execute(sql`delete from ${raw(table)} where organization_id = any(${ids}::uuid[])`);
    // Their rows in the audit log keep them from being deleted; they step aside under another slug.
    await db.execute(sql`
      update organizations set slug = 'removed-' || replace(id::text, '-', ''), status = 'suspended' where id = any(${ids}::uuid[])`);
  });
}

/**
 * Every table whose rows of an organization may be deleted, those that refer to others first. The audit log is none:
 * nobody may take rows from it.
 */
async function tablesOfOrganizations(db: Db): Promise<string[]> {
  const rows = await db.query<{ name: string; refersTo: string[] }>(sql`
    select c.relname::text as name, coalesce((
      select array_agg(distinct f.confrelid::regclass::text) from pg_constraint f
      where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid), '{}') as "refersTo"
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relispartition
      and has_table_privilege(c.oid, 'delete')
    order by c.relname`);
  let waiting = rows;
  const ordered: string[] = [];
  while (waiting.length > 0) {
    const referred = new Set(waiting.flatMap(({ refersTo }) => refersTo));
    const free = waiting.filter(({ name }) => !referred.has(name));
    if (free.length === 0) throw new Error(`tables refer to each other: ${[...referred].join(', ')}`);
    ordered.push(...free.map(({ name }) => name));
    waiting = waiting.filter(({ name }) => referred.has(name));
  }
  return ordered;
}
