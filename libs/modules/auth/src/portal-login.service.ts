import { Injectable } from '@nestjs/common';
import { PortalFinder, type FoundPortal } from '@balcao/module-directory';
import { PortalUserEntity } from '@balcao/module-directory/entities';
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
  type PortalPrincipal,
} from '@balcao/platform-tenancy';
import { AccessTokens } from './access-tokens.js';
import { Lockout, type LockSubject } from './lockout.js';
import { LoginLimits } from './login-limits.js';
import { PasswordHasher } from './password-hasher.js';
import { PrincipalReader } from './principal-reader.js';
import { runStrategy } from './run-strategy.js';
import { SessionService, type OpenedSession } from './session.service.js';
import { createLocalStrategy, type LocalInput } from './strategies/credentials.strategy.js';
import { TrustedDevices } from './trusted-devices.js';

/** At most so many hashes are compared where the organization is not known (decision 11). */
const MOST_CANDIDATES = 5;

export interface PortalLoginInput {
  email: string;
  password: string;
  organizationId?: string;
  organizationSlug?: string;
  billingAccountId?: string;
  /** Value of the device cookie, if any. */
  deviceCookie?: string;
}

export interface PortalLogin {
  session: OpenedSession;
  principal: PortalPrincipal;
  jwt: string;
  deviceCookie: string;
}

interface CandidateRow {
  organization_id: string;
  organization_slug: string;
  organization_name: string;
  organization_status: string;
  billing_account_id: string;
  billing_account_name: string;
  user_id: string;
  password_hash: string | null;
  credential_version: number;
  status: 'active' | 'pending_verification' | 'pending_invitation' | 'suspended' | 'locked';
  locked_until: Date | null;
  sso_only: boolean;
}

/** Sign-in of portal users by e-mail (or username) and password: decisions 2–4, 8, 11. */
@Injectable()
export class PortalLoginService {
  private readonly strategy: ReturnType<typeof createLocalStrategy>;

  constructor(
    private readonly database: Database,
    private readonly portals: PortalFinder,
    private readonly limits: LoginLimits,
    private readonly lockout: Lockout,
    private readonly devices: TrustedDevices,
    private readonly sessions: SessionService,
    private readonly principals: PrincipalReader,
    private readonly tokens: AccessTokens,
    private readonly audit: Audit,
    private readonly mailer: Mailer,
    hasher: PasswordHasher,
  ) {
    this.strategy = createLocalStrategy(hasher);
  }

  /**
   * @throws DomainError rate_limited, tenant_mismatch, account_locked, invalid_credentials, multiple_accounts,
   *   organization_suspended, account_suspended, account_not_active, sso_required
   */
  async login(context: Context, tenant: AddressedTenant | undefined, input: PortalLoginInput): Promise<PortalLogin> {
    await this.limits.spend('login', 'portal', context.client!.ip, input.email);
    const organization = await this.organizationOf(tenant, input);
    const tenantContext = organization && systemContext(organization.organization.id, context);
    const subject = this.lockSubject(organization, input);
    if (tenantContext && (await this.lockout.isLocked(tenantContext, subject))) throw new DomainError('account_locked');

    const matching = await this.matchingCandidates(input, organization);
    if (!matching) {
      if (tenantContext && organization) await this.recordFailure(tenantContext, organization, subject);
      throw new DomainError('invalid_credentials');
    }
    if (matching.length > 1)
      throw new DomainError('multiple_accounts', {
        extensions: { accounts: matching.map(choiceOf) },
      });
    const user = matching[0]!;
    this.requireUsable(user, subject);
    return this.open(context, user, organization, input);
  }

  /** Opens the first session of somebody who has just proved control of the mailbox. */
  async openFor(
    context: Context,
    organizationId: string,
    portalId: string | null,
    userId: string,
  ): Promise<PortalLogin> {
    const organization = await this.portals.ofOrganization({
      id: organizationId,
    });
    const tenantContext = systemContext(organizationId, context);
    const user = await this.database.read(tenantContext, (db) =>
      db.repository(PortalUserEntity).findOneBy({ id: userId }),
    );
    if (!organization || !user) throw new DomainError('invalid_credentials');
    return this.start(
      {
        ...tenantContext,
        actor: { type: 'user', id: user.id, name: user.name },
      },
      { ...user, organizationId, portalId: portalId ?? organization.portal.id },
      organization,
    );
  }

  private async organizationOf(
    tenant: AddressedTenant | undefined,
    input: PortalLoginInput,
  ): Promise<FoundPortal | undefined> {
    if (tenant) {
      const named = tenant.organization;
      const contradicts =
        (input.organizationId !== undefined && input.organizationId !== named.id) ||
        (input.organizationSlug !== undefined && input.organizationSlug !== named.slug);
      if (contradicts) throw new DomainError('tenant_mismatch');
      return tenant as FoundPortal;
    }
    if (!input.organizationId && !input.organizationSlug) return undefined;
    return this.portals.ofOrganization({
      id: input.organizationId,
      slug: input.organizationSlug,
    });
  }

  private async matchingCandidates(
    input: PortalLoginInput,
    organization: FoundPortal | undefined,
  ): Promise<CandidateRow[] | undefined> {
    const namedButUnknown =
      !organization && (input.organizationId !== undefined || input.organizationSlug !== undefined);
    const candidates = namedButUnknown
      ? []
      : await this.database.door<CandidateRow>('door_portal_login', [
          input.email,
          organization?.organization.id ?? null,
          null,
          input.billingAccountId ?? null,
          MOST_CANDIDATES,
        ]);
    const attempt: LocalInput<CandidateRow> = {
      body: { email: input.email, password: input.password },
      candidates,
    };
    return runStrategy<CandidateRow[], typeof attempt>(this.strategy, attempt);
  }

  private lockSubject(organization: FoundPortal | undefined, { email, deviceCookie }: PortalLoginInput): LockSubject {
    const deviceId = organization && this.devices.recognize(deviceCookie, organization.organization.id, email);
    return { realm: 'portal', email, deviceId };
  }

  private async recordFailure(
    context: OrganizationContext,
    organization: FoundPortal,
    subject: LockSubject,
  ): Promise<void> {
    const { lockThreshold, lockMinutes } = organization.security;
    await this.database.transaction(context, async (db) => {
      const lockedUntil = await this.lockout.recordFailure(db, subject, {
        threshold: lockThreshold,
        minutes: lockMinutes,
      });
      // A known device locks only itself.
      if (!lockedUntil || subject.deviceId) return;
      const users = await db.query<{
        id: string;
        name: string;
        billing_account_id: string;
        locale: 'pt-BR' | 'en-US' | null;
      }>(sql`
        update portal_users u set status = 'locked', locked_until = ${lockedUntil}
        where ${db.tenant('u')} and u.email = ${subject.email} and u.status = 'active'
        returning u.id, u.name, u.billing_account_id, u.locale`);
      for (const user of users) {
        await this.audit.record(db, context, {
          action: 'portal.user.locked',
          target: { type: 'portal_user', id: user.id },
          billingAccountId: user.billing_account_id,
        });
      }
      const [first] = users;
      if (first) {
        await this.mailer.enqueue(db, context, {
          template: 'account-locked',
          businessKey: `account-locked:${first.id}:${lockedUntil.getTime()}`,
          recipient: {
            email: subject.email,
            name: first.name,
            locale: first.locale ?? organization.organization.locale,
          },
          ids: { userId: first.id, portalId: organization.portal.id },
        });
      }
    });
  }

  private requireUsable(user: CandidateRow, subject: LockSubject): void {
    if (user.organization_status !== 'active') throw new DomainError('organization_suspended');
    if (user.status === 'suspended') throw new DomainError('account_suspended');
    if (user.status === 'pending_invitation' || user.status === 'pending_verification')
      throw new DomainError('account_not_active');
    const lockHolds = user.status === 'locked' && (!user.locked_until || user.locked_until > new Date());
    if (lockHolds && !subject.deviceId) throw new DomainError('account_locked');
    if (user.sso_only) throw new DomainError('sso_required');
  }

  private async open(
    context: Context,
    user: CandidateRow,
    known: FoundPortal | undefined,
    input: PortalLoginInput,
  ): Promise<PortalLogin> {
    const organization = known ?? (await this.portals.ofOrganization({ id: user.organization_id }));
    if (!organization) throw new DomainError('invalid_credentials');
    await this.limits.clear('login', 'portal', input.email);
    return this.start(
      systemContext(user.organization_id, {
        ...context,
        actor: { type: 'user', id: user.user_id },
      }),
      {
        id: user.user_id,
        organizationId: user.organization_id,
        billingAccountId: user.billing_account_id,
        portalId: organization.portal.id,
        credentialVersion: user.credential_version,
        email: input.email,
      },
      organization,
      this.devices.recognize(input.deviceCookie, user.organization_id, input.email),
    );
  }

  private async start(
    context: OrganizationContext,
    user: {
      id: string;
      organizationId: string;
      portalId: string;
      billingAccountId: string;
      credentialVersion: number;
      email: string;
    },
    organization: FoundPortal,
    deviceId?: string,
  ): Promise<PortalLogin> {
    await this.database.transaction(context, async (db) => {
      await this.lockout.forgive(db, {
        realm: 'portal',
        email: user.email,
        deviceId,
      });
      await db.execute(sql`
        update portal_users u set last_login_at = now(),
          status = case when u.locked_until <= now() then 'active' else u.status end,
          locked_until = case when u.locked_until <= now() then null else u.locked_until end
        where ${db.tenant('u')} and u.id = ${user.id}::uuid`);
      await this.audit.record(db, context, {
        action: 'portal.login',
        target: { type: 'portal_user', id: user.id },
        billingAccountId: user.billingAccountId,
      });
    });
    const session = await this.sessions.openPortal(user, context.client!, organization.security.sessionAbsoluteDays);
    const principal = await this.principals.bySessionId(session.id);
    if (!principal) throw new DomainError('invalid_credentials');
    const jwt = await this.tokens.issue(
      {
        sub: user.id,
        email: principal.user.email,
        displayName: principal.user.name,
        customerId: user.billingAccountId,
        tenantId: user.organizationId,
        portal: true,
        sid: session.id,
      },
      session.expiresAt,
    );
    return {
      session,
      principal,
      jwt,
      deviceCookie: this.devices.issue(user.organizationId, user.email, deviceId),
    };
  }
}

const choiceOf = (row: CandidateRow) => ({
  organizationId: row.organization_id,
  organizationSlug: row.organization_slug,
  organizationName: row.organization_name,
  billingAccountId: row.billing_account_id,
  billingAccountName: row.billing_account_name,
});
