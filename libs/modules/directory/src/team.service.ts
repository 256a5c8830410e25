import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import { Database, countedPage, empty, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { teamStatusProblem } from './domain/team-status.js';
import { PortalUserEntity, type PortalUserStatus } from './persistence/portal-user.entity.js';
import { EFFECTIVE_STATUS, PortalUserService } from './portal-user.service.js';
import type { PortalUserPatch, PortalUserRow } from './portal-user.service.js';
import { RoleGrants } from './role-grants.js';
import { containing, emailContaining } from './search-pattern.js';
import { portalUserCredentials } from './user-credentials.js';

/** People who have, or had, access; who is only invited stands among the invitations. */
export type TeamMemberStatus = Exclude<PortalUserStatus, 'pending_invitation'>;

export interface TeamMemberRow extends Pick<PortalUserRow, 'id' | 'email' | 'name' | 'lastLoginAt' | 'role'> {
  status: TeamMemberStatus;
}

export interface TeamFilter {
  q?: string;
  status?: TeamMemberStatus;
  limit: number;
  offset: number;
}

export type TeamMemberPatch = Pick<PortalUserPatch, 'roleId' | 'status'>;

/** A customer's own people, seen and looked after by one of them. */
@Injectable()
export class TeamService {
  constructor(
    private readonly database: Database,
    private readonly users: PortalUserService,
    private readonly grants: RoleGrants,
    private readonly audit: Audit,
  ) {}

  async list(context: OrganizationContext, filter: TeamFilter): Promise<{ rows: TeamMemberRow[]; total: number }> {
    const pattern = filter.q && containing(filter.q);
    return this.database.read(context, (db) =>
      countedPage<TeamMemberRow>(
        db,
        ({ limit, offset }) => sql`
          ${columns()}, count(*) over ()::integer as total ${members(db)}
            ${pattern ? sql`and (fold(u.name) like fold(${pattern}) or u.email like ${emailContaining(filter.q!)})` : empty}
            ${filter.status ? sql`and ${EFFECTIVE_STATUS} = ${filter.status}` : empty}
          order by u.name, u.id limit ${limit} offset ${offset}`,
        filter,
      ),
    );
  }

  /**
   * Gives another role, suspends or restores. Of several at once in one account the later sees what the earlier did, so
   * that two people cannot take the last such access from each other.
   * @throws DomainError own_access, not_found, role_not_grantable, last_user_manager, validation_failed
   */
  async update(context: OrganizationContext, id: string, patch: TeamMemberPatch): Promise<TeamMemberRow> {
    if (id === context.actor.id) throw new DomainError('own_access');
    await this.database.transaction(context, async (db) => {
      // With those who manage the account's people, so that changes queue up.
      await portalUserCredentials.hold(db, sql`u.id in (${context.actor.id}::uuid, ${id}::uuid) or ${isManager(db)}`);
      const before = await db.repository(PortalUserEntity).findOneBy({ id });
      if (!before || before.status === 'pending_invitation') throw new DomainError('not_found');
      await this.grants.requireOver(db, context, before.roleId);
      const problem = teamStatusProblem(before.status, patch.status);
      if (problem) throw refusedField('status', problem);
      if (patch.roleId) await this.grants.requireChoice(db, context, patch.roleId);
      const after = await this.users.apply(db, before, patch);
      await requireManager(db);
      await this.audit.record(db, context, {
        action: 'portal.team.update',
        target: { type: 'portal_user', id },
        changes: { before: { ...before }, after },
      });
    });
    return this.get(context, id);
  }

  private async get(context: OrganizationContext, id: string): Promise<TeamMemberRow> {
    return this.database.read(context, async (db) => {
      return found(await db.first<TeamMemberRow>(sql`${columns()} ${members(db)} and u.id = ${id}::uuid`));
    });
  }
}

const columns = () => sql`
  select u.id, u.email, u.name, ${EFFECTIVE_STATUS} as status, u.last_login_at as "lastLoginAt",
    json_build_object('id', r.id, 'name', r.name) as role`;

const members = (db: Db) => sql`
  from portal_users u join roles r on r.organization_id = u.organization_id and r.id = u.role_id
  where ${db.account('u')} and u.status <> 'pending_invitation'`;

const isManager = (db: Db) => sql`
  u.role_id in (select r.id from roles r where ${db.tenant('r')} and 'users:manage' = any(r.permissions))`;

/** @throws DomainError last_user_manager where nobody could manage the account's people any more */
async function requireManager(db: Db): Promise<void> {
  const manager = await db.first(sql`
    select from portal_users u
    where ${db.account('u')} and u.status in ('active', 'locked') and ${isManager(db)} limit 1`);
  if (!manager) throw new DomainError('last_user_manager');
}
