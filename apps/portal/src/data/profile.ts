import {
  portalChangePassword,
  portalEndOtherSessions,
  portalEndSession,
  portalListSessions,
  portalUpdateProfile,
  type ChangePasswordRequest,
} from '@balcao/api-client';
import type { Locale } from '@balcao/contracts';
import { query, useChange } from './keys.js';

export interface ProfileChanges {
  name: string;
  receiveNotifications: boolean;
  locale: Locale;
  timeZone: string;
}

export const saveProfile = async (body: ProfileChanges) => (await portalUpdateProfile({ body })).user;

/** Ends every session of this person, this one too. */
export const useChangePassword = () =>
  useChange((body: ChangePasswordRequest) => portalChangePassword({ body }), 'sessions');

/** Where this person is signed in. */
export const useSessions = query('sessions', async (call) => (await portalListSessions(call)).sessions);

export const useEndSession = () => useChange((id: string) => portalEndSession({ path: { id } }), 'sessions');

export const useEndOtherSessions = () => useChange(() => portalEndOtherSessions(), 'sessions');
