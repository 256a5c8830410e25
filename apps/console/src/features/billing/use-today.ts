import { dayAt } from '@balcao/money';
import { computed, type ComputedRef } from 'vue';
import { useSessionStore } from '../../stores/session.js';

/** The day that it is where the organization is. */
export function useToday(): ComputedRef<string> {
  const session = useSessionStore();
  return computed(() => dayAt(new Date(), session.me?.organization.timeZone ?? 'UTC'));
}
