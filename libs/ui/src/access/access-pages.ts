import type { RouteComponent } from 'vue-router';
import type { KeptSession } from '../session/keep-session.js';

/** Whom an invitation is for. */
export interface Invited {
  name: string;
  email: string;
}

export interface AccessPages<Invitation extends Invited> {
  /** Of whoever is signed in, whom a link may not be for. */
  session: () => KeptSession;
  /** The page of the sign-in, which is each application's own. */
  signIn: () => Promise<RouteComponent | { default: RouteComponent }>;
  /** Sends a link, if that address has an account; the answer never says. */
  askForReset: (email: string) => Promise<unknown>;
  /** Says whether a link still sets a password, and changes nothing. */
  readResetLink: (token: string) => Promise<unknown>;
  resetPassword: (input: { token: string; password: string }) => Promise<unknown>;
  /** Reads the invitation and changes nothing. */
  readInvitation: (token: string) => Promise<Invitation>;
  titleOf: (invitation: Invitation) => string;
  textOf: (invitation: Invitation) => string;
  /** Sets name and password, and begins a session. */
  accept: (input: { token: string; name: string; password: string }) => Promise<unknown>;
}
