import { Injectable } from '@nestjs/common';
import { PortalUserEntity } from '@balcao/module-directory/entities';
import { PortalFinder } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Mailer } from '@balcao/platform-mail';
import {
  Database,
  sql,
  systemContext,
  type Context,
  type Db,
  type OrganizationContext,
  type AddressedTenant,
} from '@balcao/platform-tenancy';
import { LoginLimits } from './login-limits.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { inSteadyTime } from './steady-time.js';

const MOST_ACCOUNTS = 5;

/** Proof that an e-mail address reaches its user (S0.16, S0.23, S0.37–38). */
@Injectable()
export class EmailVerificationService {
  constructor(
    private readonly database: Database,
    private readonly portals: PortalFinder,
    private readonly limits: LoginLimits,
    private readonly tokens: OneTimeTokens,
    private readonly audit: Audit,
    private readonly mailer: Mailer,
  ) {}

  /** Mails a verification link within the caller's transaction. */
  async request(db: Db, context: OrganizationContext, user: PortalUserEntity, portalId: string): Promise<void> {
    const subject = {
      type: 'portal_user' as const,
      id: user.id,
      credentialVersion: user.credentialVersion,
    };
    const tokenId = await this.tokens.issue(db, 'email_verification', subject, portalId);
    await this.mailer.enqueue(db, context, {
      template: 'email-verification',
      businessKey: `email-verification:${tokenId}`,
      recipient: {
        email: user.email,
        name: user.name,
        locale: user.locale ?? context.locale,
      },
      ids: { tokenId, portalId },
    });
  }

  /** Makes a pending user active. @throws DomainError rate_limited, token_invalid */
  async verify(context: Context, text: string): Promise<void> {
    await this.limits.spend('reset', 'verify', context.client!.ip);
    const token = await this.tokens.inspect(text, 'email_verification', context);
    const tenantContext = systemContext(token.organizationId, {
      ...context,
      actor: { type: 'user', id: token.subject.id },
    });
    await this.database.transaction(tenantContext, async (db) => {
      await this.tokens.claim(db, token);
      const user = await db.first<{ billing_account_id: string }>(sql`
        update portal_users u set status = 'active' where ${db.tenant('u')} and u.id = ${token.subject.id}::uuid
          and u.credential_version = ${token.subject.credentialVersion} and u.status = 'pending_verification'
        returning u.billing_account_id`);
      if (!user) throw new DomainError('token_invalid');
      await this.audit.record(db, tenantContext, {
        action: 'portal.email.verified',
        target: { type: 'portal_user', id: token.subject.id },
        billingAccountId: user.billing_account_id,
      });
    });
  }

  /** Mails a new link to each pending account of an e-mail; says the same whether there is one. @throws DomainError rate_limited */
  async resend(context: Context, tenant: AddressedTenant | undefined, email: string): Promise<void> {
    await this.limits.spend('forgot', 'verify', context.client!.ip, email);
    await inSteadyTime(async () => {
      const candidates = await this.database.door<{
        organization_id: string;
        user_id: string;
        status: string;
      }>('door_portal_login', [email, tenant?.organization.id ?? null, null, null, MOST_ACCOUNTS]);
      for (const candidate of candidates.filter(({ status }) => status === 'pending_verification')) {
        const portal = await this.portals.ofOrganization({
          id: candidate.organization_id,
        });
        if (portal?.organization.status !== 'active') continue;
        const tenantContext = systemContext(candidate.organization_id, context);
        await this.database.transaction(tenantContext, async (db) => {
          const user = await db.repository(PortalUserEntity).findOneByOrFail({ id: candidate.user_id });
          await this.request(db, tenantContext, user, tenant?.portal.id ?? portal.portal.id);
        });
      }
    });
  }
}
