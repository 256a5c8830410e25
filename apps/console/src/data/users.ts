import {
  adminGetPortalUser,
  adminListPortalUsers,
  adminUnlockPortalUser,
  adminUpdatePortalUser,
} from '@balcao/api-client';
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { useChange, useOrganizationKey } from './organization.js';
import type { UserStatus } from './types.js';

export interface UserChange {
  name?: string;
  email?: string;
  roleId?: string;
  status?: 'active' | 'suspended';
  ssoOnly?: boolean;
  receiveNotifications?: boolean;
}

export interface UserFilter {
  q?: string;
  status?: UserStatus;
  billingAccountId?: string;
  page: number;
}

const PAGE_SIZE = 25;

export function useUsers(filter: MaybeRefOrGetter<UserFilter>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('users', filter),
    queryFn: ({ signal }) => adminListPortalUsers({ query: { ...toValue(filter), limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useUser(id: MaybeRefOrGetter<string>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('user', id),
    queryFn: async ({ signal }) => (await adminGetPortalUser({ path: { id: toValue(id) }, signal })).user,
  });
}

export const useChangeUser = (id: string) =>
  useChange(async (body: UserChange) => (await adminUpdatePortalUser({ path: { id }, body })).user, 'user', 'users');

/** Ends a lock that wrong passwords caused. */
export const useUnlockUser = (id: string) => useChange(() => adminUnlockPortalUser({ path: { id } }), 'user', 'users');
