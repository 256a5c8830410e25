import { dayAt, type Day } from '@balcao/money';
import { businessNow, setTimeZone } from '@balcao/ui';
import { onScopeDispose } from 'vue';
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

/** Has pages of who has not signed in go by where the organization is, as an answer has said it, while they are open: its hours too are what its papers name. */
export function useOrganizationZone(): (timeZone: string) => void {
  const session = useSessionStore();
  const portal = usePortalStore();
  onScopeDispose(() => {
    if (!session.me) setTimeZone(null);
  });
  return (timeZone) => {
    portal.timeZone = timeZone;
    // Whoever has signed in said where they are.
    if (!session.me) setTimeZone(timeZone);
  };
}
