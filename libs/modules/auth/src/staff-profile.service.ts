import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { StaffUserEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Mailer } from '@balcao/platform-mail';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import { LoginLimits } from './login-limits.js';
import { PasswordHasher } from './password-hasher.js';
import { SessionService } from './session.service.js';
import { StaffLoginService, type StaffLogin } from './staff-login.service.js';

export interface StaffProfilePatch {
  name?: string;
  locale?: Locale | null;
}

/** What staff change about themselves. Role and status are others' business. */
@Injectable()
export class StaffProfileService {
  constructor(
    private readonly database: Database,
    private readonly limits: LoginLimits,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionService,
    private readonly logins: StaffLoginService,
    private readonly audit: Audit,
    private readonly mailer: Mailer,
  ) {}

  async update(context: OrganizationContext, patch: StaffProfilePatch): Promise<StaffUserEntity> {
    return this.database.transaction(context, async (db) => {
      const repository = db.repository(StaffUserEntity);
      const id = context.actor.id!;
      const before = await repository.findOneByOrFail({ id });
      if (Object.keys(patch).length > 0) {
        await repository.update({ id }, patch);
        await this.audit.record(db, context, {
          action: 'staff.profile.update',
          target: { type: 'staff_user', id },
          changes: { before: { ...before }, after: { ...before, ...patch } },
        });
      }
      return { ...before, ...patch };
    });
  }

  /**
   * Changes one's own password. Every session ends, and the one that asked goes on as a new one.
   * @throws DomainError rate_limited, wrong_current_password (403), password_too_common, conflict
   */
  async changePassword(
    context: OrganizationContext,
    input: { currentPassword: string; newPassword: string },
  ): Promise<Omit<StaffLogin, 'deviceCookie'>> {
    const id = context.actor.id!;
    await this.limits.spend('reset', 'staff-change', context.client!.ip, id);
    const stored = await this.database.read(context, (db) =>
      db.first<{ password_hash: string | null }>(sql`
        select s.password_hash from staff_users s where ${db.tenant('s')} and s.id = ${id}::uuid`),
    );
    if (!(await this.hasher.matches(input.currentPassword, stored?.password_hash))) throw wrongPassword();
    const passwordHash = await this.hasher.hash(input.newPassword);
    const credentialVersion = await this.database.transaction(context, async (db) => {
      // The hash that was compared must still be the one that is replaced.
      const user = await db.first<{ email: string; name: string; locale: Locale | null; version: number }>(sql`
        update staff_users s set password_hash = ${passwordHash}, credential_version = s.credential_version + 1
        where ${db.tenant('s')} and s.id = ${id}::uuid and s.password_hash = ${stored!.password_hash}
        returning s.email, s.name, s.locale, s.credential_version as version`);
      if (!user) throw new DomainError('conflict');
      await this.audit.record(db, context, {
        action: 'staff.profile.password.change',
        target: { type: 'staff_user', id },
      });
      await this.mailer.enqueue(db, context, {
        template: 'password-changed',
        businessKey: `password-changed:${id}:${context.requestId}`,
        recipient: { email: user.email, name: user.name, locale: user.locale ?? context.locale },
        ids: { staffId: id },
      });
      return user.version;
    });
    await this.sessions.endAllOf('staff', id);
    return this.logins.reopen(context, { organizationId: context.organizationId, id, credentialVersion });
  }
}

function wrongPassword(): DomainError {
  return new DomainError('wrong_current_password', {
    fields: [{ path: 'currentPassword', code: 'mismatch' }],
  });
}
