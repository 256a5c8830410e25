import { adminGetPortal, adminListPortals, adminUpdatePortal } from '@balcao/api-client';
import type { PortalFeature } from '@balcao/contracts';
import { useQuery } from '@tanstack/vue-query';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { useOrganizationKey } from '../../api/query-key.js';
import type { Portal, PortalBranding, PortalSecurity } from '../../api/types.js';
import { useChange } from '../../api/use-change.js';
import type { TypedTheme } from './forms/colours.js';

export interface PortalPatch {
  name?: string;
  branding?: Partial<Omit<PortalBranding, 'theme'>> & { theme?: TypedTheme };
  features?: Record<PortalFeature, boolean>;
  security?: PortalSecurity;
  tickets?: Portal['tickets'];
  allowedInvitationDomains?: string[];
}

export function usePortals() {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('portals'),
    queryFn: ({ signal }) => adminListPortals({ signal }),
  });
}

export function usePortal(id: MaybeRefOrGetter<string | undefined>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('portal', id),
    queryFn: async ({ signal }) => (await adminGetPortal({ path: { id: toValue(id)! }, signal })).portal,
    enabled: () => toValue(id) !== undefined,
  });
}

export const useChangePortal = () =>
  useChange(
    async ({ id, ...body }: PortalPatch & { id: string; version: number }) =>
      (await adminUpdatePortal({ path: { id }, body })).portal,
    'portal',
    'portals',
  );
