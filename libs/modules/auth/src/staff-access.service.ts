import { Injectable } from '@nestjs/common';
import { StaffService, type StaffRow } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import { Lockout } from './lockout.js';

/** What staff do about a colleague's access. */
@Injectable()
export class StaffAccessService {
  constructor(
    private readonly database: Database,
    private readonly staff: StaffService,
    private readonly lockout: Lockout,
    private readonly audit: Audit,
  ) {}

  /** Ends a lock before its time. @throws DomainError not_found, staff_owner_only */
  async unlock(context: OrganizationContext, id: string): Promise<StaffRow> {
    await this.database.transaction(context, async (db) => {
      const { email } = await this.staff.meet(db, context, id);
      await db.execute(sql`
        update staff_users s set status = 'active', locked_until = null
        where ${db.tenant('s')} and s.id = ${id}::uuid and s.status = 'locked'`);
      await this.lockout.unlock(db, 'staff', email);
      await this.audit.record(db, context, {
        action: 'staff.user.unlock',
        target: { type: 'staff_user', id },
      });
    });
    return this.staff.get(context, id);
  }
}
