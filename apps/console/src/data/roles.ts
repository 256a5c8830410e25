import { adminCreateRole, adminListRoles, adminUpdateRole, type CreateRoleRequest } from '@balcao/api-client';
import { computed } from 'vue';
import { useSessionStore } from '../stores/session.js';
import { query, useChange } from './keys.js';

export type RoleInput = CreateRoleRequest;

/** The roles of portal users, for pickers and their own page; there are at most 100. */
export const useRoles = query('roles', adminListRoles, { enabled: () => useSessionStore().can('roles:read') });

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
    async ({ id, ...body }: Partial<RoleInput> & { id: string }) =>
      (await adminUpdateRole({ path: { id }, body })).role,
    'roles',
  );
