import { Injectable } from '@nestjs/common';
import type { AuditAction } from '@balcao/contracts';
import { SessionService } from '@balcao/module-auth';
import { PortalFinder, type StoredSettings } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { newId, uniqueViolation } from '@balcao/platform-database';
import { DomainError, found, refusedField, unknownReference } from '@balcao/platform-errors';
import { Database, sql, type Db, type OrganizationContext, type StaffContext } from '@balcao/platform-tenancy';

export const MOST_ACTIVE_PORTALS = 20;
/** With the archived ones; the list is answered whole. */
export const MOST_PORTALS = 100;
/** Earlier slugs that lead to a portal at the same time. */
const MOST_FORMER_SLUGS = 5;
/** People that are named of those who would be shut out. */
const SHUT_OUT_NAMED = 5;

export interface NewPortal {
  name: string;
  slug: string;
  /** Another portal, whose look the new one begins with. */
  lookOf?: string;
  roleIds?: string[];
}

/** Who comes in at a portal today and would not with other roles. */
export interface ShutOut {
  total: number;
  people: { id: string; name: string; accountName: string; roleName: string }[];
}

/** Which portals an organization has, where they are, and whom they let in. */
@Injectable()
export class PortalService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly sessions: SessionService,
    private readonly finder: PortalFinder,
  ) {}

  /** @throws DomainError too_many_portals, validation_failed for a slug that is taken, or a role or portal that does not exist */
  async create(context: StaffContext, { name, slug, lookOf, roleIds = [] }: NewPortal): Promise<PortalEntity> {
    const id = newId();
    return this.changing(context, id, async (db) => {
      const portals = await holdAll(db);
      requireRoom(portals, 1);
      const model = lookOf === undefined ? undefined : portals.find((portal) => portal.id === lookOf);
      if (lookOf !== undefined && !model) throw unknownReference('lookOf');
      const { locale } = context.principal.organization;
      const settings = model
        ? lookOfSettings(model.settings as StoredSettings)
        : { branding: { defaultLocale: locale } };
      await db.repository(PortalEntity).insert({ id, slug, name, isDefault: false, settings, version: 1 });
      await setRoles(db, id, roleIds);
      return { action: 'staff.portal.create', before: {}, after: { name, slug, roleIds, lookOf } };
    });
  }

  /**
   * Gives it another slug. The old one leads to it for 90 days.
   * @throws DomainError not_found, portal_archived, conflict, validation_failed for a slug that is taken
   */
  async rename(context: OrganizationContext, id: string, read: number, slug: string): Promise<PortalEntity> {
    return this.changing(context, id, async (db) => {
      const before = await this.readVersion(db, id, read, 'slug');
      if (slug !== before.slug) {
        const { former } = (await db.first<{ former: number }>(sql`
          select count(*)::integer as former from portal_slugs s where ${db.tenant('s')} and s.portal_id = ${id}::uuid
            and s.kept_until > now() and s.slug <> ${slug}`))!;
        if (former >= MOST_FORMER_SLUGS) throw refusedField('slug', 'tooManyAddresses', { max: MOST_FORMER_SLUGS });
      }
      await this.write(db, before, 'slug', { slug });
      return { action: 'staff.portal.update', before: { slug: before.slug }, after: { slug } };
    });
  }

  /**
   * Says whose people come in; none lets every role in. It acts at once: sessions of others stay, and are refused.
   * @throws DomainError not_found, portal_archived, conflict, validation_failed for a role that does not exist
   */
  async setRoles(context: OrganizationContext, id: string, read: number, roleIds: string[]): Promise<PortalEntity> {
    return this.changing(context, id, async (db) => {
      const before = await this.readVersion(db, id, read, 'roles');
      await setRoles(db, id, roleIds);
      await this.write(db, before, 'roles', {});
      return { action: 'staff.portal.update', before: { roleIds: before.roleIds ?? [] }, after: { roleIds } };
    });
  }

  /** @throws DomainError not_found, portal_archived */
  async makeDefault(context: OrganizationContext, id: string): Promise<PortalEntity> {
    return this.changing(context, id, async (db) => {
      const portals = await holdAll(db);
      const portal = found(portals.find((each) => each.id === id));
      if (portal.status === 'archived') throw new DomainError('portal_archived');
      const former = portals.find(({ isDefault }) => isDefault)!;
      await db.repository(PortalEntity).update({ id: former.id }, { isDefault: false });
      await db.repository(PortalEntity).update({ id }, { isDefault: true });
      return { action: 'staff.portal.update', before: { default: former.name }, after: { default: portal.name } };
    });
  }

  /**
   * From now on it answers as if it were not there, its sessions end, and its people go to another; what happened there
   * stays. So at least one is always left, the default one.
   * @throws DomainError not_found, portal_is_default
   */
  async archive(context: OrganizationContext, id: string): Promise<PortalEntity> {
    return this.changeStatus(context, id, 'archived');
  }

  /** @throws DomainError not_found, too_many_portals */
  async restore(context: OrganizationContext, id: string): Promise<PortalEntity> {
    return this.changeStatus(context, id, 'active');
  }

  /** Whether a slug can be had, by a portal where one is named. */
  async isFree(slug: string, portalId?: string): Promise<boolean> {
    const [taken] = await this.database.door<{ portalId: string }>('door_portal_slug', [slug]);
    return !taken || taken.portalId === portalId;
  }

  /** Who comes in today, or waits to, and would not with these roles. @throws DomainError not_found */
  async shutOut(context: OrganizationContext, id: string, roleIds: string[]): Promise<ShutOut> {
    return this.database.read(context, async (db) => {
      found(await db.repository(PortalEntity).findOneBy({ id }));
      const people = sql`
        from portal_users u join portals p on p.organization_id = u.organization_id and p.id = ${id}::uuid
        where ${db.tenant('u')} and u.status <> 'suspended' and portal_admits(p, u.role_id)
          and not (${roleIds.length === 0} or u.role_id = any(${roleIds}::uuid[]))`;
      const [counted, named] = await Promise.all([
        db.first<{ total: number }>(sql`select count(*)::integer as total ${people}`),
        db.query<ShutOut['people'][number]>(sql`
          select u.id, u.name, a.name as "accountName", r.name as "roleName"
          from (select u.* ${people} order by u.name, u.id limit ${SHUT_OUT_NAMED}) u
          join billing_accounts a on a.organization_id = u.organization_id and a.id = u.billing_account_id
          join roles r on r.organization_id = u.organization_id and r.id = u.role_id order by u.name, u.id`),
      ]);
      return { total: counted!.total, people: named };
    });
  }

  private async changeStatus(context: OrganizationContext, id: string, status: PortalEntity['status']) {
    return this.changing(context, id, async (db) => {
      const portals = await holdAll(db);
      const before = found(portals.find((portal) => portal.id === id));
      if (status === 'archived' && before.isDefault) throw new DomainError('portal_is_default');
      if (status === 'active' && before.status === 'archived') requireRoom(portals, 0);
      if (before.status !== status)
        await db.execute(sql`
          update portals p set status = ${status}, archived_at = ${status === 'archived' ? sql`now()` : sql`null`}
          where ${db.tenant('p')} and p.id = ${id}::uuid`);
      // Brought back too: one may have been opened at the very moment of archiving.
      await this.sessions.endOfPortal(db, context.organizationId, id);
      const action = status === 'archived' ? 'staff.portal.archive' : 'staff.portal.restore';
      return { action, before: { status: before.status }, after: { status } };
    });
  }

  /** In one transaction with its audit row. A slug that somebody else has is refused beside its field. */
  private async changing(
    context: OrganizationContext,
    id: string,
    work: (db: Db) => Promise<{ action: AuditAction; before: object; after: object }>,
  ): Promise<PortalEntity> {
    try {
      const portal = await this.database.transaction(context, async (db) => {
        const { action, ...changes } = await work(db);
        await this.audit.record(db, context, { action, target: { type: 'portal', id }, changes });
        return db.repository(PortalEntity).findOneByOrFail({ id });
      });
      this.finder.forgetRecent();
      return portal;
    } catch (error) {
      throw uniqueViolation(error) === 'portals_slug_key' ? refusedField('slug', 'slug_taken') : error;
    }
  }

  /** The portal as whoever changes a part of it has read it, held. */
  private async readVersion(db: Db, id: string, read: number, part: string): Promise<PortalEntity> {
    const lock = { mode: 'for_no_key_update' } as const;
    const portal = found(await db.repository(PortalEntity).findOne({ where: { id }, lock }));
    if (portal.status === 'archived') throw new DomainError('portal_archived');
    if (read > portal.version || (portal.partVersions[part] ?? 1) > read) throw new DomainError('conflict');
    return portal;
  }

  private async write(db: Db, before: PortalEntity, part: string, values: Partial<PortalEntity>): Promise<void> {
    const version = before.version + 1;
    const partVersions = { ...before.partVersions, [part]: version };
    await db.repository(PortalEntity).update({ id: before.id }, { ...values, version, partVersions });
  }
}

/** All of an organization's, held in one order, since a change of one concerns the others. */
async function holdAll(db: Db): Promise<PortalEntity[]> {
  await db.query(sql`select from portals p where ${db.tenant('p')} order by p.id for no key update`);
  return db.repository(PortalEntity).find({ order: { id: 'ASC' } });
}

function requireRoom(portals: PortalEntity[], added: number): void {
  const active = portals.filter(({ status }) => status === 'active').length;
  if (active >= MOST_ACTIVE_PORTALS || portals.length + added > MOST_PORTALS) throw new DomainError('too_many_portals');
}

/** What a portal looks like and says of itself, and nothing of what it does. */
function lookOfSettings(settings: StoredSettings): StoredSettings {
  const { branding, style } = settings;
  return { ...(branding && { branding }), ...(style && { style }) };
}

/** Replaces whom a portal lets in. @throws DomainError validation_failed for a role that does not exist */
async function setRoles(db: Db, portalId: string, roleIds: string[]): Promise<void> {
  await db.execute(sql`
    delete from portal_roles r where ${db.tenant('r')} and r.portal_id = ${portalId}::uuid
      and not r.role_id = any(${roleIds}::uuid[])`);
  await db.execute(sql`
    insert into portal_roles (portal_id, role_id)
    select ${portalId}::uuid, r.id from roles r where ${db.tenant('r')} and r.id = any(${roleIds}::uuid[])
    on conflict do nothing`);
  const { count } = (await db.first<{ count: number }>(sql`
    select count(*)::integer as count from portal_roles r where ${db.tenant('r')} and r.portal_id = ${portalId}::uuid`))!;
  if (count < new Set(roleIds).size) throw unknownReference('roleIds');
}
