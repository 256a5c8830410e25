import type { PortalFeature, PortalPermission } from '@balcao/contracts';
import { portalLogout, portalMe } from '@balcao/api-client';
import { matchLocale, setLocale, setTimeZone } from '@balcao/ui';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { mayBeSignedIn } from '../api/connection.js';
import type { Me, PortalUser } from '../api/types.js';
import { useDraftsStore } from './drafts.js';
import { usePortalStore } from './portal.js';

/** Who is signed in and what they may do; the API decides again on each request. */
export const useSessionStore = defineStore('session', () => {
  const state = ref<'unknown' | 'in' | 'out'>('unknown');
  const me = shallowRef<Me>();

  /** Whether somebody is signed in; asks the API once. */
  async function ensure(): Promise<boolean> {
    if (state.value === 'unknown') await (mayBeSignedIn() ? load().catch(leave) : leave());
    return state.value === 'in';
  }

  /** Reads who is signed in: after sign-in, and when the page is opened. */
  async function load(): Promise<void> {
    const answer = await portalMe();
    const portal = usePortalStore();
    if (portal.state === 'neutral') await portal.load();
    await usePreferences(answer);
    useDraftsStore().openFor(answer.user.id);
    me.value = answer;
    state.value = 'in';
  }

  /** Takes over what the person changed of themselves. */
  async function update(user: PortalUser): Promise<void> {
    if (!me.value) return;
    const answer = { ...me.value, user: { ...me.value.user, ...user } };
    await usePreferences(answer);
    me.value = answer;
  }

  /** Nobody is signed in any more; drafts stay for whoever was. */
  function leave(): void {
    me.value = undefined;
    state.value = 'out';
  }

  async function signOut(): Promise<void> {
    await portalLogout();
    useDraftsStore().clear();
    leave();
  }

  const can = (...anyOf: PortalPermission[]) => anyOf.some((name) => me.value?.permissions.includes(name));
  const has = (feature: PortalFeature) => me.value?.features[feature] ?? false;

  return { state, me, ensure, load, update, leave, signOut, can, has };
});

async function usePreferences({ user, organization }: Me): Promise<void> {
  setTimeZone(user.timeZone ?? organization.timeZone);
  const locale = matchLocale(user.locale);
  if (locale && usePortalStore().offers(locale)) await setLocale(locale);
}
