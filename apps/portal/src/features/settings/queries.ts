import type { Locale } from '@balcao/contracts';
import { request } from '../../api/request.js';
import type { PortalUser } from '../../api/types.js';

export interface ProfileChanges {
  name: string;
  receiveNotifications: boolean;
  locale: Locale;
  timeZone: string;
}

export const saveProfile = async (body: ProfileChanges) =>
  (await request<{ user: PortalUser }>('profile', { method: 'PATCH', body })).user;

/** Ends every session of this person, this one too. */
export const changePassword = (body: { currentPassword: string; newPassword: string }) =>
  request<void>('profile/password', { method: 'POST', body });
