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

/** How a part of the installation is. */
export interface HealthPart {
  name: string;
  up: boolean;
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

/** Whether the API can work, part by part. An API that answers 503 says which part is down. */
export function useHealth() {
  return useQuery({
    queryKey: ['ops', 'health'],
    refetchInterval: HEALTH_INTERVAL,
    retry: false,
    queryFn: async ({ signal }): Promise<{ up: boolean; parts: HealthPart[] }> => {
      try {
        return { up: true, parts: partsOf(await root<Record<string, unknown>>('health/ready', { signal })) };
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 503) throw error;
        return { up: false, parts: partsOf(error.extra) };
      }
    },
  });
}

function partsOf(answer: Record<string, unknown>): HealthPart[] {
  const details = (answer.details ?? answer.info ?? answer.checks ?? {}) as Record<
    string,
    string | { status?: string }
  >;
  return Object.entries(details).map(([name, part]) => {
    const status = typeof part === 'string' ? part : part.status;
    return { name, up: status === 'up' || status === 'ok' };
  });
}
