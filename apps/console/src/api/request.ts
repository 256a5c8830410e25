import { createRequest, csrfToken, type ApiError } from '@balcao/ui';

type Listener = (error: ApiError) => void;
const listeners: Partial<Record<'staff' | 'operator', Listener>> = {};

/** Says what to do when the API answers that a session has ended. */
export function onSignedOut(audience: 'staff' | 'operator', run: Listener): void {
  listeners[audience] = run;
}

/** The one way to the organization's API. */
export const request = createRequest({
  base: '/api/v1/admin',
  audience: 'staff',
  onSignedOut: (error) => listeners.staff?.(error),
});

/** The one way to the installation's own API. */
export const opsRequest = createRequest({
  base: '/ops',
  audience: 'operator',
  onSignedOut: (error) => listeners.operator?.(error),
});

/** Whether the browser holds the readable cookie of a session: without it nobody is signed in, and no request is needed. */
export const mayBeSignedIn = (audience: 'staff' | 'operator'): boolean => csrfToken(audience) !== undefined;
