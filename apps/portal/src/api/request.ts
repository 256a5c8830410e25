import { createRequest, csrfToken, type ApiError } from '@balcao/ui';
import { base } from './base.js';

type Listener = (error: ApiError) => void;
let listener: Listener | undefined;

/** Says what to do when the API answers that the session has ended. */
export function onSignedOut(run: Listener): void {
  listener = run;
}

/** The one way to the portal's API. */
export const request = createRequest({
  base: `${base}/api/v1/portal`,
  audience: 'portal',
  onSignedOut: (error) => listener?.(error),
});

/** Whether the browser holds the readable cookie of a session: without it nobody is signed in, and no request is needed. */
export const mayBeSignedIn = (): boolean => csrfToken('portal') !== undefined;
