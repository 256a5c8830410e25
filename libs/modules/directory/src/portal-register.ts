import { MOST_SHUT_OUT } from '@balcao/contracts';
import { refusedField, unknownReference } from '@balcao/platform-errors';
import { sql, type Db } from '@balcao/platform-tenancy';
import { PortalEntity } from './persistence/portal.entity.js';

/** People that are named of those who would be shut out. */
const SHUT_OUT_NAMED = 5;

/** Earlier slugs that lead to a portal, or to its signup page, at the same time. */
const MOST_FORMER_SLUGS = 5;

/** Who comes in at a portal today and would not with other roles. */
export interface ShutOut {
  /** Counted up to `MOST_SHUT_OUT`. */
  total: number;
  people: { id: string; name: string; accountName: string; roleName: string }[];
}

type NewPortalRow = Pick<PortalEntity, 'id' | 'slug' | 'name' | 'isDefault' | 'settings' | 'version'>;

/** What is asked and written of an organization's portals together. */
export const portalRegister = {
  /** All of them, held in one order, since a change of one concerns the others. */
  async hold(db: Db): Promise<PortalEntity[]> {
    await db.query(sql`select from portals p where ${db.tenant('p')} order by p.id for no key update`);
    return db.repository(PortalEntity).find({ order: { id: 'ASC' } });
  },

  async insert(db: Db, portal: NewPortalRow): Promise<void> {
    await db.repository(PortalEntity).insert(portal);
  },

  async update(db: Db, id: string, values: Partial<PortalEntity>): Promise<void> {
    await db.repository(PortalEntity).update({ id }, values);
  },

  async setStatus(db: Db, id: string, status: PortalEntity['status']): Promise<void> {
    await db.execute(sql`
      update portals p set status = ${status}, archived_at = ${status === 'archived' ? sql`now()` : sql`null`}
      where ${db.tenant('p')} and p.id = ${id}::uuid and p.status <> ${status}`);
  },

  /** Replaces whom a portal lets in. @throws DomainError validation_failed for a role that does not exist */
  async setRoles(db: Db, portalId: string, roleIds: string[]): Promise<void> {
    await requireRoles(db, roleIds);
    await db.execute(sql`
      delete from portal_roles r where ${db.tenant('r')} and r.portal_id = ${portalId}::uuid
        and not r.role_id = any(${roleIds}::uuid[])`);
    await db.execute(sql`
      insert into portal_roles (portal_id, role_id)
      select ${portalId}::uuid, r.id from roles r where ${db.tenant('r')} and r.id = any(${roleIds}::uuid[])
      on conflict do nothing`);
  },

  /**
   * Lets a portal, or its signup page, have another slug, as long as not too many earlier ones lead to it.
   * @throws DomainError validation_failed beside its field
   */
  async requireFormerSlugs(db: Db, portalId: string, field: 'slug' | 'signupSlug', taken: string): Promise<void> {
    const row = await db.first<{ count: number }>(sql`
      select count(*)::integer as count from portal_slugs s where ${db.tenant('s')} and s.portal_id = ${portalId}::uuid
        and s.kept_until > now() and s.slug <> ${taken}`);
    if (row!.count >= MOST_FORMER_SLUGS) throw refusedField(field, 'tooManyAddresses', { max: MOST_FORMER_SLUGS });
  },

  /** Who comes in today, or waits to, and would not with these roles. @throws DomainError as `setRoles` does */
  async shutOut(db: Db, portalId: string, roleIds: string[]): Promise<ShutOut> {
    await requireRoles(db, roleIds);
    const people = sql`
      from portal_users u join portals p on p.organization_id = u.organization_id and p.id = ${portalId}::uuid
      where ${db.tenant('u')} and u.status <> 'suspended' and portal_admits(p, u.role_id)
        and not (${roleIds.length === 0} or u.role_id = any(${roleIds}::uuid[]))`;
    const [counted, named] = await Promise.all([
      db.first<{ total: number }>(
        sql`select count(*)::integer as total from (select 1 ${people} limit ${MOST_SHUT_OUT}) counted`,
      ),
      db.query<ShutOut['people'][number]>(sql`
        select u.id, u.name, a.name as "accountName", r.name as "roleName"
        from (select u.* ${people} order by u.name, u.id limit ${SHUT_OUT_NAMED}) u
        join billing_accounts a on a.organization_id = u.organization_id and a.id = u.billing_account_id
        join roles r on r.organization_id = u.organization_id and r.id = u.role_id order by u.name, u.id`),
    ]);
    return { total: counted!.total, people: named };
  },
};

async function requireRoles(db: Db, roleIds: string[]): Promise<void> {
  const row = await db.first<{ count: number }>(sql`
    select count(*)::integer as count from roles r where ${db.tenant('r')} and r.id = any(${roleIds}::uuid[])`);
  if (row!.count < new Set(roleIds).size) throw unknownReference('roleIds');
}
