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
import type { StaffRole } from '@balcao/contracts';
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { useChange, useOrganizationKey } from './organization.js';
import type { StaffStatus } from './types.js';
import { useSessionStore } from '../stores/session.js';

export interface StaffFilter {
  q?: string;
  role?: StaffRole;
  status?: StaffStatus;
  page?: number;
  limit?: number;
}

const PAGE_SIZE = 50;

export function useStaff(filter: MaybeRefOrGetter<StaffFilter>) {
  const key = useOrganizationKey();
  const session = useSessionStore();
  return useQuery({
    queryKey: key('staff', filter),
    queryFn: ({ signal }) => adminListStaff({ query: { limit: PAGE_SIZE, ...toValue(filter) }, signal }),
    placeholderData: keepPreviousData,
    enabled: session.can('staff:read'),
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
