import {
  healthReady,
  opsCreateOrganization,
  opsInviteOwner,
  opsListOrganizations,
  opsUpdateOrganization,
  type CreateOrganizationRequest,
  type InviteOwnerRequest,
} from '@balcao/api-client';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { ApiError } from '@balcao/ui';
import { toValue, type MaybeRefOrGetter } from 'vue';
import type { Organization } from '../../api/types.js';

const LIMIT = 50;
const HEALTH_INTERVAL = 30_000;

export const ORGANIZATION_STATUSES = ['active', 'suspended'] as const satisfies Organization['status'][];

export interface OrganizationFilter {
  q?: string;
  status?: Organization['status'];
  page: number;
}

export function useOrganizations(filter: MaybeRefOrGetter<OrganizationFilter>) {
  return useQuery({
    queryKey: ['ops', 'organizations', filter],
    queryFn: ({ signal }) => opsListOrganizations({ query: { ...toValue(filter), limit: LIMIT }, signal }),
    placeholderData: keepPreviousData,
  });
}

export const useSetOrganizationStatus = () =>
  useOrganizationChange(({ id, status }: Pick<Organization, 'id' | 'status'>) =>
    opsUpdateOrganization({ path: { id }, body: { status } }),
  );

export const useCreateOrganization = () =>
  useOrganizationChange((body: CreateOrganizationRequest) => opsCreateOrganization({ body }));

/** Once more, or somebody else; the links before are dead. */
export const useInviteOwner = (id: string) =>
  useOrganizationChange((body: InviteOwnerRequest) => opsInviteOwner({ path: { id }, body }));

/** A change after which the list is fetched again. */
function useOrganizationChange<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => client.invalidateQueries({ queryKey: ['ops', 'organizations'] }),
  });
}

/** Whether the API can answer: an API without its database says 503. */
export function useHealth() {
  return useQuery({
    queryKey: ['ops', 'health'],
    refetchInterval: HEALTH_INTERVAL,
    retry: false,
    queryFn: async ({ signal }): Promise<boolean> => {
      try {
        await healthReady({ signal });
        return true;
      } catch (error) {
        if (error instanceof ApiError && error.status === 503) return false;
        throw error;
      }
    },
  });
}
