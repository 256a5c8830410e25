import type { MessageLoader } from '@balcao/ui';
import type { RouteRecordRaw } from 'vue-router';

const messages: MessageLoader = (locale) =>
  locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json');

/** Pages of staff without a session. The link of an e-mail leads to the last one, with `?token=`. */
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
    meta: { access: 'public', title: 'auth.forgot.title', messages },
  },
  {
    path: 'reset-password',
    name: 'reset-password',
    component: () => import('./views/ResetPasswordView.vue'),
    meta: { access: 'public', title: 'auth.reset.title', messages },
  },
];
