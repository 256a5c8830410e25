import { Injectable } from '@nestjs/common';
import {
  PortalUserService,
  StaffService,
  portalUserCredentials,
  staffCredentials,
  type NewPortalUser,
  type PortalUserRow,
  type StaffRow,
} from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { found } from '@balcao/platform-errors';
import { Database, type OrganizationContext, type StaffContext } from '@balcao/platform-tenancy';
import { Lockout } from '../sign-in/lockout.js';
import { PasswordHasher } from './password-hasher.js';

/** What staff do about the access of others: create a customer's with a password, unlock theirs and colleagues'. */
@Injectable()
export class AccessService {
  constructor(
    private readonly database: Database,
    private readonly users: PortalUserService,
    private readonly staff: StaffService,
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
    const turn = { lane: `portal/${context.organizationId}` };
    const passwordHash = await this.hasher.hash(password, turn, [fields.email, fields.name, fields.username]);
    const id = await this.database.transaction(context, async (db) => {
      const userId = await this.users.insert(db, { ...fields, status: 'active', passwordHash });
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
    const finish = await this.database.transaction(context, async (db) => {
      const user = found(await portalUserCredentials.unlock(db, id));
      await this.audit.record(db, context, {
        action: 'staff.portal_user.unlock',
        target: { type: 'portal_user', id },
        billingAccountId: user.billingAccountId!,
      });
      return this.lockout.unlock(db, 'portal', context.organizationId, user);
    });
    await finish();
    return this.users.get(context, id);
  }

  /** The same for a colleague. @throws DomainError not_found, staff_owner_only */
  async unlockStaff(context: StaffContext, id: string): Promise<StaffRow> {
    const finish = await this.database.transaction(context, async (db) => {
      const colleague = await this.staff.meet(db, context, id);
      await staffCredentials.unlock(db, id);
      await this.audit.record(db, context, { action: 'staff.user.unlock', target: { type: 'staff_user', id } });
      return this.lockout.unlock(db, 'staff', context.organizationId, colleague);
    });
    await finish();
    return this.staff.get(context, id);
  }
}
