import { dataOf } from '@balcao/ui/data';
import { useSessionStore } from '../stores/session.js';

/** Server state of the organization, as the person of its staff sees it who is signed in. */
export const { useKey, query, list, one, useChange, useMessage } = dataOf(() => {
  const session = useSessionStore();
  return () => session.who?.id;
});
