import type { FeatureDescription } from '@balcao/ui';

/** Pages of staff without a session. Links of e-mails lead to the last two, with `#token=`. */
export default {
  publicRoutes: [
    {
      path: 'login',
      name: 'login',
      component: () => import('./views/SignInView.vue'),
      meta: { access: 'guest', title: 'auth.signIn.title' },
    },
    {
      path: 'forgot-password',
      name: 'forgot-password',
      component: () => import('./views/ForgotPasswordView.vue'),
      meta: { access: 'public', title: 'ui.access.forgot.title' },
    },
    {
      path: 'reset-password',
      name: 'reset-password',
      component: () => import('./views/ResetPasswordView.vue'),
      meta: { access: 'public', title: 'ui.access.reset.title' },
    },
    {
      path: 'accept-invitation',
      name: 'accept-invitation',
      component: () => import('./views/AcceptInvitationView.vue'),
      meta: { access: 'public', title: 'ui.access.invitation.title' },
    },
  ],
} satisfies FeatureDescription;
