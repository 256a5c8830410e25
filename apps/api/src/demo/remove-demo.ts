import { raw, sql, type Database } from '@balcao/platform-tenancy';
import { DEMO_ORGANIZATIONS } from './demo-data.js';

/** Tables of an organization, those that refer to others first. The audit log stays: nobody may take rows from it. */
const TABLES = [
  'mails',
  'outbox',
  'ticket_comments',
  'tickets',
  'ticket_counters',
  'kb_old_slugs',
  'kb_vocabulary',
  'kb_articles',
  'kb_categories',
  'invitations',
  'one_time_tokens',
  'portal_users',
  'billing_accounts',
  'role_grants',
  'roles',
  'staff_invitations',
  'staff_users',
  'portals',
];

/** Takes the demo's organizations away, with everything but their audit rows, which lose their organization's name. */
export async function removeDemo(database: Database): Promise<void> {
  const slugs = DEMO_ORGANIZATIONS.map(({ slug }) => slug);
  await database.asPlatform('remove the demo', async (db) => {
    const organizations = await db.query<{ id: string }>(
      sql`select id from organizations where slug = any(${slugs}::text[]) for update`,
    );
    const ids = organizations.map(({ id }) => id);
    await db.execute(sql`select sessions_of_organizations_end(${ids}::uuid[])`);
    for (const table of TABLES)
      await db.execute(sql`delete from ${raw(table)} where organization_id = any(${ids}::uuid[])`);
    // Their rows in the audit log keep them from being deleted; they step aside under another slug.
    await db.execute(sql`
      update organizations set slug = 'removed-' || replace(id::text, '-', ''), status = 'suspended' where id = any(${ids}::uuid[])`);
  });
}
