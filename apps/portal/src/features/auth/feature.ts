import type { FeatureDescription } from '@balcao/ui';

/** Pages of those who have no session. Links in e-mails lead to the last three, with `#token=`. */
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
      path: 'verify-email',
      name: 'verify-email',
      component: () => import('./views/VerifyEmailView.vue'),
      meta: { access: 'public', title: 'auth.verify.title' },
    },
    {
      path: 'accept-invitation',
      name: 'accept-invitation',
      component: () => import('./views/AcceptInvitationView.vue'),
      meta: { access: 'public', title: 'ui.access.invitation.title' },
    },
  ],
} satisfies FeatureDescription;
