import type { SignedIn } from '@balcao/ui';
import { computed, watch, type ComputedRef } from 'vue';
import { useSessionStore } from '../../stores/session.js';

/** Who is signed in on this browser, once it is asked: by this tab, or by another that has just told. */
export function useSignedIn(asked: () => boolean): ComputedRef<SignedIn | undefined> {
  const session = useSessionStore();
  watch(
    () => asked() && session.state === 'unknown',
    // Where nobody says, the way in stays what is offered.
    (unknown) => unknown && void session.ensure().catch(() => {}),
    { immediate: true },
  );
  return computed(() => (asked() && session.state === 'in' ? session.who : undefined));
}
