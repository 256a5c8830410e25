import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { DomainError, found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Database, countedPage, sql, type Db, type OrganizationContext, type Sql } from '@balcao/platform-tenancy';
import { PortalFinder } from './portal-finder.js';
import { versionFacts, type Restoring, type SettingChange, type Version } from './version.js';

export interface OwnOrganization {
  id: string;
  slug: string;
  name: string;
  /** Of the name. */
  version: number;
}

interface OrganizationChange {
  /** The version that the editor read. */
  version: number;
  /** What the history says of it. */
  note?: string;
}

type VersionRow = Omit<Version, 'changes'> & { name: string; before: string | null };

/** What an organization says of itself, which is its name; what it said earlier, and the way back there. */
@Injectable()
export class OwnOrganizationService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly events: Events,
    private readonly portals: PortalFinder,
  ) {}

  async get(context: OrganizationContext): Promise<OwnOrganization> {
    return this.database.read(context, async (db) => found(await db.first<OwnOrganization>(own(context))));
  }

  /**
   * Gives it another name, which mails, invitations and pages bear from then on; the one that it has makes no version.
   * @throws DomainError conflict
   */
  async rename(
    context: OrganizationContext,
    { name, ...change }: OrganizationChange & { name: string },
  ): Promise<OwnOrganization> {
    return this.change(context, { ...change, to: () => Promise.resolve({ name }) });
  }

  /** Newest first. */
  async versions(
    context: OrganizationContext,
    filter: { limit: number; offset: number },
  ): Promise<{ rows: Version[]; total: number }> {
    const { rows, total } = await this.database.read(context, (db) =>
      countedPage<VersionRow>(
        db,
        ({ limit, offset }) => sql`
          ${versionRows(db)} order by v.version desc limit ${limit} offset ${offset}`,
        filter,
      ),
    );
    return { rows: rows.map(versionOf), total };
  }

  /** @throws DomainError not_found */
  async version(context: OrganizationContext, version: number): Promise<Version & { restoring: Restoring }> {
    return this.database.read(context, async (db) => {
      const row = await findVersion(db, version);
      const today = found(await db.first<OwnOrganization>(own(context)));
      const changes = renamed(today.name, row.name);
      return { ...versionOf(row), restoring: { version: today.version, changes, leftOut: [] } };
    });
  }

  /** Makes an earlier name a new version. @throws DomainError not_found, conflict */
  async restore(
    context: OrganizationContext,
    { to, ...change }: OrganizationChange & { to: number },
  ): Promise<OwnOrganization> {
    return this.change(context, {
      ...change,
      to: async (db) => ({ name: (await findVersion(db, to)).name, restoredFrom: to }),
    });
  }

  private async change(
    context: OrganizationContext,
    {
      version: read,
      note,
      to,
    }: OrganizationChange & { to: (db: Db) => Promise<{ name: string; restoredFrom?: number }> },
  ): Promise<OwnOrganization> {
    const { organizationId: id, actor } = context;
    const changed = await this.database.transaction(context, async (db) => {
      const before = found(await db.first<OwnOrganization>(sql`${own(context)} for no key update`));
      if (read !== before.version) throw new DomainError('conflict');
      const { name, restoredFrom } = await to(db);
      if (name === before.name) return before;
      const version = before.version + 1;
      await db.execute(sql`update organizations set name = ${name}, version = ${version} where id = ${id}::uuid`);
      await db.execute(sql`
        insert into organization_versions (version, author_type, author_id, author_name, note, restored_from, name)
        values (${version}, ${actor.type}, ${actor.id ?? null}::uuid, ${actor.name ?? null}, ${note ?? null},
          ${restoredFrom ?? null}::integer, ${name})`);
      await this.events.publish(db, context, { name: 'organization.changed', ids: { organizationId: id } });
      await this.audit.record(db, context, {
        action: restoredFrom === undefined ? 'staff.organization.rename' : 'staff.organization.restore',
        target: { type: 'organization', id },
        changes: { before: { name: before.name }, after: { name, restoredFrom } },
      });
      return { ...before, name, version };
    });
    this.portals.forgetRecent();
    return changed;
  }
}

const own = ({ organizationId }: OrganizationContext): Sql =>
  sql`select o.id, o.slug, o.name, o.version from organizations o where o.id = ${organizationId}::uuid`;

const versionRows = (db: Db): Sql => sql`
  select ${versionFacts()}, v.name, b.name as before, count(*) over ()::integer as total
  from organization_versions v
  left join organization_versions b on ${db.tenant('b')} and b.version = v.version - 1
  where ${db.tenant('v')}`;

async function findVersion(db: Db, version: number): Promise<VersionRow> {
  return found(await db.first<VersionRow>(sql`${versionRows(db)} and v.version = ${version}::integer`));
}

function versionOf({ version, author, note, restoredFrom, createdAt, name, before }: VersionRow): Version {
  const changes = before === null ? [] : renamed(before, name);
  return { version, author, note, restoredFrom, createdAt, changes };
}

const renamed = (before: string, after: string): SettingChange[] =>
  before === after ? [] : [{ setting: 'organizationName', before, after }];
