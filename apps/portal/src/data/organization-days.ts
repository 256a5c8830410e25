import { dayAt, type Day } from '@balcao/money';
import { businessNow } from '@balcao/ui';
import { usePortalStore } from '../stores/portal.js';
import { useSessionStore } from '../stores/session.js';

/**
 * Days of the organization's calendar, wherever its reader is: which one it is, and on which one something happened. What
 * is due, late or paid goes by them; in a sandbox organization today is what its clock says.
 */
export function useOrganizationDays() {
  const session = useSessionStore();
  const portal = usePortalStore();
  const dayOf = (instant: Date): Day => dayAt(instant, session.me?.organization.timeZone ?? portal.timeZone ?? 'UTC');
  return { today: () => dayOf(new Date(businessNow())), dayOf: (instant: string) => dayOf(new Date(instant)) };
}
