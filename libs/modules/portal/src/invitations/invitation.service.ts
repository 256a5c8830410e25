import { Injectable } from '@nestjs/common';
import { OneTimeTokens, TOKEN_HOURS } from '@balcao/module-auth';
import { PortalUserService, RoleGrants, accountToJoin, portalUserCredentials } from '@balcao/module-directory';
import { PortalUserEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError, found } from '@balcao/platform-errors';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import type { Invitee, InviteeProblem } from './invitee-rules.js';
import { InvitationChecks, refusalOfMany, refusalOfOne } from './invitation-checks.js';
import { InvitationLimits } from './invitation-limits.js';
import { InvitationMails, type Languages } from './invitation-mails.js';
import { InvitationReader, type InvitationRow } from './invitation-reader.js';
import { openPortal, portalOf } from './open-portal.js';
import { invitationSettings } from '../settings/portal-sections.js';
import { InvitationEntity } from '../persistence/invitation.entity.js';

/** Into which account people are invited, and by which portal: the default one where none is said. */
export interface InvitationTarget {
  billingAccountId: string;
  portalId?: string;
}

/**
 * Invitations: a user in waiting, a link by mail, and what became of it. Staff invite into every account; a
 * portal user, whose context has account scope, into the own one and with the roles that the own role may give.
 */
@Injectable()
export class InvitationService {
  constructor(
    private readonly database: Database,
    private readonly users: PortalUserService,
    private readonly grants: RoleGrants,
    private readonly checks: InvitationChecks,
    private readonly limits: InvitationLimits,
    private readonly tokens: OneTimeTokens,
    private readonly reader: InvitationReader,
    private readonly mails: InvitationMails,
    private readonly audit: Audit,
  ) {}

  /**
   * Adds the user as `pending_invitation` and mails the link.
   * @throws DomainError PORTAL_INVITATIONS_DISABLED, invitation_domain_not_allowed, email_taken, invitation_waiting
   *   (naming it as `invitationId`), validation_failed, rate_limited
   */
  async create(context: OrganizationContext, target: InvitationTarget, person: Invitee): Promise<InvitationRow> {
    const [id] = await this.invite(context, target, [person], ([problem]) => refusalOfOne(problem!));
    return this.reader.get(context, id!);
  }

  /**
   * Invites all of the people or none, in one transaction; each gets a mail of its own.
   * @throws DomainError validation_failed with every problem at its place, PORTAL_INVITATIONS_DISABLED, email_taken
   *   where somebody invited one of them at the same moment, rate_limited
   */
  async createMany(
    context: OrganizationContext,
    target: InvitationTarget,
    people: Invitee[],
  ): Promise<InvitationRow[]> {
    return this.reader.getAll(context, await this.invite(context, target, people, refusalOfMany));
  }

  /**
   * As `create`, for one of a list: what `along` writes is committed with the invitation, or neither is.
   * @throws DomainError as `create` does, and whatever `along` throws
   */
  async createAlong(
    context: OrganizationContext,
    target: InvitationTarget,
    person: Invitee,
    along: (db: Db) => Promise<void>,
  ): Promise<void> {
    await this.invite(context, target, [person], ([problem]) => refusalOfOne(problem!), along);
  }

  /** Domains whose addresses may be invited to a portal; none allows all. */
  async allowedDomains(context: OrganizationContext, portalId: string): Promise<string[]> {
    const portal = await this.database.read(context, (db) => openPortal(db, portalId));
    return invitationSettings.of(portal.settings).allowedDomains;
  }

  /** Whether `createMany` would take these people, as it would say itself; writes and sends nothing. */
  async check(context: OrganizationContext, target: InvitationTarget, people: Invitee[]): Promise<void> {
    await this.database.transaction(context, (db) => this.examine(db, context, target, people, refusalOfMany));
  }

  /**
   * Mails a new link, to another portal where the one of the invitation does not let the person in any more; the old one dies.
   * @throws DomainError not_found, invitation_not_pending, role_not_grantable, role_not_on_portal, PORTAL_INVITATIONS_DISABLED,
   *   rate_limited
   */
  async resend(context: OrganizationContext, id: string): Promise<InvitationRow> {
    const { email } = await this.reader.get(context, id);
    await this.sending(context, [email], async (db, languages) => {
      const { invitation, user } = await this.holdPending(db, context, id);
      const { billingAccountId, sentCount } = invitation;
      const { id: portalId } = await portalOf(db, context, invitation);
      const tokenId = await this.issue(db, user, portalId);
      await db
        .repository(InvitationEntity)
        .update({ id }, { portalId, tokenId, expiresAt: nextExpiry(), sentCount: sentCount + 1 });
      await this.record(db, context, 'resend', { id, billingAccountId });
      await this.mails.enqueue(db, context, portalId, [{ ...user, invitationId: id, tokenId }], languages);
    });
    return this.reader.get(context, id);
  }

  /**
   * Withdraws it: the link dies. The user stays in waiting, so that the same e-mail can be invited again.
   * @throws DomainError not_found, invitation_not_pending, role_not_grantable
   */
  async cancel(context: OrganizationContext, id: string): Promise<InvitationRow> {
    await this.database.transaction(context, async (db) => {
      const { invitation, user } = await this.holdPending(db, context, id);
      await this.tokens.supersede(db, 'invitation', { type: 'portal_user', id: user.id });
      await db.repository(InvitationEntity).update({ id }, { status: 'cancelled', cancelledAt: new Date() });
      await this.record(db, context, 'cancel', { id, billingAccountId: invitation.billingAccountId });
    });
    return this.reader.get(context, id);
  }

  /** @returns ids of the invitations, in the order of the people */
  private async invite(
    context: OrganizationContext,
    target: InvitationTarget,
    people: Invitee[],
    refusalOf: (problems: InviteeProblem[]) => DomainError,
    along?: (db: Db) => Promise<void>,
  ): Promise<string[]> {
    const { billingAccountId } = target;
    const emails = people.map(({ email }) => email);
    return this.sending(context, emails, async (db, languages) => {
      const { portal, account, waiting } = await this.examine(db, context, target, people, refusalOf);
      const users = await this.users.putInWaiting(db, context, account, people, waiting);
      const invitations = [];
      for (const [index, { email, name }] of people.entries()) {
        const user = users[index]!;
        invitations.push({
          id: newId(),
          billingAccountId,
          email,
          name,
          portalId: portal.id,
          portalUserId: user.id,
          tokenId: await this.issue(db, user, portal.id),
          status: 'pending' as const,
          invitedByType: context.actor.type,
          invitedById: context.actor.id!,
          invitedByName: context.actor.name ?? '',
          expiresAt: nextExpiry(),
        });
      }
      await db.repository(InvitationEntity).insert(invitations);
      for (const [index, { id }] of invitations.entries()) {
        await this.record(db, context, 'create', { id, billingAccountId }, people[index]);
      }
      const letters = invitations.map(({ id, tokenId, email, name }) => ({ invitationId: id, tokenId, email, name }));
      await this.mails.enqueue(db, context, portal.id, letters, languages);
      await along?.(db);
      return invitations.map(({ id }) => id);
    });
  }

  /** All that is asked before anything is written. */
  private async examine(
    db: Db,
    context: OrganizationContext,
    { billingAccountId, portalId }: InvitationTarget,
    people: Invitee[],
    refusalOf: (problems: InviteeProblem[]) => DomainError,
  ) {
    const portal = await openPortal(db, portalId);
    const account = await accountToJoin(db, billingAccountId);
    const { problems, waiting } = await this.checks.examine(db, context, portal, account, people);
    if (problems.length > 0) throw refusalOf(problems);
    return { portal, waiting, account };
  }

  /** A transaction whose mails count, where it is committed. */
  private sending<Result>(
    context: OrganizationContext,
    emails: string[],
    work: (db: Db, languages: Languages) => Promise<Result>,
  ) {
    return this.limits.counting(context, emails, async () => {
      const languages = await this.mails.languagesOf(context, emails);
      return this.database.transaction(context, (db) => work(db, languages));
    });
  }

  private issue(db: Db, { id, credentialVersion }: { id: string; credentialVersion: number }, portalId: string) {
    return this.tokens.issue(db, 'invitation', { type: 'portal_user', id, credentialVersion }, portalId);
  }

  private record(
    db: Db,
    context: OrganizationContext,
    deed: 'create' | 'resend' | 'cancel',
    { id, billingAccountId }: { id: string; billingAccountId: string },
    after?: Invitee,
  ): Promise<void> {
    const side = context.actor.type === 'user' ? 'portal' : 'staff';
    return this.audit.record(db, context, {
      action: `${side}.invitation.${deed}`,
      target: { type: 'invitation', id },
      billingAccountId,
      changes: after && { after },
    });
  }

  /** What becomes of an invitation is decided by who holds the invited person. */
  private async holdPending(
    db: Db,
    context: OrganizationContext,
    id: string,
  ): Promise<{ invitation: InvitationEntity; user: PortalUserEntity }> {
    const invited = sql`select i.portal_user_id from invitations i where ${db.account('i')} and i.id = ${id}::uuid`;
    await portalUserCredentials.hold(db, sql`u.id = ${context.actor.id ?? null}::uuid or u.id = (${invited})`);
    const invitation = found(await db.repository(InvitationEntity).findOneBy({ id }));
    const user = await db.repository(PortalUserEntity).findOneByOrFail({ id: invitation.portalUserId });
    await this.grants.requireOver(db, context, user.roleId);
    if (invitation.status !== 'pending') throw new DomainError('invitation_not_pending');
    return { invitation, user };
  }
}

const nextExpiry = () => new Date(Date.now() + TOKEN_HOURS.invitation * 60 * 60 * 1_000);
