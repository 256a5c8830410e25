import { adminLogout, adminMe, adminUpdateProfile } from '@balcao/api-client';
import type { StaffPermission } from '@balcao/contracts';
import { matchLocale, setLocale, setTimeZone, type Locale } from '@balcao/ui';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { mayBeSignedIn } from '../api/connection.js';
import type { Me } from '../data/types.js';
import { useDraftsStore } from './drafts.js';

/** Who of the organization's staff is signed in and what they may do; the API decides again on each request. */
export const useSessionStore = defineStore('session', () => {
  const state = ref<'unknown' | 'in' | 'out'>('unknown');
  const me = shallowRef<Me>();
  const organizationName = computed(() => me.value?.organization.name ?? 'Balcão');

  /** Whether somebody is signed in; asks the API once. */
  async function ensure(): Promise<boolean> {
    if (state.value === 'unknown') await (mayBeSignedIn('staff') ? load().catch(leave) : leave());
    return state.value === 'in';
  }

  /** Reads who is signed in: after sign-in, and when the page is opened. */
  async function load(): Promise<void> {
    const answer = await adminMe();
    setTimeZone(answer.organization.timeZone);
    useDraftsStore().openFor(answer.user.id);
    await update(answer);
    state.value = 'in';
  }

  /** Takes over what the person changed of themselves. */
  async function update(answer: Me): Promise<void> {
    const locale = matchLocale(answer.user.locale);
    if (locale) await setLocale(locale);
    me.value = answer;
  }

  /** Another language: on this device, and in the profile of whoever has chosen one there. */
  async function speak(locale: Locale): Promise<void> {
    await setLocale(locale, { remember: true });
    if (me.value?.user.locale) await update(await adminUpdateProfile({ body: { locale } }));
  }

  /** Nobody is signed in any more; drafts stay for whoever was. */
  function leave(): void {
    me.value = undefined;
    state.value = 'out';
  }

  async function signOut(): Promise<void> {
    await adminLogout();
    useDraftsStore().clear();
    leave();
  }

  const can = (...anyOf: StaffPermission[]) => anyOf.some((name) => me.value?.permissions.includes(name));

  return { state, me, organizationName, ensure, load, update, speak, leave, signOut, can };
});
