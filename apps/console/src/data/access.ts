import {
  adminAcceptInvitation,
  adminForgotPassword,
  adminLogin,
  adminLookAtInvitation,
  adminLookAtResetLink,
  adminResetPassword,
  type AcceptInvitationRequest,
  type ResetPasswordRequest,
  type StaffLoginRequest,
} from '@balcao/api-client';
import type { ApiError } from '@balcao/ui';

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
