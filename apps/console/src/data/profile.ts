import {
  adminChangePassword,
  adminEndOtherSessions,
  adminEndSession,
  adminListSessions,
  adminUpdateProfile,
  type ChangePasswordRequest,
  type UpdateStaffProfileRequest,
} from '@balcao/api-client';
import { query, useChange } from './keys.js';

export const saveProfile = (body: UpdateStaffProfileRequest) => adminUpdateProfile({ body });

/** Ends every other session of this person; this one goes on with new cookies. */
export const useChangePassword = () =>
  useChange((body: ChangePasswordRequest) => adminChangePassword({ body }), 'sessions');

/** Where this person is signed in. */
export const useSessions = query('sessions', async (call) => (await adminListSessions(call)).sessions);

export const useEndSession = () =>
  useChange((sessionId: string) => adminEndSession({ path: { sessionId } }), 'sessions');

export const useEndOtherSessions = () => useChange(() => adminEndOtherSessions(), 'sessions');
