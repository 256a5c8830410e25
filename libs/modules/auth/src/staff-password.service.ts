import { Injectable } from '@nestjs/common';
import { StaffUserEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Mailer } from '@balcao/platform-mail';
import { Database, sql, systemContext, type Context } from '@balcao/platform-tenancy';
import { Lockout } from './lockout.js';
import { LoginLimits } from './login-limits.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { PasswordHasher } from './password-hasher.js';
import { SessionService } from './session.service.js';
import { inSteadyTime } from './steady-time.js';

const MOST_ACCOUNTS = 5;

interface StaffRow {
  organization_id: string;
  organization_status: string;
  user_id: string;
  status: string;
}

/** Forgotten passwords of staff, by the same rules as customers'. */
@Injectable()
export class StaffPasswordService {
  constructor(
    private readonly database: Database,
    private readonly limits: LoginLimits,
    private readonly lockout: Lockout,
    private readonly tokens: OneTimeTokens,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionService,
    private readonly audit: Audit,
    private readonly mailer: Mailer,
  ) {}

  /** @throws DomainError rate_limited */
  async forgot(context: Context, input: { email: string; organizationSlug?: string }): Promise<void> {
    await this.limits.spend('forgot', 'staff', context.client!.ip, input.email);
    await inSteadyTime(async () => {
      const candidates = await this.database.door<StaffRow>('door_staff_login', [
        input.email,
        input.organizationSlug ?? null,
        MOST_ACCOUNTS,
      ]);
      for (const candidate of candidates) {
        if (candidate.organization_status === 'active' && ['active', 'locked'].includes(candidate.status)) {
          await this.mailResetLink(context, candidate);
        }
      }
    });
  }

  /** @throws DomainError rate_limited, token_invalid, password_too_common */
  async reset(context: Context, input: { token: string; password: string }): Promise<void> {
    await this.limits.spend('reset', 'staff', context.client!.ip);
    const token = await this.tokens.inspect(input.token, 'password_reset', context);
    if (token.subject.type !== 'staff_user') throw new DomainError('token_invalid');
    const passwordHash = await this.hasher.hash(input.password);
    const tenantContext = systemContext(token.organizationId, {
      ...context,
      actor: { type: 'staff', id: token.subject.id },
    });
    await this.database.transaction(tenantContext, async (db) => {
      await this.tokens.claim(db, token);
      const user = await db.first<{ email: string }>(sql`
        update staff_users s set password_hash = ${passwordHash}, credential_version = s.credential_version + 1,
          status = case when s.status = 'locked' then 'active' else s.status end, locked_until = null
        where ${db.tenant('s')} and s.id = ${token.subject.id}::uuid and s.credential_version = ${token.subject.credentialVersion}
          and s.status in ('active', 'locked')
        returning s.email`);
      if (!user) throw new DomainError('token_invalid');
      await this.lockout.unlock(db, 'staff', user.email);
      await this.audit.record(db, tenantContext, {
        action: 'staff.password.reset',
        target: { type: 'staff_user', id: token.subject.id },
      });
    });
    await this.sessions.endAllOf('staff', token.subject.id);
  }

  private async mailResetLink(context: Context, candidate: StaffRow): Promise<void> {
    const tenantContext = systemContext(candidate.organization_id, context);
    await this.database.transaction(tenantContext, async (db) => {
      const user = await db.repository(StaffUserEntity).findOneByOrFail({ id: candidate.user_id });
      const subject = {
        type: 'staff_user' as const,
        id: user.id,
        credentialVersion: user.credentialVersion,
      };
      const tokenId = await this.tokens.issue(db, 'password_reset', subject);
      await this.audit.record(db, tenantContext, {
        action: 'staff.password.reset_requested',
        target: { type: 'staff_user', id: user.id },
      });
      await this.mailer.enqueue(db, tenantContext, {
        template: 'password-reset',
        businessKey: `password-reset:${tokenId}`,
        recipient: {
          email: user.email,
          name: user.name,
          locale: user.locale ?? context.locale,
        },
        ids: { tokenId },
      });
    });
  }
}
