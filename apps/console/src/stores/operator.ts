import { opsLogout, opsMe } from '@balcao/api-client';
import { setUpSession } from '@balcao/ui';
import { defineStore } from 'pinia';
import type { Operator } from '../data/types.js';

/** Who of those that run the installation is signed in. Nothing of it is shared with a staff session. */
export const useOperatorStore = defineStore('operator', () =>
  setUpSession<Operator>({
    audience: 'operator',
    whoOf: ({ id, name, email }) => ({ id, name, email }),
    read: async (call) => (await opsMe(call)).user,
    end: opsLogout,
  }),
);
