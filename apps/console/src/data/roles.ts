import { adminCreateRole, adminListRoles, adminUpdateRole, type CreateRoleRequest } from '@balcao/api-client';
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { useSessionStore } from '../stores/session.js';
import { useChange, useOrganizationKey } from './organization.js';

export type RoleInput = CreateRoleRequest;

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
