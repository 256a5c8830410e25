import type { StaffPermission } from '@balcao/contracts';
import { setTimeZone } from '@balcao/ui';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { mayBeSignedIn, request } from '../api/request.js';
import type { Me } from '../api/types.js';
import { useDraftsStore } from './drafts.js';

/** Who of the organization's staff is signed in and what they may do; the API decides again on each request. */
export const useSessionStore = defineStore('session', () => {
  const state = ref<'unknown' | 'in' | 'out'>('unknown');
  const me = shallowRef<Me>();

  /** Whether somebody is signed in; asks the API once. */
  async function ensure(): Promise<boolean> {
    if (state.value === 'unknown') await (mayBeSignedIn('staff') ? load().catch(leave) : leave());
    return state.value === 'in';
  }

  /** Reads who is signed in: after sign-in, and when the page is opened. */
  async function load(): Promise<void> {
    const answer = await request<Me>('auth/me');
    setTimeZone(answer.organization.timeZone);
    useDraftsStore().openFor(answer.user.id);
    me.value = answer;
    state.value = 'in';
  }

  /** Nobody is signed in any more; drafts stay for whoever was. */
  function leave(): void {
    me.value = undefined;
    state.value = 'out';
  }

  async function signOut(): Promise<void> {
    await request('auth/logout', { method: 'POST' });
    useDraftsStore().clear();
    leave();
  }

  const can = (...anyOf: StaffPermission[]) => anyOf.some((name) => me.value?.permissions.includes(name));

  return { state, me, ensure, load, leave, signOut, can };
});
