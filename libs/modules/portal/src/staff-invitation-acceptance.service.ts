import { Injectable } from '@nestjs/common';
import type { StaffRole } from '@balcao/contracts';
import {
  LoginLimits,
  OneTimeTokens,
  PasswordHasher,
  StaffLoginService,
  type PresentedToken,
  type StaffLogin,
} from '@balcao/module-auth';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Database, sql, systemContext, type Context } from '@balcao/platform-tenancy';

export interface PendingStaffInvitation {
  email: string;
  name: string;
  role: StaffRole;
  organizationName: string;
  invitedByName: string | null;
  expiresAt: Date;
}

/** The invited colleague's side: look, then set a password and be signed in to the console. */
@Injectable()
export class StaffInvitationAcceptanceService {
  constructor(
    private readonly database: Database,
    private readonly tokens: OneTimeTokens,
    private readonly limits: LoginLimits,
    private readonly hasher: PasswordHasher,
    private readonly logins: StaffLoginService,
    private readonly audit: Audit,
  ) {}

  /** What the link is about; changes nothing. @throws DomainError rate_limited, token_invalid */
  async look(context: Context, text: string): Promise<PendingStaffInvitation> {
    await this.limits.spend('reset', 'staff-invitation-look', context.client!.ip);
    const token = await this.inspect(context, text);
    return this.database.read(systemContext(token.organizationId, context), async (db) => {
      const row = await db.first<PendingStaffInvitation>(sql`
        select s.email, s.name, s.role, o.name as "organizationName", i.invited_by_name as "invitedByName",
          i.expires_at as "expiresAt"
        from staff_invitations i
        join organizations o on o.id = i.organization_id
        join staff_users s on s.organization_id = i.organization_id and s.id = i.staff_user_id
        where ${db.tenant('i')} and i.staff_user_id = ${token.subject.id}::uuid`);
      if (!row) throw new DomainError('token_invalid');
      return row;
    });
  }

  /** Of two at once, one wins. @throws DomainError rate_limited, token_invalid, password_too_common */
  async accept(context: Context, input: { token: string; password: string; name?: string }): Promise<StaffLogin> {
    await this.limits.spend('reset', 'staff-invitation', context.client!.ip);
    const token = await this.inspect(context, input.token);
    const passwordHash = await this.hasher.hash(input.password);
    await this.activate(context, token, passwordHash, input.name);
    return this.logins.openFor(context, token.organizationId, token.subject.id);
  }

  private async inspect(context: Context, text: string): Promise<PresentedToken> {
    const token = await this.tokens.inspect(text, 'invitation', context);
    if (token.subject.type !== 'staff_user') throw new DomainError('token_invalid');
    return token;
  }

  private async activate(
    context: Context,
    token: PresentedToken,
    passwordHash: string,
    name: string | undefined,
  ): Promise<void> {
    const { id, credentialVersion } = token.subject;
    const tenantContext = systemContext(token.organizationId, { ...context, actor: { type: 'staff', id } });
    await this.database.transaction(tenantContext, async (db) => {
      // The person first and the link after, in the order in which resending and cancelling lock them.
      const accepted = await db.execute(sql`
        update staff_users s set status = 'active', password_hash = ${passwordHash}, name = coalesce(${name ?? null}, s.name),
          locale = coalesce(s.locale, ${context.locale}), credential_version = s.credential_version + 1
        where ${db.tenant('s')} and s.id = ${id}::uuid and s.status = 'pending_invitation'
          and s.credential_version = ${credentialVersion}`);
      if (accepted !== 1) throw new DomainError('token_invalid');
      await this.tokens.claim(db, token);
      await db.execute(sql`delete from staff_invitations i where ${db.tenant('i')} and i.staff_user_id = ${id}::uuid`);
      await this.audit.record(db, tenantContext, {
        action: 'staff.user.invitation.accept',
        target: { type: 'staff_user', id },
      });
    });
  }
}
