import { Injectable } from '@nestjs/common';
import { StaffUserEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Mailer } from '@balcao/platform-mail';
import { sessionTokenHash } from '@balcao/platform-state';
import { Database, sql, systemContext, type Context, type StaffPrincipal } from '@balcao/platform-tenancy';
import { Lockout, type LockSubject } from './lockout.js';
import { LoginLimits } from './login-limits.js';
import { PasswordHasher } from './password-hasher.js';
import { PrincipalReader } from './principal-reader.js';
import { runStrategy } from './run-strategy.js';
import { SessionService, type OpenedSession } from './session.service.js';
import { createLocalStrategy, type LocalInput } from './strategies/credentials.strategy.js';
import { TrustedDevices } from './trusted-devices.js';

const MOST_CANDIDATES = 5;
/** Staff are locked by the same rule as customers, with the defaults of decision 11. */
const LOCK_POLICY = { threshold: 10, minutes: 30 };

export interface StaffLoginInput {
  email: string;
  password: string;
  organizationSlug?: string;
  deviceCookie?: string;
}

export interface StaffLogin {
  session: OpenedSession;
  principal: StaffPrincipal;
  deviceCookie: string;
}

interface SigningIn {
  organizationId: string;
  id: string;
  credentialVersion: number;
}

interface CandidateRow {
  organization_id: string;
  organization_slug: string;
  organization_name: string;
  organization_status: string;
  user_id: string;
  password_hash: string | null;
  credential_version: number;
  status: 'active' | 'pending_invitation' | 'suspended' | 'locked';
  locked_until: Date | null;
}

/** Sign-in of staff; their accounts, sessions and cookies are never a customer's. */
@Injectable()
export class StaffLoginService {
  private readonly strategy: ReturnType<typeof createLocalStrategy>;

  constructor(
    private readonly database: Database,
    private readonly limits: LoginLimits,
    private readonly lockout: Lockout,
    private readonly devices: TrustedDevices,
    private readonly sessions: SessionService,
    private readonly principals: PrincipalReader,
    private readonly audit: Audit,
    private readonly mailer: Mailer,
    hasher: PasswordHasher,
  ) {
    this.strategy = createLocalStrategy(hasher);
  }

  /**
   * @throws DomainError rate_limited, account_locked, invalid_credentials, multiple_accounts, organization_suspended,
   *   account_suspended, account_not_active
   */
  async login(context: Context, input: StaffLoginInput): Promise<StaffLogin> {
    await this.limits.spend('login', 'staff', context.client!.ip, input.email);
    const candidates = await this.database.door<CandidateRow>('door_staff_login', [
      input.email,
      input.organizationSlug ?? null,
      MOST_CANDIDATES,
    ]);
    // Counted where exactly one organization can be meant; others meet the rate limits alone.
    const only = candidates.length === 1 ? candidates[0] : undefined;
    const subject: LockSubject = {
      realm: 'staff',
      email: input.email,
      deviceId: only && this.devices.recognize(input.deviceCookie, only.organization_id, input.email),
    };
    const tenantContext = only && systemContext(only.organization_id, context);
    if (tenantContext && (await this.lockout.isLocked(tenantContext, subject))) throw new DomainError('account_locked');

    const attempt: LocalInput<CandidateRow> = {
      body: { email: input.email, password: input.password },
      candidates,
    };
    const matching = await runStrategy<CandidateRow[], typeof attempt>(this.strategy, attempt);
    if (!matching) {
      if (only) await this.recordFailure(context, only, subject);
      throw new DomainError('invalid_credentials');
    }
    if (matching.length > 1)
      throw new DomainError('multiple_accounts', {
        extensions: { accounts: matching.map(choiceOf) },
      });
    const user = matching[0]!;
    requireUsable(user, subject);
    const { organization_id: organizationId, user_id: id, credential_version: credentialVersion } = user;
    return this.open(context, { organizationId, id, credentialVersion }, subject);
  }

  /** Opens the first session of somebody who has just proved control of the mailbox. */
  async openFor(context: Context, organizationId: string, staffId: string): Promise<StaffLogin> {
    const user = await this.database.read(systemContext(organizationId, context), (db) =>
      db.repository(StaffUserEntity).findOneByOrFail({ id: staffId }),
    );
    return this.open(context, { ...user, organizationId }, { realm: 'staff', email: user.email });
  }

  /** Another session for somebody who has just shown their password in this one. */
  async reopen(context: Context, user: SigningIn): Promise<Omit<StaffLogin, 'deviceCookie'>> {
    const session = await this.sessions.openStaff(user, context.client!);
    const principal = await this.principals.bySessionToken('staff', sessionTokenHash(session.token));
    // Suspended, or another password set, between the two.
    if (!principal) throw new DomainError('unauthenticated');
    return { session, principal };
  }

  private async open(context: Context, user: SigningIn, subject: LockSubject): Promise<StaffLogin> {
    const tenantContext = systemContext(user.organizationId, {
      ...context,
      actor: { type: 'staff', id: user.id },
    });
    await this.database.transaction(tenantContext, async (db) => {
      await this.lockout.forgive(db, subject);
      await db.execute(sql`
        update staff_users s set last_login_at = now(),
          status = case when s.locked_until <= now() then 'active' else s.status end,
          locked_until = case when s.locked_until <= now() then null else s.locked_until end
        where ${db.tenant('s')} and s.id = ${user.id}::uuid`);
      await this.audit.record(db, tenantContext, {
        action: 'staff.login',
        target: { type: 'staff_user', id: user.id },
      });
    });
    await this.limits.clear('login', 'staff', subject.email);
    return {
      ...(await this.reopen(context, user)),
      deviceCookie: this.devices.issue(user.organizationId, subject.email, subject.deviceId),
    };
  }

  private async recordFailure(context: Context, user: CandidateRow, subject: LockSubject): Promise<void> {
    const tenantContext = systemContext(user.organization_id, context);
    await this.database.transaction(tenantContext, async (db) => {
      const lockedUntil = await this.lockout.recordFailure(db, subject, LOCK_POLICY);
      if (!lockedUntil || subject.deviceId) return;
      const locked = await db.first<{
        name: string;
        locale: 'pt-BR' | 'en-US' | null;
      }>(sql`
        update staff_users s set status = 'locked', locked_until = ${lockedUntil}
        where ${db.tenant('s')} and s.id = ${user.user_id}::uuid and s.status = 'active' returning s.name, s.locale`);
      if (!locked) return;
      await this.audit.record(db, tenantContext, {
        action: 'staff.user.locked',
        target: { type: 'staff_user', id: user.user_id },
      });
      await this.mailer.enqueue(db, tenantContext, {
        template: 'account-locked',
        businessKey: `account-locked:${user.user_id}:${lockedUntil.getTime()}`,
        recipient: {
          email: subject.email,
          name: locked.name,
          locale: locked.locale ?? 'pt-BR',
        },
        ids: { staffId: user.user_id },
      });
    });
  }
}

function requireUsable(user: CandidateRow, subject: LockSubject): void {
  if (user.organization_status !== 'active') throw new DomainError('organization_suspended');
  if (user.status === 'suspended') throw new DomainError('account_suspended');
  if (user.status === 'pending_invitation') throw new DomainError('account_not_active');
  const lockHolds = user.status === 'locked' && (!user.locked_until || user.locked_until > new Date());
  if (lockHolds && !subject.deviceId) throw new DomainError('account_locked');
}

const choiceOf = (row: CandidateRow) => ({
  organizationId: row.organization_id,
  organizationSlug: row.organization_slug,
  organizationName: row.organization_name,
});
