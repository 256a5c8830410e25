import { client } from '@balcao/api-client';
import { createTransport, csrfToken, type Caller } from '@balcao/ui';

/** Lets the client's functions reach the API, with the session their path belongs to. */
export function connectApi(callers: { staff: Caller; operator: Caller }): void {
  const staff = createTransport({ audience: 'staff', caller: callers.staff });
  const operator = createTransport({ audience: 'operator', caller: callers.operator });
  client.connect((call) => (call.path.startsWith('/api/') ? staff : operator)(call));
}

/** Whether the browser holds the readable cookie of a session: without it nobody is signed in, and no request is needed. */
export const mayBeSignedIn = (audience: 'staff' | 'operator'): boolean => csrfToken(audience) !== undefined;
