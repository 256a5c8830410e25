import {
  adminAcceptInvitation,
  adminChangePassword,
  adminEndOtherSessions,
  adminEndSession,
  adminForgotPassword,
  adminListSessions,
  adminLogin,
  adminLookAtInvitation,
  adminLookAtResetLink,
  adminResetPassword,
  adminUpdateProfile,
  type AcceptInvitationRequest,
  type ChangePasswordRequest,
  type ResetPasswordRequest,
  type StaffLoginRequest,
  type UpdateStaffProfileRequest,
} from '@balcao/api-client';
import type { ApiError } from '@balcao/ui';
import { useQuery } from '@tanstack/vue-query';
import { useChange, useOrganizationKey } from './organization.js';

/** One of the organizations that an e-mail and its password fit; a member of the problem `multiple_accounts`. */
interface OrganizationChoice {
  organizationSlug: string;
  organizationName: string;
}

/** Opens a session in this browser's cookies. */
export const signIn = (body: StaffLoginRequest) => adminLogin({ body });

/** Sends a link, if that address has an account; the answer never says. */
export const askForReset = (email: string) => adminForgotPassword({ body: { email } });

/** Says whether a link still sets a password; changes nothing. */
export const readResetLink = (token: string) => adminLookAtResetLink({ body: { token } });

export const resetPassword = (body: ResetPasswordRequest) => adminResetPassword({ body });

/** What an invitation to the team is about; changes nothing. */
export const readInvitation = async (token: string) => (await adminLookAtInvitation({ body: { token } })).invitation;

/** Sets name and password, and opens a session in this browser's cookies. */
export const acceptInvitation = (body: AcceptInvitationRequest) => adminAcceptInvitation({ body });

/** The organizations to choose from, where a sign-in fits several. */
export const organizationChoices = ({ extra }: ApiError) =>
  ((extra.accounts ?? []) as OrganizationChoice[]).map(({ organizationSlug, organizationName }) => ({
    id: organizationSlug,
    name: organizationName,
  }));

export const saveProfile = (body: UpdateStaffProfileRequest) => adminUpdateProfile({ body });

/** Ends every other session of this person; this one goes on with new cookies. */
export const useChangePassword = () =>
  useChange((body: ChangePasswordRequest) => adminChangePassword({ body }), 'sessions');

/** Where this person is signed in. */
export const useSessions = () =>
  useQuery({
    queryKey: useOrganizationKey()('sessions'),
    queryFn: async ({ signal }) => (await adminListSessions({ signal })).sessions,
  });

export const useEndSession = () =>
  useChange((sessionId: string) => adminEndSession({ path: { sessionId } }), 'sessions');

export const useEndOtherSessions = () => useChange(() => adminEndOtherSessions(), 'sessions');
