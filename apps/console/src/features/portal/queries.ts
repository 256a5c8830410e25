import type { PortalFeature } from '@balcao/contracts';
import { useQuery } from '@tanstack/vue-query';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { useOrganizationKey } from '../../api/query-key.js';
import { request } from '../../api/request.js';
import type { Portal, PortalBranding, PortalSecurity, PortalSummary } from '../../api/types.js';
import { useChange } from '../../api/use-change.js';
import type { TypedTheme } from './forms/colours.js';

export interface PortalPatch {
  name?: string;
  branding?: Partial<Omit<PortalBranding, 'theme'>> & { theme?: TypedTheme };
  features?: Record<PortalFeature, boolean>;
  security?: PortalSecurity;
  allowedInvitationDomains?: string[];
}

export function usePortals() {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('portals'),
    queryFn: ({ signal }) => request<{ data: PortalSummary[] }>('portals', { signal }),
  });
}

export function usePortal(id: MaybeRefOrGetter<string | undefined>) {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('portal', id),
    queryFn: async ({ signal }) => (await request<{ portal: Portal }>(`portals/${toValue(id)}`, { signal })).portal,
    enabled: () => toValue(id) !== undefined,
  });
}

export const useChangePortal = () =>
  useChange(
    async ({ id, ...body }: PortalPatch & { id: string; version: number }) =>
      (await request<{ portal: Portal }>(`portals/${id}`, { method: 'PATCH', body })).portal,
    'portal',
    'portals',
  );
