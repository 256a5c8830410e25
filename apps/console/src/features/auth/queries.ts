import { request } from '../../api/request.js';

/** One of the organizations that an e-mail and its password fit. */
export interface OrganizationChoice {
  organizationSlug: string;
  organizationName: string;
}

/** Opens a session in this browser's cookies. */
export const signIn = (body: { email: string; password: string; organizationSlug?: string }) =>
  request<unknown>('auth/login', { method: 'POST', body });

/** Sends a link, if that address has an account; the answer never says. */
export const askForReset = (email: string) =>
  request<unknown>('auth/forgot-password', { method: 'POST', body: { email } });

export const resetPassword = (body: { token: string; password: string }) =>
  request<unknown>('auth/reset-password', { method: 'POST', body });

/** The organizations to choose from, where a sign-in fits several. */
export const organizationChoices = (extra: Record<string, unknown>): OrganizationChoice[] =>
  Array.isArray(extra.accounts) ? (extra.accounts as OrganizationChoice[]) : [];
