import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { ApiError, createRequest } from '@balcao/ui';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { opsRequest } from '../../api/request.js';
import type { Page } from '../../api/types.js';

export interface Organization {
  id: string;
  slug: string;
  name: string;
  status: 'active' | 'suspended';
  createdAt: string;
}

const LIMIT = 50;
const HEALTH_INTERVAL = 30_000;
const root = createRequest({ base: '', audience: 'operator' });

export const signInOperator = (body: { email: string; password: string }) =>
  opsRequest<unknown>('auth/login', { method: 'POST', body });

export function useOrganizations(page: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: ['ops', 'organizations', page],
    queryFn: ({ signal }) =>
      opsRequest<Page<Organization>>('organizations', { query: { page: toValue(page), limit: LIMIT }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useSetOrganizationStatus() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, status }: Pick<Organization, 'id' | 'status'>) =>
      opsRequest<{ organization: Organization }>(`organizations/${id}`, { method: 'PATCH', body: { status } }),
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
        await root('health/ready', { signal });
        return true;
      } catch (error) {
        if (error instanceof ApiError && error.status === 503) return false;
        throw error;
      }
    },
  });
}
