import { request } from '../../api/request.js';
import type { AccountChoice, Invitation } from '../../api/types.js';

export interface Credentials {
  email: string;
  password: string;
  organizationId?: string;
  billingAccountId?: string;
}

/** Opens a session in this browser's cookies. */
export const signIn = (body: Credentials) => request<unknown>('auth/login', { method: 'POST', body });

/** Sends a link, if that address has an account; the answer never says. */
export const askForReset = (email: string) =>
  request<unknown>('auth/forgot-password', { method: 'POST', body: { email } });

export const resetPassword = (body: { token: string; password: string }) =>
  request<unknown>('auth/reset-password', { method: 'POST', body });

export const verifyEmail = (token: string) =>
  request<unknown>('auth/verify-email', { method: 'POST', body: { token } });

export const resendVerification = (email: string) =>
  request<unknown>('auth/resend-verification', { method: 'POST', body: { email } });

/** Looks at an invitation without using it. */
export const readInvitation = async (token: string) =>
  (await request<{ invitation: Invitation }>('auth/invitation', { method: 'POST', body: { token } })).invitation;

/** Sets the password and opens a session. */
export const acceptInvitation = (body: { token: string; name: string; password: string }) =>
  request<unknown>('auth/accept-invitation', { method: 'POST', body });

/** The accounts to choose from, where a sign-in fits several. */
export const accountChoices = (extra: Record<string, unknown>): AccountChoice[] =>
  Array.isArray(extra.accounts) ? (extra.accounts as AccountChoice[]) : [];
