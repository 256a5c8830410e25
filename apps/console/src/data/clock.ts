import { adminAdvanceClock, adminGetClock, adminStopClock } from '@balcao/api-client';
import { setBusinessTime } from '@balcao/ui';
import { watch } from 'vue';
import { useSessionStore } from '../stores/session.js';
import { query, useChange } from './keys.js';

/** While the clock is on its way, where nobody tells the page that it has come further. */
const LOOK_MS = 5_000;

/** What time it is in a sandbox organization. */
export const useClock = query('clocks', async (call) => (await adminGetClock(call)).clock, {
  enabled: () => useSessionStore().isSandbox,
  refetchInterval: ({ state: { data } }) => Boolean(data?.advancingTo) && LOOK_MS,
});

/** Pages go by that time from now on, as it comes further. */
export function useFollowedClock(): void {
  const { data } = useClock();
  watch(data, (clock) => clock && setBusinessTime(clock.now), { immediate: true });
}

export const useAdvanceClock = () => useChange((until: string) => adminAdvanceClock({ body: { until } }), 'clocks');

/** Lets it stand where it is on its way. */
export const useStopClock = () => useChange(() => adminStopClock(), 'clocks');
