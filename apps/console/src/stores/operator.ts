import { opsLogout, opsMe } from '@balcao/api-client';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { mayBeSignedIn } from '../api/connection.js';
import type { Operator } from '../data/types.js';

/** Who of those that run the installation is signed in. Nothing of it is shared with a staff session. */
export const useOperatorStore = defineStore('operator', () => {
  const state = ref<'unknown' | 'in' | 'out'>('unknown');
  const operator = shallowRef<Operator>();

  async function ensure(): Promise<boolean> {
    if (state.value === 'unknown') await (mayBeSignedIn('operator') ? load().catch(leave) : leave());
    return state.value === 'in';
  }

  async function load(): Promise<void> {
    operator.value = (await opsMe()).user;
    state.value = 'in';
  }

  function leave(): void {
    operator.value = undefined;
    state.value = 'out';
  }

  async function signOut(): Promise<void> {
    await opsLogout();
    leave();
  }

  return { state, operator, ensure, load, leave, signOut };
});
