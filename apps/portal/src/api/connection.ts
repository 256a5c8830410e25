import { client } from '@balcao/api-client';
import { ApiError, createTransport, csrfToken, type Caller } from '@balcao/ui';
import { portalsOf, usePortalStore } from '../stores/portal.js';
import { base } from './base.js';

/**
 * Lets the client's functions reach the API of this portal, as its session has it. Whom it is not for learns where to go, and
 * so do all where it has gone while a page was open.
 */
export function connectApi(caller: Caller): void {
  const carry = createTransport({ base, audience: 'portal', caller });
  client.connect(async (call) => {
    try {
      return await carry(call);
    } catch (error) {
      if (error instanceof ApiError) {
        if (error.code === 'portal_role_not_allowed') usePortalStore().elsewhere = portalsOf(error);
        else if (portalsOf(error).length > 0) usePortalStore().leave(error);
      }
      throw error;
    }
  });
}

/** Whether the browser holds the readable cookie of a session: without it nobody is signed in, and no request is needed. */
export const mayBeSignedIn = (): boolean => csrfToken('portal') !== undefined;
