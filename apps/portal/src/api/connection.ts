import { client } from '@balcao/api-client';
import { createTransport, csrfToken, type Caller } from '@balcao/ui';
import { base } from './base.js';

/** Lets the client's functions reach the API of this portal, as its session has it. */
export const connectApi = (caller: Caller): void =>
  client.connect(createTransport({ base, audience: 'portal', caller }));

/** Whether the browser holds the readable cookie of a session: without it nobody is signed in, and no request is needed. */
export const mayBeSignedIn = (): boolean => csrfToken('portal') !== undefined;
