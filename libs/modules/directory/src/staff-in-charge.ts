import { STAFF_ROLE_PERMISSIONS, type Locale, type StaffPermission } from '@balcao/contracts';
import { sql, type Db } from '@balcao/platform-tenancy';

/** Somebody who is told by mail of what only they can decide. */
export interface StaffInCharge {
  id: string;
  email: string;
  name: string;
  locale: Locale;
}

/** Most of an organization's staff that one thing is told to. */
const MOST = 20;

/** The staff whose roles allow it, the longest there first. */
export const staffInCharge = (db: Db, permission: StaffPermission): Promise<StaffInCharge[]> =>
  db.query<StaffInCharge>(sql`
    select s.id, s.email, s.name, coalesce(s.locale, o.locale) as locale from staff_users s
    join organizations o on o.id = s.organization_id
    where ${db.tenant('s')} and s.status = 'active' and s.role = any(${rolesWith(permission)}::text[])
    order by s.id limit ${MOST}`);

const rolesWith = (permission: StaffPermission): string[] =>
  Object.entries(STAFF_ROLE_PERMISSIONS).flatMap(([role, permissions]) =>
    permissions.includes(permission) ? [role] : [],
  );
