import type { RouteComponent } from 'vue-router';
import type { KeptSession } from '../session/keep-session.js';

/** Whom an invitation is for. */
export interface Invited {
  name: string;
  email: string;
}

/** What the password of a link opens, as the link tells it. */
export interface LinkedAccess {
  organizationName: string;
  billingAccountName: string | null;
  /** Whether the address opens other accounts there too, each with its own password. */
  hasOthers: boolean;
}

export interface AccessPages<Invitation extends Invited> {
  /** Of whoever is signed in, whom a link may not be for. */
  session: () => KeptSession;
  /** The page of the sign-in, which is each application's own. */
  signIn: () => Promise<RouteComponent | { default: RouteComponent }>;
  /** Whether passwords are set by link at the moment; they are where this is left out. */
  offersReset?: () => boolean;
  /** Sends a link, if that address has an account; the answer never says. */
  askForReset: (email: string) => Promise<unknown>;
  /** Says what a link sets a password for, where it still does, and changes nothing. */
  readResetLink: (token: string) => Promise<LinkedAccess>;
  resetPassword: (input: { token: string; password: string }) => Promise<unknown>;
  /** Reads the invitation and changes nothing. */
  readInvitation: (token: string) => Promise<Invitation>;
  /** Asks whoever invited for another link, where one was not used in time. */
  askAgain?: (token: string) => Promise<unknown>;
  titleOf: (invitation: Invitation) => string;
  textOf: (invitation: Invitation) => string;
  /** Sets name and password, and begins a session. */
  accept: (input: { token: string; name: string; password: string }) => Promise<unknown>;
}
