import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError, found, refusedField, unknownReference } from '@balcao/platform-errors';
import { Database, refusing, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { RoleEntity } from './persistence/role.entity.js';

/** No organization needs more; the list is answered whole. */
const MOST_ROLES = 100;

export interface RoleRow extends Omit<RoleEntity, 'updatedAt'> {
  /** Roles that its bearers may give to people of their account. */
  grantableRoleIds: string[];
}

export type RoleFields = Pick<RoleRow, 'name' | 'permissions'> &
  Partial<Pick<RoleRow, 'isDefault' | 'grantableRoleIds'>>;

/** Named sets of permissions for portal users. */
@Injectable()
export class RoleService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async list(context: OrganizationContext): Promise<RoleRow[]> {
    return this.database.read(context, (db) =>
      db.query<RoleRow>(sql`${columns(db)} order by r.name, r.id limit ${MOST_ROLES}`),
    );
  }

  /** @throws DomainError name_taken, validation_failed, conflict when there are too many */
  async create(context: OrganizationContext, fields: RoleFields): Promise<RoleRow> {
    const { grantableRoleIds = [], ...role } = { id: newId(), isDefault: false, ...fields };
    return this.changing(context, async (db) => {
      if ((await db.repository(RoleEntity).count()) >= MOST_ROLES) throw new DomainError('conflict');
      if (role.isDefault) await unsetDefault(db);
      await db.repository(RoleEntity).insert(role);
      await setGrants(db, role.id, grantableRoleIds);
      await this.audit.record(db, context, {
        action: 'staff.role.create',
        target: { type: 'role', id: role.id },
        changes: { after: { ...role, grantableRoleIds } },
      });
      return role.id;
    });
  }

  /**
   * A changed role holds for its users from their next request on.
   * @throws DomainError not_found, name_taken, validation_failed
   */
  async update(context: OrganizationContext, id: string, patch: Partial<RoleFields>): Promise<RoleRow> {
    return this.changing(context, async (db) => {
      const before = found(await db.first<RoleRow>(sql`${columns(db)} and r.id = ${id}::uuid`));
      if (patch.isDefault === false && before.isDefault) {
        throw refusedField('isDefault', 'defaultRole');
      }
      if (patch.isDefault && !before.isDefault) await unsetDefault(db);
      const { grantableRoleIds, ...values } = patch;
      if (Object.keys(values).length > 0) await db.repository(RoleEntity).update({ id }, values);
      if (grantableRoleIds) await setGrants(db, id, grantableRoleIds);
      await this.audit.record(db, context, {
        action: 'staff.role.update',
        target: { type: 'role', id },
        changes: { before: { ...before }, after: { ...before, ...patch } },
      });
      return id;
    });
  }

  private async changing(context: OrganizationContext, work: (db: Db) => Promise<string>): Promise<RoleRow> {
    return refusing({ roles_organization_id_name_key: 'name_taken' }, () =>
      this.database.transaction(context, async (db) => {
        // All of them, since a change of one takes what is default from another, and names others that it may give.
        await db.query(sql`select from roles r where ${db.tenant('r')} order by r.id for no key update`);
        const id = await work(db);
        return (await db.first<RoleRow>(sql`${columns(db)} and r.id = ${id}::uuid`))!;
      }),
    );
  }
}

const columns = (db: Db) => sql`
  select r.id, r.name, r.permissions, r.is_default as "isDefault",
    array(select g.granted_role_id from role_grants g where g.organization_id = r.organization_id and g.role_id = r.id
      order by 1) as "grantableRoleIds"
  from roles r where ${db.tenant('r')}`;

/** Replaces what a role may give. @throws DomainError validation_failed for a role that does not exist */
async function setGrants(db: Db, roleId: string, grantableRoleIds: string[]): Promise<void> {
  await db.execute(sql`delete from role_grants g where ${db.tenant('g')} and g.role_id = ${roleId}::uuid`);
  const granted = await db.execute(sql`
    insert into role_grants (role_id, granted_role_id)
    select ${roleId}::uuid, r.id from roles r where ${db.tenant('r')} and r.id = any(${grantableRoleIds}::uuid[])`);
  if (granted < grantableRoleIds.length) {
    throw unknownReference('grantableRoleIds');
  }
}

async function unsetDefault(db: Db): Promise<void> {
  await db.execute(sql`update roles r set is_default = false where ${db.tenant('r')} and r.is_default`);
}
