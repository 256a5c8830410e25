import type { PortalPermission } from '@balcao/contracts';
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { useOrganizationKey } from '../../api/query-key.js';
import { request } from '../../api/request.js';
import type { Page, Role, StaffMember } from '../../api/types.js';
import { useChange } from '../../api/use-change.js';

export interface RoleInput {
  name: string;
  permissions: PortalPermission[];
  isDefault: boolean;
}

const PAGE_SIZE = 50;

export function useStaff(page: MaybeRefOrGetter<number>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('staff', page),
    queryFn: ({ signal }) =>
      request<Page<StaffMember>>('staff', { query: { page: toValue(page), limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });
}

export const useCreateRole = () =>
  useChange(
    async (body: RoleInput) => (await request<{ role: Role }>('roles', { method: 'POST', body })).role,
    'roles',
  );

export const useChangeRole = () =>
  useChange(
    async ({ id, ...body }: RoleInput & { id: string }) =>
      (await request<{ role: Role }>(`roles/${id}`, { method: 'PATCH', body })).role,
    'roles',
  );
