import { Injectable } from '@nestjs/common';
import { PortalUserService, type NewPortalUser, type PortalUserRow } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import { Lockout } from './lockout.js';
import { PasswordHasher } from './password-hasher.js';

/** What staff do about a user's access: create with a password (S2.10), unlock. */
@Injectable()
export class PortalUserAccessService {
  constructor(
    private readonly database: Database,
    private readonly users: PortalUserService,
    private readonly hasher: PasswordHasher,
    private readonly lockout: Lockout,
    private readonly audit: Audit,
  ) {}

  /** @throws DomainError email_taken, username_taken, validation_failed, password_too_common */
  async create(
    context: OrganizationContext,
    fields: Omit<NewPortalUser, 'status' | 'passwordHash'>,
    password: string,
  ): Promise<PortalUserRow> {
    const passwordHash = await this.hasher.hash(password);
    const id = await this.database.transaction(context, async (db) => {
      const userId = await this.users.insert(db, {
        ...fields,
        status: 'active',
        passwordHash,
      });
      await this.audit.record(db, context, {
        action: 'staff.portal_user.create',
        target: { type: 'portal_user', id: userId },
        billingAccountId: fields.billingAccountId,
        changes: { after: fields },
      });
      return userId;
    });
    return this.users.get(context, id);
  }

  /** Ends a lock before its time. @throws DomainError not_found */
  async unlock(context: OrganizationContext, id: string): Promise<PortalUserRow> {
    await this.database.transaction(context, async (db) => {
      const user = await db.first<{
        email: string;
        billing_account_id: string;
      }>(sql`
        update portal_users u set status = case when u.status = 'locked' then 'active' else u.status end, locked_until = null
        where ${db.account('u')} and u.id = ${id}::uuid returning u.email, u.billing_account_id`);
      if (!user) throw new DomainError('not_found');
      await this.lockout.unlock(db, 'portal', user.email);
      await this.audit.record(db, context, {
        action: 'staff.portal_user.unlock',
        target: { type: 'portal_user', id },
        billingAccountId: user.billing_account_id,
      });
    });
    return this.users.get(context, id);
  }
}
