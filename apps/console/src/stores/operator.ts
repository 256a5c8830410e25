import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { mayBeSignedIn, opsRequest } from '../api/request.js';

export interface Operator {
  id: string;
  email: string;
  name: string;
}

/** Who of those that run the installation is signed in. Nothing of it is shared with a staff session. */
export const useOperatorStore = defineStore('operator', () => {
  const state = ref<'unknown' | 'in' | 'out'>('unknown');
  const operator = shallowRef<Operator>();

  async function ensure(): Promise<boolean> {
    if (state.value === 'unknown') await (mayBeSignedIn('operator') ? load().catch(leave) : leave());
    return state.value === 'in';
  }

  async function load(): Promise<void> {
    operator.value = (await opsRequest<{ user: Operator }>('auth/me')).user;
    state.value = 'in';
  }

  function leave(): void {
    operator.value = undefined;
    state.value = 'out';
  }

  async function signOut(): Promise<void> {
    await opsRequest('auth/logout', { method: 'POST' });
    leave();
  }

  return { state, operator, ensure, load, leave, signOut };
});
