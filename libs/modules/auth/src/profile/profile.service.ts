import { Injectable, type Type } from '@nestjs/common';
import type { AuditAction, Locale } from '@balcao/contracts';
import { PortalUserService, canonicalTimeZone } from '@balcao/module-directory';
import { PortalUserEntity, StaffUserEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Database, type PersonContext, type PortalContext, type StaffContext } from '@balcao/platform-tenancy';

export interface StaffProfilePatch {
  name?: string;
  locale?: Locale | null;
}

export interface ProfilePatch extends StaffProfilePatch {
  receiveNotifications?: boolean;
  timeZone?: string | null;
}

/** One's own data. Role and status are others' business. */
@Injectable()
export class ProfileService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly users: PortalUserService,
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
    const written = patch.timeZone ? { ...patch, timeZone: canonicalTimeZone(patch.timeZone) } : patch;
    return this.change(context, PortalUserEntity, 'portal_user', 'portal.profile.update', written);
  }

  async updateStaff(context: StaffContext, patch: StaffProfilePatch): Promise<StaffUserEntity> {
    return this.change(context, StaffUserEntity, 'staff_user', 'staff.profile.update', patch);
  }

  private change<Person extends PortalUserEntity | StaffUserEntity>(
    context: PersonContext,
    entity: Type<Person>,
    type: 'portal_user' | 'staff_user',
    action: AuditAction,
    patch: ProfilePatch,
  ): Promise<Person> {
    const { id } = context.actor;
    return this.database.transaction(context, async (db) => {
      const repository = db.repository(entity as Type<PortalUserEntity>);
      const before = await repository.findOneByOrFail({ id });
      const after = { ...before, ...patch };
      if (Object.keys(patch).length > 0) {
        await repository.update({ id }, patch);
        await this.audit.record(db, context, {
          action,
          target: { type, id },
          changes: { before: { ...before }, after },
        });
        if (type === 'portal_user' && after.name !== before.name)
          await this.users.tellOfNames(db, context, before.billingAccountId, id);
      }
      return after as unknown as Person;
    });
  }
}
