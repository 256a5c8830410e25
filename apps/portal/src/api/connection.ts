import { client } from '@balcao/api-client';
import { ApiError, createTransport, csrfToken, type Caller } from '@balcao/ui';
import { portalsOf, usePortalStore } from '../stores/portal.js';
import { base } from './base.js';

/** Lets the client's functions reach the API of this portal, as its session has it; whom it is not for learns where to go. */
export function connectApi(caller: Caller): void {
  const carry = createTransport({ base, audience: 'portal', caller });
  client.connect(async (call) => {
    try {
      return await carry(call);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'portal_role_not_allowed')
        usePortalStore().elsewhere = portalsOf(error);
      throw error;
    }
  });
}

/** Whether the browser holds the readable cookie of a session: without it nobody is signed in, and no request is needed. */
export const mayBeSignedIn = (): boolean => csrfToken('portal') !== undefined;
