import { client } from '@balcao/api-client';
import { createTransport, csrfToken } from '@balcao/ui';

/** Lets the client's functions reach the API, with the session their path belongs to; says what to do when it has ended. */
export function connectApi(onSignedOut: { staff: () => void; operator: () => void }): void {
  const staff = createTransport({ audience: 'staff', onSignedOut: onSignedOut.staff });
  const operator = createTransport({ audience: 'operator', onSignedOut: onSignedOut.operator });
  client.connect((call) => (call.path.startsWith('/api/') ? staff : operator)(call));
}

/** Whether the browser holds the readable cookie of a session: without it nobody is signed in, and no request is needed. */
export const mayBeSignedIn = (audience: 'staff' | 'operator'): boolean => csrfToken(audience) !== undefined;
