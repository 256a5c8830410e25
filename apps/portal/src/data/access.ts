import {
  portalAcceptInvitation,
  portalForgotPassword,
  portalLogin,
  portalLookAtInvitation,
  portalLookAtResetLink,
  portalResendVerification,
  portalResetPassword,
  portalVerifyEmail,
  type AcceptInvitationRequest,
  type PortalLoginRequest,
  type ResetPasswordRequest,
} from '@balcao/api-client';
import type { ApiError } from '@balcao/ui';
import type { AccountChoice } from '../api/types.js';

/** Opens a session in this browser's cookies. */
export const signIn = (body: PortalLoginRequest) => portalLogin({ body });

/** Sends a link, if that address has an account; the answer never says. */
export const askForReset = (email: string) => portalForgotPassword({ body: { email } });

/** Says whether a link still sets a password; changes nothing. */
export const readResetLink = (token: string) => portalLookAtResetLink({ body: { token } });

export const resetPassword = (body: ResetPasswordRequest) => portalResetPassword({ body });

export const verifyEmail = (token: string) => portalVerifyEmail({ body: { token } });

export const resendVerification = (email: string) => portalResendVerification({ body: { email } });

/** Looks at an invitation without using it. */
export const readInvitation = async (token: string) => (await portalLookAtInvitation({ body: { token } })).invitation;

/** Sets the password and opens a session. */
export const acceptInvitation = (body: AcceptInvitationRequest) => portalAcceptInvitation({ body });

/** The accounts to choose from, where a sign-in fits several. */
export const accountChoices = ({ extra }: ApiError) =>
  ((extra.accounts ?? []) as AccountChoice[]).map((account) => ({
    id: account.billingAccountId,
    name: account.billingAccountName,
    detail: account.organizationName,
    organizationId: account.organizationId,
  }));
