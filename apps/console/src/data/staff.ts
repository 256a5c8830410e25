import {
  adminCancelStaffInvitation,
  adminGetStaff,
  adminInviteStaff,
  adminListStaff,
  adminResendStaffInvitation,
  adminUnlockStaff,
  adminUpdateStaff,
  type InviteStaffRequest,
  type UpdateStaffRequest,
} from '@balcao/api-client';
import { whileQueued } from '@balcao/ui/data';
import { useSessionStore } from '../stores/session.js';
import { list, one, useChange } from './keys.js';

const mayRead = () => useSessionStore().can('staff:read');

export const useStaff = list('staff', adminListStaff, { limit: 50, enabled: mayRead });

export const useStaffMember = one('staff-member', async (call) => (await adminGetStaff(call)).staff, {
  refetchInterval: whileQueued(({ invitation }) => [invitation?.mailStatus]),
});

export const useInviteStaff = () =>
  useChange(async (body: InviteStaffRequest) => (await adminInviteStaff({ body })).staff, 'staff');

export type StaffChange = UpdateStaffRequest;

export const useChangeStaff = (id: string) =>
  useChange((body: StaffChange) => adminUpdateStaff({ path: { id }, body }), 'staff-member', 'staff');

/** Ends a lock that wrong passwords caused. */
export const useUnlockStaff = (id: string) =>
  useChange(() => adminUnlockStaff({ path: { id } }), 'staff-member', 'staff');

export const useResendInvitation = () =>
  useChange((id: string) => adminResendStaffInvitation({ path: { id } }), 'staff-member', 'staff');

/** The person leaves the list. */
export const useCancelInvitation = (id: string) =>
  useChange(() => adminCancelStaffInvitation({ path: { id } }), 'staff');
