import { dataOf } from '@balcao/ui/data';
import { useSessionStore } from '../stores/session.js';

/** Server state of the organization whose staff is signed in. */
export const {
  useKey: useOrganizationKey,
  list,
  one,
  useChange,
} = dataOf(() => {
  const session = useSessionStore();
  return () => session.me?.organization.id;
});
