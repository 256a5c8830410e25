import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { requireTimeZone } from '@balcao/module-directory';
import { PortalUserEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Database, type PortalContext } from '@balcao/platform-tenancy';

export interface ProfilePatch {
  name?: string;
  receiveNotifications?: boolean;
  locale?: Locale | null;
  timeZone?: string | null;
}

/** One's own data (S3.62–64, S3.83–84). */
@Injectable()
export class ProfileService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async get(context: PortalContext): Promise<PortalUserEntity> {
    return this.database.read(context, async (db) => {
      const user = await db.repository(PortalUserEntity).findOneBy({ id: context.actor.id });
      if (!user) throw new DomainError('unauthenticated');
      return user;
    });
  }

  /** @throws DomainError validation_failed for a time zone that does not exist */
  async update(context: PortalContext, patch: ProfilePatch): Promise<PortalUserEntity> {
    if (patch.timeZone) requireTimeZone(patch.timeZone);
    return this.database.transaction(context, async (db) => {
      const repository = db.repository(PortalUserEntity);
      const id = context.actor.id;
      const before = await repository.findOneByOrFail({ id });
      if (Object.keys(patch).length > 0) {
        await repository.update({ id }, patch);
        await this.audit.record(db, context, {
          action: 'portal.profile.update',
          target: { type: 'portal_user', id },
          changes: { before: { ...before }, after: { ...before, ...patch } },
        });
      }
      return { ...before, ...patch } as PortalUserEntity;
    });
  }
}
