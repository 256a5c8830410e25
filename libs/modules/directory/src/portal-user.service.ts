import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { found, refusedField, unknownReference } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Mailer } from '@balcao/platform-mail';
import {
  Database,
  countedPage,
  empty,
  refusing,
  sql,
  type Db,
  type OrganizationContext,
} from '@balcao/platform-tenancy';
import { languageFor } from './mail-language.js';
import { BillingAccountEntity } from './persistence/billing-account.entity.js';
import { PortalUserEntity, type PortalUserStatus } from './persistence/portal-user.entity.js';
import { RoleEntity } from './persistence/role.entity.js';
import { containing, emailContaining } from './search-pattern.js';

type User<Name extends keyof PortalUserEntity> = Pick<PortalUserEntity, Name>;
type Changeable = User<'name' | 'email' | 'username' | 'roleId' | 'ssoOnly' | 'receiveNotifications'>;

export interface PortalUserRow
  extends User<'id' | 'status' | 'lockedUntil' | 'lastLoginAt' | 'createdAt'>, Omit<Changeable, 'roleId'> {
  billingAccount: { id: string; name: string };
  role: { id: string; name: string };
}

export type NewPortalUser = User<'billingAccountId' | 'email' | 'name' | 'status'> &
  Partial<User<'username' | 'roleId' | 'locale' | 'passwordHash'>>;

/** What staff may change of a user. */
export interface PortalUserPatch extends Partial<Changeable> {
  status?: 'active' | 'suspended';
}

export interface PortalUserFilter {
  q?: string;
  status?: PortalUserStatus;
  billingAccountId?: string;
  limit: number;
  offset: number;
}

const TAKEN = {
  portal_users_organization_id_billing_account_id_email_key: 'email_taken',
  portal_users_organization_id_username_key: 'username_taken',
} as const;

/** An expired lock no longer shows, though nobody has cleared it yet. */
export const EFFECTIVE_STATUS = sql`case when u.status = 'locked' and u.locked_until <= now() then 'active' else u.status end`;

/** The people of billing accounts. */
@Injectable()
export class PortalUserService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly events: Events,
    private readonly mailer: Mailer,
  ) {}

  async list(
    context: OrganizationContext,
    filter: PortalUserFilter,
  ): Promise<{ rows: PortalUserRow[]; total: number }> {
    return this.database.read(context, async (db) => {
      const pattern = filter.q && containing(filter.q);
      return countedPage<PortalUserRow>(
        db,
        ({ limit, offset }) => sql`
        ${userColumns()}, count(*) over ()::integer as total ${userTables()} where ${db.account('u')}
          ${pattern ? sql`and (fold(u.name) like fold(${pattern}) or u.email like ${emailContaining(filter.q!)})` : empty}
          ${filter.status ? sql`and ${EFFECTIVE_STATUS} = ${filter.status}` : empty}
          ${filter.billingAccountId ? sql`and u.billing_account_id = ${filter.billingAccountId}::uuid` : empty}
        order by u.name, u.id limit ${limit} offset ${offset}`,
        filter,
      );
    });
  }

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<PortalUserRow> {
    return this.database.read(context, async (db) => {
      return found(
        await db.first<PortalUserRow>(
          sql`${userColumns()} ${userTables()} where ${db.account('u')} and u.id = ${id}::uuid`,
        ),
      );
    });
  }

  /**
   * Adds a user within the caller's transaction. Without a role it is the account's, else the organization's default.
   * @returns the new id
   * @throws DomainError email_taken, username_taken, validation_failed for an account or role that does not exist
   */
  async insert(db: Db, fields: NewPortalUser): Promise<string> {
    const { defaultRoleId } = await accountToJoin(db, fields.billingAccountId);
    const id = newId();
    const roleId = fields.roleId ?? defaultRoleId;
    if (!roleId) throw unknownReference('roleId');
    await requireRole(db, roleId);
    await refusing(TAKEN, () => db.repository(PortalUserEntity).insert({ ...fields, id, roleId }));
    return id;
  }

  /**
   * Makes people wait for their invitation to be accepted, within the caller's transaction, which has checked their roles.
   * Those who wait already get what is said now; without a role the others get the account's, else the default one.
   * @returns the users in the order of the people
   * @throws DomainError email_taken
   */
  async putInWaiting(
    db: Db,
    context: OrganizationContext,
    { id: billingAccountId, defaultRoleId }: AccountToJoin,
    people: { email: string; name: string; roleId?: string }[],
    waiting: ReadonlyMap<string, { id: string; credentialVersion: number }>,
  ): Promise<{ id: string; credentialVersion: number }[]> {
    const known = people.filter(({ email }) => waiting.has(email));
    const fresh = people
      .filter(({ email }) => !waiting.has(email))
      .map(({ email, name, roleId = defaultRoleId }) => {
        if (!roleId) throw unknownReference('roleId');
        const status = 'pending_invitation' as const;
        return { id: newId(), billingAccountId, email, name, roleId, status, credentialVersion: 1 };
      })
      // In one order for everybody: two lists with the same people would wait for each other otherwise.
      .sort((a, b) => (a.email < b.email ? -1 : 1));
    await db.execute(sql`
      update portal_users u set name = p.name, role_id = coalesce(p.role_id, u.role_id)
      from unnest(${known.map(({ email }) => email)}::text[], ${known.map(({ name }) => name)}::text[],
        ${known.map(({ roleId }) => roleId ?? null)}::uuid[]) as p (email, name, role_id)
      where ${db.account('u')} and u.billing_account_id = ${billingAccountId}::uuid and u.email = p.email`);
    await this.tellOfNames(db, context, billingAccountId, ...[...waiting.values()].map(({ id }) => id));
    if (fresh.length > 0) await refusing(TAKEN, () => db.repository(PortalUserEntity).insert(fresh));
    const byEmail = new Map(fresh.map((user) => [user.email, user]));
    return people.map(({ email }) => waiting.get(email) ?? byEmail.get(email)!);
  }

  /**
   * Changes what staff may change. Suspending ends every session. A new e-mail address kills the links sent to the old, which
   * is told, and must be confirmed before it opens anything.
   * @throws DomainError not_found, email_taken, username_taken, validation_failed
   */
  async update(context: OrganizationContext, id: string, patch: PortalUserPatch): Promise<PortalUserRow> {
    await this.database.transaction(context, async (db) => {
      const before = found(await lockedUser(db, id));
      const after = await this.apply(db, before, patch);
      if (after.email !== before.email) await this.tellOfNewEmail(db, context, before);
      if (after.name !== before.name) await this.tellOfNames(db, context, before.billingAccountId, id);
      await this.audit.record(db, context, {
        action: 'staff.portal_user.update',
        target: { type: 'portal_user', id },
        billingAccountId: before.billingAccountId,
        changes: { before: { ...before }, after },
      });
    });
    return this.get(context, id);
  }

  /** What is found by the names of these people shall be found by those that they have now. */
  async tellOfNames(db: Db, context: OrganizationContext, billingAccountId: string, ...ids: string[]): Promise<void> {
    const name = 'portal_user.renamed' as const;
    await this.events.publish(db, context, ...ids.map((id) => ({ name, ids: { portalUserId: id }, billingAccountId })));
  }

  private async tellOfNewEmail(db: Db, context: OrganizationContext, before: PortalUserEntity): Promise<void> {
    await this.events.publish(db, context, {
      name: 'portal_user.email_changed',
      ids: { portalUserId: before.id },
      billingAccountId: before.billingAccountId,
    });
    await this.mailer.enqueue(db, context, {
      template: 'email-changed',
      businessKey: `email-changed:${before.id}:${before.credentialVersion}`,
      recipient: { email: before.email, name: before.name, locale: await languageFor(db, before) },
      ids: { userId: before.id },
    });
  }

  /** Takes the language that a user has chosen, within the caller's transaction. */
  async speak(db: Db, id: string, locale: Locale): Promise<void> {
    await db.repository(PortalUserEntity).update({ id }, { locale });
  }

  /**
   * Changes a locked user within the caller's transaction, with what follows from it for sessions and links.
   * @returns the user afterwards, for the audit
   * @throws DomainError email_taken, username_taken, validation_failed
   */
  async apply(db: Db, before: PortalUserEntity, patch: PortalUserPatch): Promise<Partial<PortalUserEntity>> {
    if (patch.roleId) await requireRole(db, patch.roleId);
    if (patch.status === 'active' && before.status.startsWith('pending')) {
      throw refusedField('status', 'pending');
    }
    const endsSessions =
      patch.status === 'suspended' ||
      (patch.email !== undefined && patch.email !== before.email) ||
      patch.ssoOnly === true;
    const values: Partial<PortalUserEntity> = {
      ...patch,
      ...(endsSessions ? { credentialVersion: before.credentialVersion + 1 } : {}),
      ...statusValues(before, patch.status),
      ...(patch.email !== undefined && patch.email !== before.email
        ? { ...unproven(before), emailChanges: before.emailChanges + 1 }
        : {}),
    };
    if (Object.keys(values).length > 0) {
      await refusing(TAKEN, () => db.repository(PortalUserEntity).update({ id: before.id }, values));
    }
    return { ...before, ...values };
  }
}

/** Somebody whose new address has to prove itself; who waits for something else goes on waiting for it. */
function unproven({ status, suspendedFrom }: PortalUserEntity): Partial<PortalUserEntity> {
  const nothing = { emailProvedAt: null, emailConfirmedAt: null };
  if (status === 'active' || status === 'locked')
    return { ...nothing, status: 'pending_verification', lockedUntil: null };
  return {
    ...nothing,
    ...(status === 'suspended' ? { suspendedFrom: suspendedFrom ?? 'pending_verification' } : {}),
  };
}

/** Restoring goes back to what somebody was waiting for: it proves no mailbox and makes no password. */
function statusValues(
  { status, suspendedFrom }: PortalUserEntity,
  wanted: PortalUserPatch['status'],
): Partial<PortalUserEntity> {
  if (wanted === undefined) return {};
  if (wanted === 'active') return { status: suspendedFrom ?? 'active', suspendedFrom: null, lockedUntil: null };
  const waiting = status === 'pending_verification' || status === 'pending_invitation' ? status : null;
  return { lockedUntil: null, ...(status === 'suspended' ? {} : { suspendedFrom: waiting }) };
}

const userColumns = () => sql`
  select u.id, u.email, u.username, u.name, ${EFFECTIVE_STATUS} as status, u.sso_only as "ssoOnly",
    u.receive_notifications as "receiveNotifications", u.locked_until as "lockedUntil", u.last_login_at as "lastLoginAt",
    u.created_at as "createdAt", json_build_object('id', a.id, 'name', a.name) as "billingAccount",
    json_build_object('id', r.id, 'name', r.name) as role`;

const userTables = () => sql`
  from portal_users u
  join billing_accounts a on a.organization_id = u.organization_id and a.id = u.billing_account_id
  join roles r on r.organization_id = u.organization_id and r.id = u.role_id`;

/** An account, and the role of its people where nobody chose another: the account's, else the organization's. */
export interface AccountToJoin {
  id: string;
  defaultRoleId?: string;
}

/** @throws DomainError validation_failed for an account that does not exist */
export async function accountToJoin(db: Db, id: string): Promise<AccountToJoin> {
  const account = await db.repository(BillingAccountEntity).findOneBy({ id });
  if (!account) throw unknownReference('billingAccountId');
  return { id, defaultRoleId: account.roleId ?? (await db.repository(RoleEntity).findOneBy({ isDefault: true }))?.id };
}

/** The user, with nobody else changing it until the transaction ends. */
function lockedUser(db: Db, id: string): Promise<PortalUserEntity | null> {
  return db.repository(PortalUserEntity).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
}

async function requireRole(db: Db, id: string): Promise<void> {
  if (!(await db.repository(RoleEntity).existsBy({ id }))) throw unknownReference('roleId');
}
