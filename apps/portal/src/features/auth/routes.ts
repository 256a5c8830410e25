import type { MessageLoader } from '@balcao/ui';
import type { RouteRecordRaw } from 'vue-router';

const messages: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json');

/** Pages of those who have no session. Links in e-mails lead to the last three, with `#token=`. */
export const authRoutes: RouteRecordRaw[] = [
  {
    path: 'login',
    name: 'login',
    component: () => import('./views/SignInView.vue'),
    meta: { access: 'guest', title: 'auth.signIn.title', messages },
  },
  {
    path: 'forgot-password',
    name: 'forgot-password',
    component: () => import('./views/ForgotPasswordView.vue'),
    meta: { access: 'public', title: 'ui.access.forgot.title', messages },
  },
  {
    path: 'reset-password',
    name: 'reset-password',
    component: () => import('./views/ResetPasswordView.vue'),
    meta: { access: 'public', title: 'ui.access.reset.title', messages },
  },
  {
    path: 'verify-email',
    name: 'verify-email',
    component: () => import('./views/VerifyEmailView.vue'),
    meta: { access: 'public', title: 'auth.verify.title', messages },
  },
  {
    path: 'accept-invitation',
    name: 'accept-invitation',
    component: () => import('./views/AcceptInvitationView.vue'),
    meta: { access: 'public', title: 'ui.access.invitation.title', messages },
  },
];
