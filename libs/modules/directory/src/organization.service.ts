import { Injectable } from '@nestjs/common';
import {
  PORTAL_PERMISSIONS,
  USUAL_PORTAL_PERMISSIONS,
  isReservedSlug,
  type Locale,
  type PortalPermission,
} from '@balcao/contracts';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError, found } from '@balcao/platform-errors';
import { Outbox } from '@balcao/platform-outbox';
import { Database, countedPage, empty, refusing, sql, type Context, type Db } from '@balcao/platform-tenancy';
import { canonicalTimeZone } from './domain/time-zone.js';
import { PortalEntity } from './persistence/portal.entity.js';
import { PortalFinder } from './portal-finder.js';
import { RoleEntity } from './persistence/role.entity.js';
import { containing } from './search-pattern.js';

export interface OrganizationRow {
  id: string;
  slug: string;
  name: string;
  status: 'active' | 'suspended';
  /** Whether nobody has accepted to be its owner yet: all that an operator learns of its people. */
  awaitsOwner: boolean;
  /** How many it has that are not archived. */
  portals: number;
  isSandbox: boolean;
  /** What time it is in a sandbox organization, where it stands still; null in any other. */
  now: Date | null;
  createdAt: Date;
}

export interface NewOrganization {
  id: string;
  slug: string;
  name: string;
  locale: Locale;
  timeZone?: string;
  isSandbox?: boolean;
}

export interface OrganizationFilter {
  q?: string;
  status?: OrganizationRow['status'];
  limit: number;
  offset: number;
}

/** Roles that a new organization begins with; it may change them. */
const FIRST_ROLES: { name: Record<Locale, string>; permissions: readonly PortalPermission[]; isDefault: boolean }[] = [
  { name: { 'pt-BR': 'Administração', 'en-US': 'Administration' }, permissions: PORTAL_PERMISSIONS, isDefault: false },
  {
    name: { 'pt-BR': 'Colaboração', 'en-US': 'Collaboration' },
    permissions: USUAL_PORTAL_PERMISSIONS,
    isDefault: true,
  },
];

/** What operators do with organizations, of whose customers they see nothing. */
@Injectable()
export class OrganizationService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly portals: PortalFinder,
  ) {}

  async list(filter: OrganizationFilter): Promise<{ rows: OrganizationRow[]; total: number }> {
    return this.database.asPlatform('operator lists organizations', async (db) => {
      const pattern = filter.q && containing(filter.q);
      return countedPage<OrganizationRow>(
        db,
        (page) => sql`
        ${columns()}, count(*) over ()::integer as total from organizations o where true
          ${pattern ? sql`and (fold(o.name) like fold(${pattern}) or o.slug like lower(${pattern}))` : empty}
          ${filter.status ? sql`and o.status = ${filter.status}` : empty}
        order by o.name, o.id limit ${page.limit} offset ${page.offset}`,
        filter,
      );
    });
  }

  /** @throws DomainError not_found */
  async get(id: string): Promise<OrganizationRow> {
    return this.database.asPlatform('operator looks at an organization', (db) => find(db, id));
  }

  /**
   * Adds an organization with its first portal and roles, within a transaction of the platform's role that is bound to it.
   * @throws DomainError slug_taken, validation_failed for a time zone that does not exist
   */
  async insert(
    db: Db,
    { id, slug, name, locale, timeZone = 'America/Sao_Paulo', isSandbox = false }: NewOrganization,
  ): Promise<void> {
    if (isReservedSlug(slug)) throw new DomainError('slug_taken');
    await refusing({ organizations_slug_key: 'slug_taken', portals_slug_key: 'slug_taken' }, async () => {
      await db.execute(sql`
        insert into organizations (id, slug, name, locale, time_zone, is_sandbox)
        values (${id}::uuid, ${slug}, ${name}, ${locale}, ${canonicalTimeZone(timeZone)}, ${isSandbox})`);
      await db.repository(PortalEntity).insert({
        id: newId(),
        slug,
        name,
        isDefault: true,
        settings: { branding: { defaultLocale: locale } },
        version: 1,
      });
    });
    const roles = FIRST_ROLES.map(({ name: names, permissions, isDefault }) => ({
      id: newId(),
      name: names[locale],
      permissions: [...permissions],
      isDefault,
    }));
    await db.repository(RoleEntity).insert(roles);
    // Whoever manages a customer's team begins with the say over both.
    await db.execute(sql`
      insert into role_grants (role_id, granted_role_id)
      select ${roles[0]!.id}::uuid, r.id from roles r where ${db.tenant('r')}`);
  }

  /**
   * Suspends or restores; a suspended organization's portals and staff answer 403 at once, and its mails wait. Restored,
   * what has waited goes on without delay.
   * @throws DomainError not_found
   */
  async setStatus(context: Context, id: string, status: OrganizationRow['status']): Promise<OrganizationRow> {
    const changed = await this.database.asPlatform('operator changes an organization', async (db) => {
      const before = found(
        await db.first<{ status: string }>(
          sql`select status from organizations where id = ${id}::uuid for no key update`,
        ),
      );
      await db.execute(sql`update organizations set status = ${status} where id = ${id}::uuid`);
      if (status === 'active') await this.outbox.hasten(db, id);
      await this.audit.record(
        db,
        { ...context, organizationId: id },
        {
          action: 'operator.organization.update',
          target: { type: 'organization', id },
          changes: { before: { status: before.status }, after: { status } },
        },
      );
      return find(db, id);
    });
    this.portals.forgetRecent();
    return changed;
  }
}

const columns = () => sql`
  select o.id, o.slug, o.name, o.status, o.is_sandbox as "isSandbox", organization_now(o) as now, o.created_at as "createdAt", not exists (
    select 1 from staff_users s where s.organization_id = o.id and s.role = 'owner' and s.status in ('active', 'locked')
  ) as "awaitsOwner", (
    select count(*)::integer from portals p where p.organization_id = o.id and p.status = 'active'
  ) as portals`;

async function find(db: Db, id: string): Promise<OrganizationRow> {
  return found(await db.first<OrganizationRow>(sql`${columns()} from organizations o where o.id = ${id}::uuid`));
}
