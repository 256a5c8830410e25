import { client } from '@balcao/api-client';
import { createTransport, csrfToken } from '@balcao/ui';
import { base } from './base.js';

/** Lets the client's functions reach the API of this portal; says what to do when the session has ended. */
export const connectApi = (onSignedOut: () => void): void =>
  client.connect(createTransport({ base, audience: 'portal', onSignedOut }));

/** Whether the browser holds the readable cookie of a session: without it nobody is signed in, and no request is needed. */
export const mayBeSignedIn = (): boolean => csrfToken('portal') !== undefined;
