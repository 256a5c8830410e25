import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { StaffUserEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { Database, type StaffContext } from '@balcao/platform-tenancy';

export interface StaffProfilePatch {
  name?: string;
  locale?: Locale | null;
}

/** What staff change about themselves. Role and status are others' business. */
@Injectable()
export class StaffProfileService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async update(context: StaffContext, patch: StaffProfilePatch): Promise<StaffUserEntity> {
    return this.database.transaction(context, async (db) => {
      const repository = db.repository(StaffUserEntity);
      const id = context.actor.id;
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
}
