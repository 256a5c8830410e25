import { dataOf } from '@balcao/ui/data';
import { useSessionStore } from '../stores/session.js';

/** Server state belongs to the organization that one is signed in to. */
export const { useKey, useChange } = dataOf(() => {
  const session = useSessionStore();
  return () => session.me?.organization.id;
});
