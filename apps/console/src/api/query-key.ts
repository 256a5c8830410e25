import type { MaybeRefOrGetter } from 'vue';
import { computed, toValue } from 'vue';
import { useSessionStore } from '../stores/session.js';

/** Keys of server state begin with the organization, so that nothing of one is ever shown in another. */
export function useOrganizationKey() {
  const session = useSessionStore();
  return (...parts: MaybeRefOrGetter<unknown>[]) =>
    computed(() => [session.me?.organization.id, ...parts.map((part) => toValue(part))] as const);
}
