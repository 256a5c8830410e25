import type { RouteRecordRaw } from 'vue-router';
import type { AccessPages, Invited } from './access-pages.js';

/** Pages of those who have no session. Links in e-mails lead to the last two, with `#token=`. */
export function accessPages<Invitation extends Invited>({
  signIn,
  offersReset,
  askForReset,
  readResetLink,
  resetPassword,
  session,
  ...invited
}: AccessPages<Invitation>) {
  const door = (name: string, title: string, component: AccessPages<Invitation>['signIn'], props: object = {}) =>
    ({ path: name, name, component, props, meta: { access: 'public', title } }) as RouteRecordRaw;
  return [
    { ...door('login', 'auth.signIn.title', signIn), meta: { access: 'guest', title: 'auth.signIn.title' } },
    door('forgot-password', 'ui.access.forgot.title', () => import('./ForgotPasswordCard.vue'), {
      offered: offersReset,
      ask: askForReset,
    }),
    door('reset-password', 'ui.access.reset.title', () => import('./reset-password-page.js'), {
      session,
      look: readResetLink,
      reset: resetPassword,
    }),
    door('accept-invitation', 'ui.access.invitation.title', () => import('./accept-invitation-page.js'), {
      session,
      ...invited,
    }),
  ] as RouteRecordRaw[];
}
