import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { PortalFinder, featuresOf } from '@balcao/module-directory';
import { PortalEntity, PortalUserEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Mailer } from '@balcao/platform-mail';
import {
  Database,
  sql,
  systemContext,
  type Context,
  type OrganizationContext,
  type AddressedTenant,
} from '@balcao/platform-tenancy';
import { Lockout } from './lockout.js';
import { LoginLimits } from './login-limits.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { PasswordHasher } from './password-hasher.js';
import { SessionService } from './session.service.js';
import { inSteadyTime } from './steady-time.js';

/** Accounts of one e-mail that get a reset link at most, where the organization is not known. */
const MOST_ACCOUNTS = 5;

interface ResetCandidate {
  organization_id: string;
  organization_status: string;
  user_id: string;
  credential_version: number;
  status: string;
  sso_only: boolean;
}

/** Forgotten, reset and changed passwords of portal users (S3.65–67, S3.70–71). */
@Injectable()
export class PasswordService {
  constructor(
    private readonly database: Database,
    private readonly portals: PortalFinder,
    private readonly limits: LoginLimits,
    private readonly lockout: Lockout,
    private readonly tokens: OneTimeTokens,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionService,
    private readonly audit: Audit,
    private readonly mailer: Mailer,
  ) {}

  /**
   * Mails a link to each account that the e-mail has, unless its portal has resets switched off. Says the same, in about the same time, whether there is one.
   * @throws DomainError rate_limited, tenant_mismatch
   */
  async forgot(
    context: Context,
    tenant: AddressedTenant | undefined,
    input: { email: string; organizationSlug?: string },
  ): Promise<void> {
    await this.limits.spend('forgot', 'portal', context.client!.ip, input.email);
    if (tenant && input.organizationSlug && tenant.organization.slug !== input.organizationSlug)
      throw new DomainError('tenant_mismatch');
    await inSteadyTime(async () => {
      const candidates = await this.database.door<ResetCandidate>('door_portal_login', [
        input.email,
        tenant?.organization.id ?? null,
        input.organizationSlug ?? null,
        null,
        MOST_ACCOUNTS,
      ]);
      for (const candidate of candidates) {
        const canReset =
          candidate.organization_status === 'active' &&
          !candidate.sso_only &&
          ['active', 'locked'].includes(candidate.status);
        if (canReset) await this.mailResetLink(context, candidate, tenant);
      }
    });
  }

  /**
   * Sets a new password by the link of the mail; ends every session and lock.
   * @throws DomainError rate_limited, token_invalid, password_too_common, PORTAL_PASSWORD_RESET_DISABLED
   */
  async reset(context: Context, input: { token: string; password: string }): Promise<void> {
    await this.limits.spend('reset', 'portal', context.client!.ip);
    const token = await this.tokens.inspect(input.token, 'password_reset', context);
    if (token.subject.type !== 'portal_user') throw new DomainError('token_invalid');
    const passwordHash = await this.hasher.hash(input.password);
    const tenantContext = systemContext(token.organizationId, {
      ...context,
      actor: { type: 'user', id: token.subject.id },
    });
    await this.database.transaction(tenantContext, async (db) => {
      // Where the address names no portal, the link does.
      const portal = await db
        .repository(PortalEntity)
        .findOneByOrFail(token.portalId ? { id: token.portalId } : { isDefault: true });
      if (!featuresOf(portal.features).passwordReset) throw new DomainError('PORTAL_PASSWORD_RESET_DISABLED');
      await this.tokens.claim(db, token);
      const user = await db.first<{
        id: string;
        email: string;
        billing_account_id: string;
      }>(sql`
        update portal_users u set password_hash = ${passwordHash}, credential_version = u.credential_version + 1,
          status = case when u.status = 'locked' then 'active' else u.status end, locked_until = null
        where ${db.tenant('u')} and u.id = ${token.subject.id}::uuid and u.credential_version = ${token.subject.credentialVersion}
          and u.status in ('active', 'locked')
        returning u.id, u.email, u.billing_account_id`);
      if (!user) throw new DomainError('token_invalid');
      await this.lockout.unlock(db, 'portal', user.email);
      await this.audit.record(db, tenantContext, {
        action: 'portal.password.reset',
        target: { type: 'portal_user', id: user.id },
        billingAccountId: user.billing_account_id,
      });
    });
    await this.sessions.endAllOf('portal', token.subject.id);
  }

  /**
   * Changes one's own password; ends all of one's sessions, this one included (S3.67).
   * @throws DomainError rate_limited, wrong_current_password (403), password_too_common
   */
  async change(context: OrganizationContext, input: { currentPassword: string; newPassword: string }): Promise<void> {
    const userId = context.actor.id!;
    await this.limits.spend('reset', 'portal-change', context.client!.ip, userId);
    const stored = await this.database.read(context, (db) =>
      db.first<{ password_hash: string | null }>(sql`
        select u.password_hash from portal_users u where ${db.account('u')} and u.id = ${userId}::uuid`),
    );
    if (!(await this.hasher.matches(input.currentPassword, stored?.password_hash))) {
      throw new DomainError('wrong_current_password', {
        fields: [{ path: 'currentPassword', code: 'mismatch' }],
      });
    }
    const passwordHash = await this.hasher.hash(input.newPassword);
    await this.database.transaction(context, async (db) => {
      // The hash that was compared must still be the one that is replaced.
      const user = await db.first<{
        email: string;
        name: string;
        locale: Locale | null;
      }>(sql`
        update portal_users u set password_hash = ${passwordHash}, credential_version = u.credential_version + 1
        where ${db.account('u')} and u.id = ${userId}::uuid and u.password_hash = ${stored!.password_hash}
        returning u.email, u.name, u.locale`);
      if (!user) throw new DomainError('conflict');
      await this.audit.record(db, context, {
        action: 'portal.profile.password.change',
        target: { type: 'portal_user', id: userId },
      });
      await this.mailer.enqueue(db, context, {
        template: 'password-changed',
        businessKey: `password-changed:${userId}:${context.requestId}`,
        recipient: {
          email: user.email,
          name: user.name,
          locale: user.locale ?? context.locale,
        },
        ids: { userId, portalId: context.portalId! },
      });
    });
    await this.sessions.endAllOf('portal', userId);
  }

  private async mailResetLink(
    context: Context,
    candidate: ResetCandidate,
    addressed: AddressedTenant | undefined,
  ): Promise<void> {
    const tenantContext = systemContext(candidate.organization_id, context);
    const portal = addressed ?? (await this.portals.ofOrganization({ id: candidate.organization_id }))!;
    if (!portal.features.passwordReset) return;
    const portalId = portal.portal.id;
    await this.database.transaction(tenantContext, async (db) => {
      const user = await db.repository(PortalUserEntity).findOneByOrFail({ id: candidate.user_id });
      const tokenId = await this.tokens.issue(
        db,
        'password_reset',
        {
          type: 'portal_user',
          id: user.id,
          credentialVersion: user.credentialVersion,
        },
        portalId,
      );
      await this.audit.record(db, tenantContext, {
        action: 'portal.password.reset_requested',
        target: { type: 'portal_user', id: user.id },
        billingAccountId: user.billingAccountId,
      });
      await this.mailer.enqueue(db, tenantContext, {
        template: 'password-reset',
        businessKey: `password-reset:${tokenId}`,
        recipient: {
          email: user.email,
          name: user.name,
          locale: user.locale ?? context.locale,
        },
        ids: { tokenId, portalId },
      });
    });
  }
}
