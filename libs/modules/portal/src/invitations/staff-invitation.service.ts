import { Injectable } from '@nestjs/common';
import type { Locale, StaffRole } from '@balcao/contracts';
import { OneTimeTokens, TOKEN_HOURS } from '@balcao/module-auth';
import { StaffService, languageFor, type StaffMember, type StaffRow } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError } from '@balcao/platform-errors';
import { Mailer } from '@balcao/platform-mail';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { InvitationLimits } from './invitation-limits.js';

export interface StaffInviteInput {
  email: string;
  name: string;
  role: StaffRole;
}

/** Invitations of the organization's own people, by the rules of customers': a link by mail, once, newest only. */
@Injectable()
export class StaffInvitationService {
  constructor(
    private readonly database: Database,
    private readonly staff: StaffService,
    private readonly tokens: OneTimeTokens,
    private readonly audit: Audit,
    private readonly mailer: Mailer,
    private readonly limits: InvitationLimits,
  ) {}

  /** Adds the person as `pending_invitation` and mails the link. @throws DomainError email_taken, invitation_waiting, staff_owner_only, rate_limited */
  async invite(context: OrganizationContext, input: StaffInviteInput): Promise<StaffRow> {
    const id = await this.sending(context, input.email, async (db) => {
      const person = await this.staff.insertInvited(db, context, input);
      await this.audit.record(db, context, {
        action: 'staff.user.invite',
        target: { type: 'staff_user', id: person.id },
        changes: { after: input },
      });
      await this.mailLink(db, context, person, context.actor.name ?? null);
      return person.id;
    });
    return this.staff.get(context, id);
  }

  /**
   * Invites the first owner within the caller's transaction, on behalf of an operator, who is nobody in the
   * organization. Whoever was invited as owner before and has not accepted makes room.
   * @throws DomainError email_taken
   */
  async inviteFirstOwner(
    db: Db,
    context: OrganizationContext,
    owner: { email: string; name: string; locale: Locale },
  ): Promise<void> {
    await this.staff.removeWaiting(db);
    const person = await this.staff.insertWaiting(db, { ...owner, role: 'owner' });
    await this.audit.record(db, context, {
      action: 'operator.organization.owner.invite',
      target: { type: 'staff_user', id: person.id },
      changes: { after: owner },
    });
    await this.mailLink(db, context, person, null);
  }

  /** Mails a new link; the old one dies. @throws DomainError not_found, invitation_not_pending, staff_owner_only, rate_limited */
  async resend(context: OrganizationContext, id: string): Promise<StaffRow> {
    const { email } = await this.staff.get(context, id);
    await this.sending(context, email, async (db) => {
      const person = await this.meetWaiting(db, context, id);
      await this.audit.record(db, context, {
        action: 'staff.user.invitation.resend',
        target: { type: 'staff_user', id },
      });
      await this.mailLink(db, context, person, context.actor.name ?? null);
    });
    return this.staff.get(context, id);
  }

  /**
   * Withdraws it: the link dies, and the person, who has never been here, goes. The audit log keeps who it was.
   * @throws DomainError not_found, invitation_not_pending, staff_owner_only
   */
  async cancel(context: OrganizationContext, id: string): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const { email, name, role } = await this.meetWaiting(db, context, id);
      await this.tokens.supersede(db, 'invitation', { type: 'staff_user', id });
      await this.staff.removeWaiting(db, id);
      await this.audit.record(db, context, {
        action: 'staff.user.invitation.cancel',
        target: { type: 'staff_user', id },
        changes: { before: { email, name, role } },
      });
    });
  }

  /** A transaction whose mail counts, where it is committed. */
  private sending<Result>(context: OrganizationContext, email: string, work: (db: Db) => Promise<Result>) {
    return this.limits.counting(context, [email], () => this.database.transaction(context, work));
  }

  private async meetWaiting(db: Db, context: OrganizationContext, id: string): Promise<StaffMember> {
    const person = await this.staff.meet(db, context, id);
    if (person.status !== 'pending_invitation') throw new DomainError('invitation_not_pending');
    return person;
  }

  private async mailLink(
    db: Db,
    context: OrganizationContext,
    { id, email, name, locale, credentialVersion }: StaffMember,
    invitedByName: string | null,
  ): Promise<void> {
    const tokenId = await this.tokens.issue(db, 'invitation', { type: 'staff_user', id, credentialVersion });
    await db.execute(sql`
      insert into staff_invitations as i (id, staff_user_id, token_id, invited_by_name, expires_at)
      values (${newId()}::uuid, ${id}::uuid, ${tokenId}::uuid, ${invitedByName},
        now() + make_interval(hours => ${TOKEN_HOURS.invitation}))
      on conflict (organization_id, staff_user_id) do update set token_id = excluded.token_id,
        invited_by_name = excluded.invited_by_name, expires_at = excluded.expires_at, sent_count = i.sent_count + 1`);
    await this.mailer.enqueue(db, context, {
      template: 'staff-invitation',
      businessKey: `staff-invitation:${tokenId}`,
      recipient: { email, name, locale: await languageFor(db, { email, locale }) },
      ids: { tokenId, staffId: id },
    });
  }
}
