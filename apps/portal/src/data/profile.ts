import { portalChangePassword, portalUpdateProfile, type ChangePasswordRequest } from '@balcao/api-client';
import type { Locale } from '@balcao/contracts';

export interface ProfileChanges {
  name: string;
  receiveNotifications: boolean;
  locale: Locale;
  timeZone: string;
}

export const saveProfile = async (body: ProfileChanges) => (await portalUpdateProfile({ body })).user;

/** Ends every session of this person, this one too. */
export const changePassword = (body: ChangePasswordRequest) => portalChangePassword({ body });
