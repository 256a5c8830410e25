import { Injectable } from '@nestjs/common';
import { DomainError, refusedField } from '@balcao/platform-errors';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';

export interface GrantableRole {
  id: string;
  name: string;
}

/**
 * Which roles somebody may give. Staff give every role; a portal user those that their own role names, and
 * what somebody may not give, they may not take away either.
 */
@Injectable()
export class RoleGrants {
  constructor(private readonly database: Database) {}

  /** The roles that a portal user may give, by name; at most as many as an organization has. */
  async grantableBy(context: OrganizationContext): Promise<GrantableRole[]> {
    return this.database.read(context, (db) =>
      db.query<GrantableRole>(sql`
        select r.id, r.name ${grantsOf(db, context)} order by r.name, r.id`),
    );
  }

  /**
   * Those of the roles that whoever acts may give. The caller holds them, with whom they act on: who is losing their role at
   * this moment gives nothing with it.
   */
  async among(db: Db, context: OrganizationContext, roleIds: string[]): Promise<ReadonlySet<string>> {
    const rows = await db.query<{ id: string }>(
      context.actor.type === 'user'
        ? sql`select r.id ${grantsOf(db, context)} and r.id = any(${roleIds}::uuid[])`
        : sql`select r.id from roles r where ${db.tenant('r')} and r.id = any(${roleIds}::uuid[])`,
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * For a role that somebody chose. One that does not exist and one that is not theirs to give look the same.
   * @throws DomainError validation_failed
   */
  async requireChoice(db: Db, context: OrganizationContext, roleId: string): Promise<void> {
    if (!(await this.among(db, context, [roleId])).has(roleId)) throw refusedField('roleId', 'notGrantable');
  }

  /** For the role that a person has, before something is done to them. @throws DomainError role_not_grantable */
  async requireOver(db: Db, context: OrganizationContext, roleId: string): Promise<void> {
    if (!(await this.among(db, context, [roleId])).has(roleId)) throw new DomainError('role_not_grantable');
  }
}

const grantsOf = (db: Db, { actor }: OrganizationContext) => sql`
  from portal_users u
  join role_grants g on g.organization_id = u.organization_id and g.role_id = u.role_id
  join roles r on r.organization_id = g.organization_id and r.id = g.granted_role_id
  where ${db.account('u')} and u.id = ${actor.id ?? null}::uuid`;
