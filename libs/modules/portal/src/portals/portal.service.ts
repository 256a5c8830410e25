import { Injectable } from '@nestjs/common';
import { isReservedSlug, type AuditAction } from '@balcao/contracts';
import { SessionService } from '@balcao/module-auth';
import {
  PortalFinder,
  portalRegister,
  type SettingChange,
  type ShutOut,
  type StoredSettings,
} from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { newId, uniqueViolation } from '@balcao/platform-database';
import { Events } from '@balcao/platform-events';
import { DomainError, found, refusedField, unknownReference } from '@balcao/platform-errors';
import { Database, sql, type Db, type OrganizationContext, type StaffContext } from '@balcao/platform-tenancy';
import { keepVersion } from '../settings/keep-version.js';

export const MOST_ACTIVE_PORTALS = 20;
/** With the archived ones; the list is answered whole. */
export const MOST_PORTALS = 100;

export interface NewPortal {
  name: string;
  slug: string;
  /** Another portal, whose look the new one begins with. */
  lookOf?: string;
  roleIds?: string[];
}

/** Which portals an organization has, where they are, and whom they let in. */
@Injectable()
export class PortalService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly sessions: SessionService,
    private readonly finder: PortalFinder,
    private readonly events: Events,
  ) {}

  /** @throws DomainError too_many_portals, validation_failed for a slug that is taken, or a role or portal that does not exist */
  async create(context: StaffContext, { name, slug, lookOf, roleIds = [] }: NewPortal): Promise<PortalEntity> {
    demandFreeSlug(slug);
    const id = newId();
    return this.changing(context, id, async (db) => {
      const portals = await portalRegister.hold(db);
      requireRoom(portals, 1);
      const model = lookOf === undefined ? undefined : portals.find((portal) => portal.id === lookOf);
      if (lookOf !== undefined && !model) throw unknownReference('lookOf');
      const { locale } = context.principal.organization;
      const settings = model
        ? lookOfSettings(model.settings as StoredSettings)
        : { branding: { defaultLocale: locale } };
      await portalRegister.insert(db, { id, slug, name, isDefault: false, settings, version: 1 });
      await portalRegister.setRoles(db, id, roleIds);
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
        demandFreeSlug(slug);
        await portalRegister.requireFormerSlugs(db, id, 'slug', slug);
      }
      await this.write(db, context, before, { setting: 'slug', before: before.slug, after: slug }, { slug });
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
      await portalRegister.setRoles(db, id, roleIds);
      const change = {
        setting: 'roles',
        before: await roleNames(db, before.roleIds ?? []),
        after: await roleNames(db, roleIds),
      };
      await this.write(db, context, before, change, {});
      return { action: 'staff.portal.update', before: { roleIds: before.roleIds ?? [] }, after: { roleIds } };
    });
  }

  /** @throws DomainError not_found, portal_archived */
  async makeDefault(context: OrganizationContext, id: string): Promise<PortalEntity> {
    return this.changing(context, id, async (db) => {
      const portals = await portalRegister.hold(db);
      const portal = found(portals.find((each) => each.id === id));
      if (portal.status === 'archived') throw new DomainError('portal_archived');
      const former = portals.find(({ isDefault }) => isDefault)!;
      await portalRegister.update(db, former.id, { isDefault: false });
      await portalRegister.update(db, id, { isDefault: true });
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
  async unarchive(context: OrganizationContext, id: string): Promise<PortalEntity> {
    return this.changeStatus(context, id, 'active');
  }

  /** Whether a slug can be had, by a portal where one is named. @throws DomainError validation_failed for one that does not exist */
  async isFree(context: OrganizationContext, slug: string, portalId?: string): Promise<boolean> {
    const isOwn = await this.database.read(context, (db) =>
      portalId ? db.repository(PortalEntity).existsBy({ id: portalId }) : Promise.resolve(true),
    );
    if (!isOwn) throw unknownReference('portalId');
    const [taken] = await this.database.door<{ portalId: string }>('door_portal_slug', [slug]);
    return taken ? taken.portalId === portalId : !isReservedSlug(slug);
  }

  /** Who comes in today, or waits to, and would not with these roles. @throws DomainError not_found */
  async shutOut(context: OrganizationContext, id: string, roleIds: string[]): Promise<ShutOut> {
    return this.database.read(context, async (db) => {
      found(await db.repository(PortalEntity).findOneBy({ id }));
      return portalRegister.shutOut(db, id, roleIds);
    });
  }

  private async changeStatus(context: OrganizationContext, id: string, status: PortalEntity['status']) {
    return this.changing(context, id, async (db) => {
      const portals = await portalRegister.hold(db);
      const before = found(portals.find((portal) => portal.id === id));
      if (status === 'archived' && before.isDefault) throw new DomainError('portal_is_default');
      if (status === 'active' && before.status === 'archived') requireRoom(portals, 0);
      await portalRegister.setStatus(db, id, status);
      // Brought back too: one may have been opened at the very moment of archiving.
      await this.sessions.endOfPortal(db, context.organizationId, id);
      const action = status === 'archived' ? 'staff.portal.archive' : 'staff.portal.unarchive';
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
        await this.events.publish(db, context, { name: 'portal.changed', ids: { portalId: id } });
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

  private async write(
    db: Db,
    context: OrganizationContext,
    before: PortalEntity,
    change: SettingChange,
    values: Partial<PortalEntity>,
  ): Promise<void> {
    const version = before.version + 1;
    const partVersions = { ...before.partVersions, [change.setting]: version };
    await portalRegister.update(db, before.id, { ...values, version, partVersions });
    const { name, settings } = before;
    await keepVersion(db, context, before, { version, name, settings, others: [change] });
  }
}

async function roleNames(db: Db, ids: string[]): Promise<string[]> {
  const roles = await db.query<{ name: string }>(
    sql`select r.name from roles r where ${db.tenant('r')} and r.id = any(${ids}::uuid[]) order by r.name`,
  );
  return roles.map(({ name }) => name);
}

/** The installation's own names look like taken ones, which they are. */
function demandFreeSlug(slug: string): void {
  if (isReservedSlug(slug)) throw refusedField('slug', 'slug_taken');
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
