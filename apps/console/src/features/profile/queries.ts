import {
  adminChangePassword,
  adminUpdateProfile,
  type ChangePasswordRequest,
  type UpdateStaffProfileRequest,
} from '@balcao/api-client';

export const saveProfile = (body: UpdateStaffProfileRequest) => adminUpdateProfile({ body });

/** Ends every other session of this person; this one goes on with new cookies. */
export const changePassword = (body: ChangePasswordRequest) => adminChangePassword({ body });
