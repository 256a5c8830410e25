import { sql, type Db } from '@balcao/platform-tenancy';

/**
 * The role of whoever signs a company up: of those that may manage the company's people, the one that allows most, of those
 * that the portal lets in before others. Without one, it is what new people of the organization get.
 */
export async function administratorRole(db: Db, portalId: string): Promise<string | undefined> {
  const row = await db.first<{ id: string }>(sql`
    select r.id from roles r join portals p on p.organization_id = r.organization_id and p.id = ${portalId}::uuid
    where ${db.tenant('r')} and 'users:manage' = any(r.permissions)
    order by portal_admits(p, r.id) desc, cardinality(r.permissions) desc, r.created_at, r.id limit 1`);
  return row?.id;
}
