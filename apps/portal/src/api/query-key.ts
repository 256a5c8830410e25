import { keysOf } from '@balcao/ui';
import { useSessionStore } from '../stores/session.js';

/** Keys of server state begin with the organization. */
export function useOrganizationKey() {
  const session = useSessionStore();
  return keysOf(() => session.me?.organization.id);
}
