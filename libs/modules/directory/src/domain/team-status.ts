import type { PortalUserStatus } from '../persistence/portal-user.entity.js';

/**
 * Why one of an account's own people may not bring a person from one status to another; undefined where they may. They
 * suspend and restore: a mailbox is proven by its link only, and a lock is ended by a new password, staff or time.
 */
export function teamStatusProblem(
  from: PortalUserStatus,
  to: 'active' | 'suspended' | undefined,
): 'pending' | 'locked' | undefined {
  if (to !== undefined && from.startsWith('pending')) return 'pending';
  return from === 'locked' && to === 'active' ? 'locked' : undefined;
}
