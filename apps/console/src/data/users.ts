import {
  adminGetPortalUser,
  adminListPortalUsers,
  adminUnlockPortalUser,
  adminUpdatePortalUser,
  type UpdatePortalUserRequest,
} from '@balcao/api-client';
import { list, one, useChange } from './keys.js';

export type UserChange = UpdatePortalUserRequest;

export const useUsers = list('users', adminListPortalUsers);

export const useUser = one('user', async (call) => (await adminGetPortalUser(call)).user);

export const useChangeUser = (id: string) =>
  useChange((body: UserChange) => adminUpdatePortalUser({ path: { id }, body }), 'user', 'users');

/** Ends a lock that wrong passwords caused. */
export const useUnlockUser = (id: string) => useChange(() => adminUnlockPortalUser({ path: { id } }), 'user', 'users');
