import { Injectable } from '@nestjs/common';
import { OneTimeTokens, TOKEN_HOURS } from '@balcao/module-auth';
import { PortalUserService, containing } from '@balcao/module-directory';
import { PortalEntity, PortalUserEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError } from '@balcao/platform-errors';
import { Mailer } from '@balcao/platform-mail';
import {
  Database,
  countedPage,
  empty,
  sql,
  type Db,
  type OrganizationContext,
  type Sql,
} from '@balcao/platform-tenancy';
import { InvitationEntity, type InvitationStatus } from './persistence/invitation.entity.js';

export interface InviteInput {
  billingAccountId: string;
  email: string;
  name: string;
  portalId?: string;
  roleId?: string;
}

export interface InvitationRow {
  id: string;
  email: string;
  name: string;
  status: InvitationStatus;
  invitedByName: string;
  expiresAt: Date;
  acceptedAt: Date | null;
  sentCount: number;
  createdAt: Date;
  billingAccount: { id: string; name: string };
  role: { id: string; name: string };
  /** How the newest mail fared. */
  mailStatus: 'queued' | 'sent' | 'failed' | 'dropped' | null;
}

export interface InvitationFilter {
  status?: InvitationStatus;
  q?: string;
  billingAccountId?: string;
  limit: number;
  offset: number;
}

const EFFECTIVE_STATUS = sql`case when i.status = 'pending' and i.expires_at <= now() then 'expired' else i.status end`;

/** Invitations by staff (S0.25–30): a user in waiting, a link by mail, and what became of it. */
@Injectable()
export class InvitationService {
  constructor(
    private readonly database: Database,
    private readonly users: PortalUserService,
    private readonly tokens: OneTimeTokens,
    private readonly audit: Audit,
    private readonly mailer: Mailer,
  ) {}

  async list(
    context: OrganizationContext,
    filter: InvitationFilter,
  ): Promise<{ rows: InvitationRow[]; total: number }> {
    return this.database.read(context, async (db) => {
      const pattern = filter.q && containing(filter.q);
      return countedPage<InvitationRow>(
        db,
        ({ limit, offset }) => sql`
        ${columns()}, count(*) over ()::integer as total ${tables(db)}
          ${filter.status ? sql`and ${EFFECTIVE_STATUS} = ${filter.status}` : empty}
          ${filter.billingAccountId ? sql`and i.billing_account_id = ${filter.billingAccountId}::uuid` : empty}
          ${pattern ? sql`and (fold(i.name) like fold(${pattern}) or i.email like lower(${pattern}))` : empty}
        order by i.created_at desc, i.id desc limit ${limit} offset ${offset}`,
        filter,
      );
    });
  }

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<InvitationRow> {
    return this.database.read(context, async (db) => {
      const row = await db.first<InvitationRow>(sql`${columns()} ${tables(db)} and i.id = ${id}::uuid`);
      if (!row) throw new DomainError('not_found');
      return row;
    });
  }

  /**
   * Adds the user as `pending_invitation` and mails the link.
   * @throws DomainError PORTAL_INVITATIONS_DISABLED, invitation_domain_not_allowed, email_taken, validation_failed
   */
  async create(context: OrganizationContext, input: InviteInput): Promise<InvitationRow> {
    const id = newId();
    await this.database.transaction(context, async (db) => {
      const portal = await this.openPortal(db, input.portalId);
      requireAllowedDomain(portal, input.email);
      const { billingAccountId, email, name, roleId } = input;
      const portalUserId =
        (await this.waitingUser(db, input)) ??
        (await this.users.insert(db, {
          billingAccountId,
          email,
          name,
          roleId,
          status: 'pending_invitation',
        }));
      await db.repository(InvitationEntity).insert({
        id,
        billingAccountId,
        email,
        name,
        portalId: portal.id,
        portalUserId,
        status: 'pending',
        invitedByType: context.actor.type,
        invitedById: context.actor.id!,
        invitedByName: context.actor.name ?? '',
        expiresAt: nextExpiry(),
      });
      await this.audit.record(db, context, {
        action: 'staff.invitation.create',
        target: { type: 'invitation', id },
        billingAccountId,
        changes: { after: input },
      });
      await this.mailLink(db, context, id, portalUserId, portal.id);
    });
    return this.get(context, id);
  }

  /** Mails a new link; the old one dies (S0.30). @throws DomainError not_found, invitation_not_pending */
  async resend(context: OrganizationContext, id: string): Promise<InvitationRow> {
    await this.database.transaction(context, async (db) => {
      const invitation = await this.lockPending(db, id);
      await this.openPortal(db, invitation.portalId);
      await db
        .repository(InvitationEntity)
        .update({ id }, { expiresAt: nextExpiry(), sentCount: invitation.sentCount + 1 });
      await this.audit.record(db, context, {
        action: 'staff.invitation.resend',
        target: { type: 'invitation', id },
        billingAccountId: invitation.billingAccountId,
      });
      await this.mailLink(db, context, id, invitation.portalUserId, invitation.portalId);
    });
    return this.get(context, id);
  }

  /**
   * Withdraws it (S0.29): the link dies. The user stays in waiting, so that the same e-mail can be invited again.
   * @throws DomainError not_found, invitation_not_pending
   */
  async cancel(context: OrganizationContext, id: string): Promise<InvitationRow> {
    await this.database.transaction(context, async (db) => {
      const invitation = await this.lockPending(db, id);
      await this.tokens.supersede(db, 'invitation', invitation.portalUserId);
      await db.repository(InvitationEntity).update({ id }, { status: 'cancelled', cancelledAt: new Date() });
      await this.audit.record(db, context, {
        action: 'staff.invitation.cancel',
        target: { type: 'invitation', id },
        billingAccountId: invitation.billingAccountId,
      });
    });
    return this.get(context, id);
  }

  private async mailLink(
    db: Db,
    context: OrganizationContext,
    invitationId: string,
    portalUserId: string,
    portalId: string,
  ): Promise<void> {
    const user = await db.repository(PortalUserEntity).findOneByOrFail({ id: portalUserId });
    const subject = {
      type: 'portal_user' as const,
      id: user.id,
      credentialVersion: user.credentialVersion,
    };
    const tokenId = await this.tokens.issue(db, 'invitation', subject, portalId);
    await db.repository(InvitationEntity).update({ id: invitationId }, { tokenId });
    const organization = await db.first<{ locale: 'pt-BR' | 'en-US' }>(
      sql`select locale from organizations o where o.id = ${context.organizationId}::uuid`,
    );
    await this.mailer.enqueue(db, context, {
      template: 'invitation',
      businessKey: `invitation:${tokenId}`,
      recipient: {
        email: user.email,
        name: user.name,
        locale: user.locale ?? organization?.locale ?? context.locale,
      },
      ids: { tokenId, invitationId, portalId },
    });
  }

  /** The user of an invitation that was cancelled: invited anew with what is said now. */
  private async waitingUser(
    db: Db,
    { billingAccountId, email, name, roleId }: InviteInput,
  ): Promise<string | undefined> {
    const waiting = await db.first<{ id: string }>(sql`
      update portal_users u set name = ${name}, role_id = coalesce(${roleId ?? null}::uuid, u.role_id)
      where ${db.account('u')} and u.billing_account_id = ${billingAccountId}::uuid and u.email = ${email}
        and u.status = 'pending_invitation'
        and not exists (select 1 from invitations i where i.organization_id = u.organization_id
          and i.portal_user_id = u.id and i.status = 'pending')
      returning u.id`);
    return waiting?.id;
  }

  private async openPortal(db: Db, portalId: string | undefined): Promise<PortalEntity> {
    const portal = await db.repository(PortalEntity).findOneBy(portalId ? { id: portalId } : { isDefault: true });
    if (!portal) {
      throw new DomainError('validation_failed', {
        fields: [
          {
            path: 'portalId',
            code: 'exists',
            message: 'portalId names nothing that exists',
          },
        ],
      });
    }
    if (portal.features.invitations === false) throw new DomainError('PORTAL_INVITATIONS_DISABLED');
    return portal;
  }

  private async lockPending(db: Db, id: string): Promise<InvitationEntity> {
    const invitation = await db
      .repository(InvitationEntity)
      .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!invitation) throw new DomainError('not_found');
    if (invitation.status !== 'pending') throw new DomainError('invitation_not_pending');
    return invitation;
  }
}

const nextExpiry = () => new Date(Date.now() + TOKEN_HOURS.invitation * 60 * 60 * 1_000);

const columns = (): Sql => sql`
  select i.id, i.email, i.name, ${EFFECTIVE_STATUS} as status, i.invited_by_name as "invitedByName", i.expires_at as "expiresAt",
    i.accepted_at as "acceptedAt", i.sent_count as "sentCount", i.created_at as "createdAt",
    json_build_object('id', a.id, 'name', a.name) as "billingAccount", json_build_object('id', r.id, 'name', r.name) as role,
    (select m.status from mails m where m.business_key = 'invitation:' || i.token_id) as "mailStatus"`;

const tables = (db: Db): Sql => sql`
  from invitations i
  join billing_accounts a on a.organization_id = i.organization_id and a.id = i.billing_account_id
  join portal_users u on u.organization_id = i.organization_id and u.id = i.portal_user_id
  join roles r on r.organization_id = u.organization_id and r.id = u.role_id
  where ${db.account('i')}`;

function requireAllowedDomain({ allowedInvitationDomains }: PortalEntity, email: string): void {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (allowedInvitationDomains.length > 0 && !allowedInvitationDomains.includes(domain)) {
    throw new DomainError('invitation_domain_not_allowed', {
      fields: [
        {
          path: 'email',
          code: 'domain',
          message: `email must be at one of: ${allowedInvitationDomains.join(', ')}`,
        },
      ],
    });
  }
}
