import { dataOf } from '@balcao/ui/data';
import { useSessionStore } from '../stores/session.js';

/** Server state belongs to the person who is signed in: another sees another part of the same portal. */
export const { useKey, query, list, one, useChange, useMessage } = dataOf(() => {
  const session = useSessionStore();
  return () => session.who?.id;
});
