import { Injectable } from '@nestjs/common';
import type { PortalPermission } from '@balcao/contracts';
import { Audit } from '@balcao/platform-audit';
import { newId, uniqueViolation } from '@balcao/platform-database';
import { DomainError } from '@balcao/platform-errors';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { RoleEntity } from './persistence/role.entity.js';

/** No organization needs more; the list is answered whole. */
const MOST_ROLES = 100;

export interface RoleFields {
  name: string;
  permissions: PortalPermission[];
  isDefault?: boolean;
}

/** Named sets of permissions for portal users (S2.23–25). */
@Injectable()
export class RoleService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async list(context: OrganizationContext): Promise<RoleEntity[]> {
    return this.database.read(context, (db) =>
      db.repository(RoleEntity).find({ order: { name: 'ASC' }, take: MOST_ROLES }),
    );
  }

  /** @throws DomainError name_taken, conflict when there are too many */
  async create(context: OrganizationContext, fields: RoleFields): Promise<RoleEntity> {
    const role = { id: newId(), isDefault: false, ...fields };
    return this.changing(context, async (db) => {
      if ((await db.repository(RoleEntity).count()) >= MOST_ROLES) throw new DomainError('conflict');
      if (role.isDefault) await unsetDefault(db);
      await db.repository(RoleEntity).insert(role);
      await this.audit.record(db, context, {
        action: 'staff.role.create',
        target: { type: 'role', id: role.id },
        changes: { after: role },
      });
      return role.id;
    });
  }

  /** A changed role holds for its users from their next request on. @throws DomainError not_found, name_taken */
  async update(context: OrganizationContext, id: string, patch: Partial<RoleFields>): Promise<RoleEntity> {
    return this.changing(context, async (db) => {
      const repository = db.repository(RoleEntity);
      const before = await repository.findOneBy({ id });
      if (!before) throw new DomainError('not_found');
      if (patch.isDefault === false && before.isDefault) {
        throw new DomainError('validation_failed', {
          fields: [
            {
              path: 'isDefault',
              code: 'defaultRole',
              message: 'make another role the default instead',
            },
          ],
        });
      }
      if (patch.isDefault && !before.isDefault) await unsetDefault(db);
      if (Object.keys(patch).length > 0) await repository.update({ id }, patch);
      await this.audit.record(db, context, {
        action: 'staff.role.update',
        target: { type: 'role', id },
        changes: { before: { ...before }, after: { ...before, ...patch } },
      });
      return id;
    });
  }

  private async changing(context: OrganizationContext, work: (db: Db) => Promise<string>): Promise<RoleEntity> {
    try {
      return await this.database.transaction(context, async (db) => {
        const id = await work(db);
        return db.repository(RoleEntity).findOneByOrFail({ id });
      });
    } catch (error) {
      throw uniqueViolation(error) === 'roles_organization_id_name_key'
        ? new DomainError('name_taken', { cause: error })
        : error;
    }
  }
}

async function unsetDefault(db: Db): Promise<void> {
  await db.execute(sql`update roles r set is_default = false where ${db.tenant('r')} and r.is_default`);
}
