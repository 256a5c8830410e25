import type { PortalFeature, PortalPermission } from '@balcao/contracts';
import { portalLogout, portalMe } from '@balcao/api-client';
import { ApiError, csrfToken, matchLocale, setBusinessTime, setLocale, setTimeZone, setUpSession } from '@balcao/ui';
import { defineStore } from 'pinia';
import type { RouteMeta } from 'vue-router';
import { base } from '../api/base.js';
import type { Me, PortalUser } from '../api/types.js';
import { useDraftsStore } from './drafts.js';
import { usePortalStore } from './portal.js';

/** Who is signed in and what they may do; the API decides again on each request. */
export const useSessionStore = defineStore('session', () => {
  const session = setUpSession<Me>({
    audience: 'portal',
    base,
    whoOf: ({ user, customer }) => ({ id: user.id, name: user.name, email: user.email, at: customer.name }),
    read: portalMe,
    end: portalLogout,
    prepare,
    forget: () => useDraftsStore().clear(),
  });
  const { me } = session;

  /** Takes over what the person changed of themselves. */
  const updateUser = async (user: PortalUser) => {
    if (me.value) await session.update({ ...me.value, user: { ...me.value.user, ...user } });
  };
  /** Ends whosoever session this browser has, where the pages do not know it. */
  async function endWhoever(): Promise<void> {
    if (csrfToken('portal')) await session.endOther().catch(unlessEnded);
    session.leave();
  }
  const can = (...anyOf: readonly PortalPermission[]) => anyOf.some((name) => me.value?.permissions.includes(name));
  const has = (feature: PortalFeature) => me.value?.features[feature] ?? false;
  /** Whether this person may open a page that needs this. */
  const opens = ({ feature, permissions }: RouteMeta) =>
    (!feature || has(feature)) && (!permissions || can(...permissions));

  return { ...session, updateUser, endWhoever, can, has, opens };
});

async function prepare({ user, organization }: Me): Promise<void> {
  const portal = usePortalStore();
  if (portal.state === 'neutral') await portal.load();
  setTimeZone(user.timeZone ?? organization.timeZone);
  setBusinessTime(organization.now);
  const locale = matchLocale(user.locale);
  if (locale && portal.offers(locale)) await setLocale(locale);
  useDraftsStore().openFor(user.id);
}

function unlessEnded(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 401)) throw error;
}
