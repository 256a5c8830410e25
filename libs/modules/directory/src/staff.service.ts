import { Injectable } from '@nestjs/common';
import type { Locale, StaffRole } from '@balcao/contracts';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import {
  Database,
  countedPage,
  empty,
  refusing,
  sql,
  type Db,
  type OrganizationContext,
} from '@balcao/platform-tenancy';
import { staffRefusal, type StaffChange, type StaffStatus } from './domain/staff-rules.js';
import { StaffUserEntity } from './persistence/staff-user.entity.js';
import { containing, emailContaining } from './search-pattern.js';

type Listed = Pick<StaffUserEntity, 'id' | 'name' | 'email' | 'role' | 'status' | 'lockedUntil' | 'lastLoginAt'>;

export interface StaffRow extends Listed {
  createdAt: Date;
  /** The invitation of somebody in waiting: all null for the others. */
  invitedByName: string | null;
  invitationExpiresAt: Date | null;
  invitationSentCount: number | null;
  /** How its newest mail fared. */
  mailStatus: 'queued' | 'sent' | 'failed' | 'dropped' | null;
}

export interface StaffFilter {
  q?: string;
  role?: StaffRole;
  status?: StaffStatus;
  limit: number;
  offset: number;
}

export interface StaffPatch extends StaffChange {
  name?: string;
}

/** Somebody of the organization as they are now; nobody else changes them until the transaction ends. */
export type StaffMember = Omit<Listed, 'lastLoginAt'> & Pick<StaffUserEntity, 'locale' | 'credentialVersion'>;

/** An expired lock no longer shows, though nobody has cleared it yet. */
const EFFECTIVE_STATUS = sql`case when s.status = 'locked' and s.locked_until <= now() then 'active' else s.status end`;

/** The organization's own people. */
@Injectable()
export class StaffService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async list(context: OrganizationContext, filter: StaffFilter): Promise<{ rows: StaffRow[]; total: number }> {
    return this.database.read(context, async (db) => {
      const pattern = filter.q && containing(filter.q);
      return countedPage<StaffRow>(
        db,
        (page) => sql`
        ${columns()}, count(*) over ()::integer as total ${tables()} where ${db.tenant('s')}
          ${pattern ? sql`and (fold(s.name) like fold(${pattern}) or s.email like ${emailContaining(filter.q!)})` : empty}
          ${filter.role ? sql`and s.role = ${filter.role}` : empty}
          ${filter.status ? sql`and ${EFFECTIVE_STATUS} = ${filter.status}` : empty}
        order by s.name, s.id limit ${page.limit} offset ${page.offset}`,
        filter,
      );
    });
  }

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<StaffRow> {
    return this.database.read(context, async (db) => {
      return found(
        await db.first<StaffRow>(sql`${columns()} ${tables()} where ${db.tenant('s')} and s.id = ${id}::uuid`),
      );
    });
  }

  /**
   * Changes name, role or status of a colleague. Suspending ends every session and link at once.
   * @throws DomainError not_found, staff_owner_only, own_access, validation_failed for the status of somebody in waiting
   */
  async update(context: OrganizationContext, id: string, patch: StaffPatch): Promise<StaffRow> {
    await this.database.transaction(context, async (db) => {
      const target = await this.meet(db, context, id, patch);
      if (patch.status && target.status === 'pending_invitation') throw stillWaiting();
      const suspends = patch.status === 'suspended' && target.status !== 'suspended';
      const restores = patch.status === 'active' && target.status === 'suspended';
      const values: Partial<StaffUserEntity> = {
        ...(patch.name === undefined ? {} : { name: patch.name }),
        ...(patch.role === undefined ? {} : { role: patch.role }),
        ...(suspends
          ? { status: 'suspended', lockedUntil: null, credentialVersion: target.credentialVersion + 1 }
          : {}),
        ...(restores ? { status: 'active', lockedUntil: null } : {}),
      };
      if (Object.keys(values).length > 0) await db.repository(StaffUserEntity).update({ id }, values);
      await this.audit.record(db, context, {
        action: 'staff.user.update',
        target: { type: 'staff_user', id },
        changes: { before: { ...target }, after: { ...target, ...values } },
      });
    });
    return this.get(context, id);
  }

  /**
   * Brings the actor and a colleague together within the caller's transaction: locks both rows, reads them anew, and
   * asks the rules. Since both are locked in the same order, of two owners who act on each other one comes first, and
   * the other is judged by what they have become.
   * @returns the colleague
   * @throws DomainError not_found, staff_owner_only, own_access, permission_denied, unauthenticated
   */
  async meet(db: Db, context: OrganizationContext, id: string, change: StaffChange = {}): Promise<StaffMember> {
    const people = await this.locked(db, [context.actor.id!, id]);
    const actor = people.get(context.actor.id!);
    const target = found(people.get(id));
    if (!actor) throw new DomainError('unauthenticated');
    refuse(staffRefusal(actor, target, change));
    return target;
  }

  /**
   * Adds somebody in waiting, on behalf of the actor, within the caller's transaction.
   * @throws DomainError email_taken, invitation_waiting, staff_owner_only, permission_denied, unauthenticated
   */
  async insertInvited(
    db: Db,
    context: OrganizationContext,
    fields: { email: string; name: string; role: StaffRole },
  ): Promise<StaffMember> {
    const actor = (await this.locked(db, [context.actor.id!])).get(context.actor.id!);
    if (!actor) throw new DomainError('unauthenticated');
    refuse(staffRefusal(actor, undefined, fields));
    const waiting = await db.first<{ id: string }>(sql`
      select s.id from staff_users s where ${db.tenant('s')} and s.email = ${fields.email} and s.status = 'pending_invitation'`);
    if (waiting) throw new DomainError('invitation_waiting', { extensions: { invitationId: waiting.id } });
    return this.insertWaiting(db, fields);
  }

  /** Adds somebody in waiting; who may ask for that is the caller's business. @throws DomainError email_taken */
  async insertWaiting(
    db: Db,
    fields: { email: string; name: string; role: StaffRole; locale?: Locale },
  ): Promise<StaffMember> {
    const person = {
      id: newId(),
      status: 'pending_invitation' as const,
      credentialVersion: 1,
      locale: null,
      ...fields,
    };
    const taken = { staff_users_organization_id_email_key: 'email_taken' } as const;
    await refusing(taken, () => db.repository(StaffUserEntity).insert(person));
    return { ...person, lockedUntil: null };
  }

  /** Adds the first owner, who needs no invitation, within the caller's transaction. */
  async insertOwner(db: Db, owner: { email: string; name: string; passwordHash: string }): Promise<void> {
    const fields = { id: newId(), credentialVersion: 1, role: 'owner', status: 'active' } as const;
    await db.repository(StaffUserEntity).insert({ ...fields, ...owner });
  }

  /** Takes away somebody who has never been here; without an id every owner in waiting. */
  async removeWaiting(db: Db, id?: string): Promise<void> {
    await db.execute(sql`
      delete from staff_users s where ${db.tenant('s')} and s.status = 'pending_invitation'
        and ${id === undefined ? sql`s.role = 'owner'` : sql`s.id = ${id}::uuid`}`);
  }

  private async locked(db: Db, ids: string[]): Promise<Map<string, StaffMember>> {
    const rows = await db.query<StaffMember>(sql`
      select s.id, s.email, s.name, s.role, s.status, s.locked_until as "lockedUntil", s.locale,
        s.credential_version as "credentialVersion"
      from staff_users s where ${db.tenant('s')} and s.id = any(${ids}::uuid[]) order by s.id for no key update`);
    return new Map(rows.map((row) => [row.id, row]));
  }
}

const columns = () => sql`
  select s.id, s.name, s.email, s.role, ${EFFECTIVE_STATUS} as status, s.locked_until as "lockedUntil",
    s.last_login_at as "lastLoginAt", s.created_at as "createdAt", i.invited_by_name as "invitedByName",
    i.expires_at as "invitationExpiresAt", i.sent_count as "invitationSentCount", i.mail_status as "mailStatus"`;

const tables = () => sql`
  from staff_users s
  left join staff_invitation_states i on i.organization_id = s.organization_id and i.staff_user_id = s.id`;

function refuse(code: ReturnType<typeof staffRefusal>): void {
  if (code) throw new DomainError(code);
}

function stillWaiting(): DomainError {
  return refusedField('status', 'pending');
}
