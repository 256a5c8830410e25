import { Injectable } from '@nestjs/common';
import type { StaffRole } from '@balcao/contracts';
import { OneTimeTokens, PasswordHasher, StaffSignIn, type StaffLogin } from '@balcao/module-auth';
import { staffCredentials } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Database, sql, systemContext, type RequestContext } from '@balcao/platform-tenancy';

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
    private readonly hasher: PasswordHasher,
    private readonly signIn: StaffSignIn,
    private readonly audit: Audit,
  ) {}

  /** What the link is about; changes nothing. @throws DomainError rate_limited, token_invalid */
  async look(context: RequestContext, text: string): Promise<PendingStaffInvitation> {
    const token = await this.tokens.inspect(text, 'invitation', 'staff_user', context);
    return this.database.read(systemContext(token.organizationId, { ...context, clock: token.clock }), async (db) => {
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
  async accept(
    context: RequestContext,
    input: { token: string; password: string; name?: string },
  ): Promise<StaffLogin> {
    const token = await this.tokens.inspectToUse(input.token, 'invitation', 'staff_user', context);
    const { id, credentialVersion } = token.subject;
    const own = systemContext(token.organizationId, { ...context, clock: token.clock });
    const words = await this.database.read(own, (db) => staffCredentials.ownWords(db, id));
    const turn = { lane: `staff/${token.organizationId}` };
    const passwordHash = await this.hasher.hash(input.password, turn, [...words, input.name]);
    return this.signIn.byLink(context, token, async (db, ownContext) => {
      await this.tokens.claim(db, token);
      const person = await staffCredentials.accept(db, id, credentialVersion, {
        passwordHash,
        name: input.name,
        locale: context.locale,
      });
      if (!person) throw new DomainError('token_invalid');
      await db.execute(sql`delete from staff_invitations i where ${db.tenant('i')} and i.staff_user_id = ${id}::uuid`);
      await this.audit.record(db, ownContext, {
        action: 'staff.user.invitation.accept',
        target: { type: 'staff_user', id },
      });
    });
  }
}
