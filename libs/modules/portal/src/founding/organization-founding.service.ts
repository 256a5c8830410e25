import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { OrganizationService, type OrganizationRow } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError, found } from '@balcao/platform-errors';
import { Database, clockOf, type Db, sql, systemClock, systemContext, type Context } from '@balcao/platform-tenancy';
import { InvitationLimits } from '../invitations/invitation-limits.js';
import { StaffInvitationService } from '../invitations/staff-invitation.service.js';

export interface FirstOwner {
  email: string;
  name: string;
}

export interface FoundingInput {
  name: string;
  slug: string;
  locale: Locale;
  timeZone?: string;
  /** Made for trying things out, with a time of its own; for good. */
  isSandbox?: boolean;
  owner: FirstOwner;
}

/** How an organization begins: with a portal, two roles, and a link for the person who will own it. */
@Injectable()
export class OrganizationFoundingService {
  constructor(
    private readonly database: Database,
    private readonly organizations: OrganizationService,
    private readonly invitations: StaffInvitationService,
    private readonly limits: InvitationLimits,
    private readonly audit: Audit,
  ) {}

  /** All of it or nothing. @throws DomainError slug_taken, validation_failed for a time zone that does not exist */
  async found(operator: Context, { owner, ...fields }: FoundingInput): Promise<OrganizationRow> {
    const id = newId();
    // Of nothing yet is it any other time.
    const context = systemContext(id, { ...operator, clock: systemClock });
    await this.database.asPlatform(
      'operator founds an organization',
      async (db) => {
        await this.organizations.insert(db, { id, ...fields });
        await this.audit.record(db, context, {
          action: 'operator.organization.create',
          target: { type: 'organization', id },
          changes: { after: fields },
        });
        await this.invitations.inviteFirstOwner(db, context, { ...owner, locale: fields.locale });
      },
      context,
    );
    return this.organizations.get(id);
  }

  /**
   * Invites the owner once more, or somebody else instead, where nobody has accepted yet; the links before are dead.
   * @throws DomainError not_found, organization_has_owner, email_taken
   */
  async inviteOwner(operator: Context, id: string, owner: FirstOwner): Promise<OrganizationRow> {
    const context = systemContext(id, { ...operator, clock: clockOf(await this.organizations.get(id)) });
    const invite = async (db: Db) => {
      // Locked, so that of two operators one comes first.
      const organization = found(
        await db.first<{ locale: Locale }>(
          sql`select o.locale from organizations o where o.id = ${id}::uuid for no key update`,
        ),
      );
      const present = await db.first(sql`
          select 1 from staff_users s where ${db.tenant('s')} and s.role = 'owner' and s.status <> 'pending_invitation'`);
      if (present) throw new DomainError('organization_has_owner');
      await this.invitations.inviteFirstOwner(db, context, { ...owner, locale: organization.locale });
    };
    await this.limits.counting(context, [owner.email], () =>
      this.database.asPlatform('operator invites an owner', invite, context),
    );
    return this.organizations.get(id);
  }
}
