import { dayAt } from '@balcao/money';
import { businessNow } from '@balcao/ui';
import { computed, type ComputedRef } from 'vue';
import { useSessionStore } from '../../stores/session.js';

/** The day that it is where the organization is; in a sandbox what its clock says. */
export function useToday(): ComputedRef<string> {
  const session = useSessionStore();
  return computed(() => dayAt(new Date(businessNow()), session.me?.organization.timeZone ?? 'UTC'));
}
