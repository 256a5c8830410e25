import { portalMe } from '@balcao/api-client';
import { setBusinessTime, useBusinessTime } from '@balcao/ui';
import { watch } from 'vue';
import { query } from './keys.js';

/** How often it is asked what time it is in a sandbox organization, whose staff move its clock. */
const LOOK_MS = 30_000;

const useNow = query('business-time', async (call) => (await portalMe(call)).organization.now, {
  enabled: () => useBusinessTime().isSandbox.value,
  refetchInterval: LOOK_MS,
  staleTime: LOOK_MS,
});

/** Pages go by the time of the organization; only of a sandbox it has to be asked for. */
export function useFollowedTime(): void {
  const { data } = useNow();
  watch(data, (now) => now && setBusinessTime(now));
}
