import { Injectable } from '@nestjs/common';
import { StaffService, staffCredentials, type StaffRow } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { Database, type StaffContext } from '@balcao/platform-tenancy';
import { Lockout } from '../sign-in/lockout.js';

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
  async unlock(context: StaffContext, id: string): Promise<StaffRow> {
    await this.database.transaction(context, async (db) => {
      await this.staff.meet(db, context, id);
      await staffCredentials.unlock(db, id);
      await this.lockout.unlock(db, { realm: 'staff', organizationId: context.organizationId, who: id });
      await this.audit.record(db, context, { action: 'staff.user.unlock', target: { type: 'staff_user', id } });
    });
    return this.staff.get(context, id);
  }
}
