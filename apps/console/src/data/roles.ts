import { adminCreateRole, adminListRoles, adminUpdateRole } from '@balcao/api-client';
import type { PortalPermission } from '@balcao/contracts';
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { useSessionStore } from '../stores/session.js';
import { useChange, useOrganizationKey } from './organization.js';

export interface RoleInput {
  name: string;
  permissions: PortalPermission[];
  isDefault: boolean;
  grantableRoleIds: string[];
}

/** The roles of portal users, for pickers and their own page; there are at most 100. */
export function useRoles() {
  const key = useOrganizationKey();
  const session = useSessionStore();
  return useQuery({
    queryKey: key('roles'),
    queryFn: ({ signal }) => adminListRoles({ signal }),
    enabled: session.can('roles:read'),
  });
}

/** Roles as a picker lists them; `none` stands first where none may be chosen. */
export function useRoleOptions(none?: () => string) {
  const { data } = useRoles();
  return computed(() => [
    ...(none ? [{ value: '', label: none() }] : []),
    ...(data.value?.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ]);
}

export const useCreateRole = () =>
  useChange(async (body: RoleInput) => (await adminCreateRole({ body })).role, 'roles');

export const useChangeRole = () =>
  useChange(
    async ({ id, ...body }: RoleInput & { id: string }) => (await adminUpdateRole({ path: { id }, body })).role,
    'roles',
  );
