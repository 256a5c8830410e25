import { Injectable } from '@nestjs/common';
import {
  LoginLimits,
  OneTimeTokens,
  PasswordHasher,
  PortalLoginService,
  type PortalLogin,
  type PresentedToken,
} from '@balcao/module-auth';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Database, sql, systemContext, type Context } from '@balcao/platform-tenancy';

export interface PendingInvitation {
  email: string;
  name: string;
  organizationName: string;
  billingAccountName: string;
  invitedByName: string;
  expiresAt: Date;
}

/** The invited person's side (S0.27–28): look, then set a password and be signed in. */
@Injectable()
export class InvitationAcceptanceService {
  constructor(
    private readonly database: Database,
    private readonly tokens: OneTimeTokens,
    private readonly limits: LoginLimits,
    private readonly hasher: PasswordHasher,
    private readonly logins: PortalLoginService,
    private readonly audit: Audit,
  ) {}

  /** What the link is about; changes nothing. @throws DomainError rate_limited, token_invalid */
  async look(context: Context, text: string): Promise<PendingInvitation> {
    await this.limits.spend('reset', 'invitation-look', context.client!.ip);
    const token = await this.tokens.inspect(text, 'invitation', context);
    return this.database.read(systemContext(token.organizationId, context), async (db) => {
      const row = await db.first<PendingInvitation>(sql`
        select i.email, i.name, o.name as "organizationName", a.name as "billingAccountName",
          i.invited_by_name as "invitedByName", i.expires_at as "expiresAt"
        from invitations i
        join organizations o on o.id = i.organization_id
        join billing_accounts a on a.organization_id = i.organization_id and a.id = i.billing_account_id
        where ${db.tenant('i')} and i.portal_user_id = ${token.subject.id}::uuid and i.status = 'pending'`);
      if (!row) throw new DomainError('token_invalid');
      return row;
    });
  }

  /**
   * Of two at once, one wins. The language in which somebody accepts is the one they get mails in.
   * @throws DomainError rate_limited, token_invalid, password_too_common
   */
  async accept(context: Context, input: { token: string; password: string; name?: string }): Promise<PortalLogin> {
    await this.limits.spend('reset', 'invitation', context.client!.ip);
    const token = await this.tokens.inspect(input.token, 'invitation', context);
    const passwordHash = await this.hasher.hash(input.password);
    await this.activate(context, token, passwordHash, input.name);
    return this.logins.openFor(context, token.organizationId, token.portalId, token.subject.id);
  }

  private async activate(
    context: Context,
    token: PresentedToken,
    passwordHash: string,
    name: string | undefined,
  ): Promise<void> {
    const tenantContext = systemContext(token.organizationId, {
      ...context,
      actor: { type: 'user', id: token.subject.id },
    });
    await this.database.transaction(tenantContext, async (db) => {
      await this.tokens.claim(db, token);
      const user = await db.first<{ billing_account_id: string }>(sql`
        update portal_users u set status = 'active', password_hash = ${passwordHash}, name = coalesce(${name ?? null}, u.name),
          locale = coalesce(u.locale, ${context.locale}), credential_version = u.credential_version + 1
        where ${db.tenant('u')} and u.id = ${token.subject.id}::uuid and u.status = 'pending_invitation'
          and u.credential_version = ${token.subject.credentialVersion}
        returning u.billing_account_id`);
      const invitation = await db.first<{ id: string }>(sql`
        update invitations i set status = 'accepted', accepted_at = now()
        where ${db.tenant('i')} and i.portal_user_id = ${token.subject.id}::uuid and i.status = 'pending' returning i.id`);
      if (!user || !invitation) throw new DomainError('token_invalid');
      await this.audit.record(db, tenantContext, {
        action: 'portal.invitation.accept',
        target: { type: 'invitation', id: invitation.id },
        billingAccountId: user.billing_account_id,
      });
    });
  }
}
