import { opsLogout, opsMe } from '@balcao/api-client';
import { setUpSession } from '@balcao/ui';
import { defineStore } from 'pinia';
import { mayBeSignedIn } from '../api/connection.js';
import type { Operator } from '../data/types.js';

/** Who of those that run the installation is signed in. Nothing of it is shared with a staff session. */
export const useOperatorStore = defineStore('operator', () =>
  setUpSession<Operator>({
    mayBeSignedIn: () => mayBeSignedIn('operator'),
    read: async () => (await opsMe()).user,
    end: opsLogout,
  }),
);
