import {
  healthReady,
  opsCreateOrganization,
  opsInviteOwner,
  opsListOrganizations,
  opsUpdateOrganization,
  type CreateOrganizationRequest,
  type InviteOwnerRequest,
} from '@balcao/api-client';
import { ApiError } from '@balcao/ui';
import { dataOf } from '@balcao/ui/data';
import { useOperatorStore } from '../stores/operator.js';
import type { Organization } from './types.js';

/** Server state of those who run the installation. */
const { query, list, useChange } = dataOf(() => {
  const session = useOperatorStore();
  return () => session.who?.id;
});

const LIMIT = 50;
const HEALTH_INTERVAL = 30_000;

export const ORGANIZATION_STATUSES = ['active', 'suspended'] as const satisfies Organization['status'][];

export const useOrganizations = list('organizations', opsListOrganizations, { limit: LIMIT });

export const useSetOrganizationStatus = () =>
  useChange(
    ({ id, status }: Pick<Organization, 'id' | 'status'>) => opsUpdateOrganization({ path: { id }, body: { status } }),
    'organizations',
  );

export const useCreateOrganization = () =>
  useChange((body: CreateOrganizationRequest) => opsCreateOrganization({ body }), 'organizations');

/** Once more, or somebody else; the links before are dead. */
export const useInviteOwner = (id: string) =>
  useChange((body: InviteOwnerRequest) => opsInviteOwner({ path: { id }, body }), 'organizations');

/** Whether the API can answer: an API without its database says 503. */
export const useHealth = query(
  'health',
  async (call) => {
    try {
      await healthReady(call);
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 503) return false;
      throw error;
    }
  },
  { refetchInterval: HEALTH_INTERVAL, retry: false },
);
