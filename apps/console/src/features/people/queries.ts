import {
  adminCancelStaffInvitation,
  adminCreateRole,
  adminGetStaff,
  adminInviteStaff,
  adminListStaff,
  adminResendStaffInvitation,
  adminUnlockStaff,
  adminUpdateRole,
  adminUpdateStaff,
  type InviteStaffRequest,
  type UpdateStaffRequest,
} from '@balcao/api-client';
import type { PortalPermission, StaffRole } from '@balcao/contracts';
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { useOrganizationKey } from '../../api/query-key.js';
import type { StaffStatus } from '../../api/types.js';
import { useChange } from '../../api/use-change.js';

export interface RoleInput {
  name: string;
  permissions: PortalPermission[];
  isDefault: boolean;
  grantableRoleIds: string[];
}

export interface StaffFilter {
  q?: string;
  role?: StaffRole;
  status?: StaffStatus;
  page: number;
}

const PAGE_SIZE = 50;

export function useStaff(filter: MaybeRefOrGetter<StaffFilter>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('staff', filter),
    queryFn: ({ signal }) => adminListStaff({ query: { ...toValue(filter), limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useStaffMember(id: MaybeRefOrGetter<string>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('staff-member', id),
    queryFn: async ({ signal }) => (await adminGetStaff({ path: { id: toValue(id) }, signal })).staff,
  });
}

export const useInviteStaff = () =>
  useChange(async (body: InviteStaffRequest) => (await adminInviteStaff({ body })).staff, 'staff');

export const useChangeStaff = (id: string) =>
  useChange((body: UpdateStaffRequest) => adminUpdateStaff({ path: { id }, body }), 'staff-member', 'staff');

/** Ends a lock that wrong passwords caused. */
export const useUnlockStaff = (id: string) =>
  useChange(() => adminUnlockStaff({ path: { id } }), 'staff-member', 'staff');

export const useResendInvitation = (id: string) =>
  useChange(() => adminResendStaffInvitation({ path: { id } }), 'staff-member', 'staff');

/** The person leaves the list. */
export const useCancelInvitation = (id: string) =>
  useChange(() => adminCancelStaffInvitation({ path: { id } }), 'staff');

export const useCreateRole = () =>
  useChange(async (body: RoleInput) => (await adminCreateRole({ body })).role, 'roles');

export const useChangeRole = () =>
  useChange(
    async ({ id, ...body }: RoleInput & { id: string }) => (await adminUpdateRole({ path: { id }, body })).role,
    'roles',
  );
