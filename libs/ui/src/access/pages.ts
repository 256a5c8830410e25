import type { RouteComponent, RouteRecordRaw } from 'vue-router';

/** Whom an invitation is for. */
export interface Invited {
  name: string;
  email: string;
}

export interface AccessPages<Invitation extends Invited> {
  /** The page of the sign-in, which is each application's own. */
  signIn: () => Promise<RouteComponent | { default: RouteComponent }>;
  /** Sends a link, if that address has an account; the answer never says. */
  askForReset: (email: string) => Promise<unknown>;
  resetPassword: (input: { token: string; password: string }) => Promise<unknown>;
  /** Reads the invitation and changes nothing. */
  readInvitation: (token: string) => Promise<Invitation>;
  titleOf: (invitation: Invitation) => string;
  textOf: (invitation: Invitation) => string;
  /** Sets name and password, and begins a session. */
  accept: (input: { token: string; name: string; password: string }) => Promise<unknown>;
}

/** Pages of those who have no session. Links in e-mails lead to the last two, with `#token=`. */
export function accessPages<Invitation extends Invited>({
  signIn,
  askForReset,
  resetPassword,
  ...invited
}: AccessPages<Invitation>) {
  const door = (name: string, title: string, component: AccessPages<Invitation>['signIn'], props: object = {}) =>
    ({ path: name, name, component, props, meta: { access: 'public', title } }) as RouteRecordRaw;
  return [
    { ...door('login', 'auth.signIn.title', signIn), meta: { access: 'guest', title: 'auth.signIn.title' } },
    door('forgot-password', 'ui.access.forgot.title', () => import('./ForgotPasswordCard.vue'), { ask: askForReset }),
    door('reset-password', 'ui.access.reset.title', () => import('./ResetPasswordCard.vue'), { reset: resetPassword }),
    door('accept-invitation', 'ui.access.invitation.title', () => import('./AcceptInvitationCard.vue'), invited),
  ] as RouteRecordRaw[];
}
