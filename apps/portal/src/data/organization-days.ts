import { dayAt, type Day } from '@balcao/money';
import { useSessionStore } from '../stores/session.js';

/**
 * Days of the organization's calendar, wherever its reader is: which one it is, and on which one something happened. What
 * is due, late or paid goes by them.
 */
export function useOrganizationDays() {
  const session = useSessionStore();
  const dayOf = (instant: Date): Day => dayAt(instant, session.me?.organization.timeZone ?? 'UTC');
  return { today: () => dayOf(new Date()), dayOf: (instant: string) => dayOf(new Date(instant)) };
}
