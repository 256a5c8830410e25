import { sql, type Db } from '@balcao/platform-tenancy';

/**
 * The role of whoever signs a company up. The portal lets it in, or nobody who signed up there could; of those it is one that
 * may manage the company's people, if there is any, and of these the one that allows most.
 */
export async function administratorRole(db: Db, portalId: string): Promise<string | undefined> {
  const row = await db.first<{ id: string }>(sql`
    select r.id from roles r join portals p on p.organization_id = r.organization_id and p.id = ${portalId}::uuid
    where ${db.tenant('r')} and portal_admits(p, r.id)
    order by 'users:manage' = any(r.permissions) desc, cardinality(r.permissions) desc, r.created_at, r.id limit 1`);
  return row?.id;
}
