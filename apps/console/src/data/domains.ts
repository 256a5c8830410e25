import {
  adminCheckPortalDomain,
  adminClaimPortalDomain,
  adminGetPortalDomain,
  adminRemovePortalDomain,
} from '@balcao/api-client';
import { one, useChange } from './keys.js';

const SEEN_IN = ['domains', 'portal', 'portals'];

/** A portal's own domain. What its name servers say is told at once; behind that it is asked for while somebody waits. */
export const usePortalDomain = one('domains', async (call) => (await adminGetPortalDomain(call)).domain, {
  refetchInterval: ({ state: { data } }) => Boolean(data) && data?.status !== 'verified' && 30_000,
});

export const useClaimDomain = () =>
  useChange(
    ({ id, domain }: { id: string; domain: string }) => adminClaimPortalDomain({ path: { id }, body: { domain } }),
    ...SEEN_IN,
  );

export const useCheckDomain = () => useChange((id: string) => adminCheckPortalDomain({ path: { id } }), 'domains');

export const useRemoveDomain = () => useChange((id: string) => adminRemovePortalDomain({ path: { id } }), ...SEEN_IN);
