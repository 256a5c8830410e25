import { STAFF_ROLE_PERMISSIONS, type ErrorCode, type StaffRole } from '@balcao/contracts';

export const STAFF_STATUSES = ['active', 'pending_invitation', 'suspended', 'locked'] as const;
export type StaffStatus = (typeof STAFF_STATUSES)[number];

export interface StaffStanding {
  id: string;
  role: StaffRole;
  status: StaffStatus;
}

/** What becomes of a colleague's access. */
export interface StaffChange {
  role?: StaffRole;
  status?: 'active' | 'suspended';
}

/**
 * Why somebody may not do this about a colleague, or invite one; undefined where they may. Only owners have a say about
 * owners, and nobody about their own access: so whoever changed an owner last is an active owner themselves, and the
 * organization is never without one.
 */
export function staffRefusal(
  actor: StaffStanding,
  target: StaffStanding | undefined,
  change: StaffChange = {},
): ErrorCode | undefined {
  if (actor.status !== 'active' && actor.status !== 'locked') return 'unauthenticated';
  if (!STAFF_ROLE_PERMISSIONS[actor.role].includes('staff:write')) return 'permission_denied';
  if (actor.role !== 'owner' && (target?.role === 'owner' || change.role === 'owner')) return 'staff_owner_only';
  return actor.id === target?.id && changesAccess(target, change) ? 'own_access' : undefined;
}

function changesAccess(target: StaffStanding, { role, status }: StaffChange): boolean {
  return (role !== undefined && role !== target.role) || status === 'suspended';
}
