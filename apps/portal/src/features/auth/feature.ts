import {
  portalAcceptInvitation,
  portalAskForInvitation,
  portalForgotPassword,
  portalLookAtInvitation,
  portalLookAtResetLink,
  portalResetPassword,
} from '@balcao/api-client';
import { accessPages, page, translate, useFormat, type FeatureDescription } from '@balcao/ui';
import { usePortalStore } from '../../stores/portal.js';
import { useSessionStore } from '../../stores/session.js';

/** Pages of those who have no session. Links in e-mails lead to most of them, with `#token=`. */
export default {
  publicRoutes: [
    ...accessPages({
      signIn: () => import('./views/SignInView.vue'),
      session: useSessionStore,
      offersReset: () => usePortalStore().branding?.features.passwordReset ?? true,
      askForReset: (email) => portalForgotPassword({ body: { email } }),
      readResetLink: (token) => portalLookAtResetLink({ body: { token } }),
      resetPassword: (body) => portalResetPassword({ body }),
      readInvitation: async (token) => (await portalLookAtInvitation({ body: { token } })).invitation,
      askAgain: (token) => portalAskForInvitation({ body: { token } }),
      titleOf: ({ organizationName: name }) => translate('auth.invitation.from', { name }),
      textOf: ({ organizationName: name, billingAccountName, hasOthers, expiresAt }) =>
        [
          translate('auth.invitation.text', {
            account: billingAccountName ?? name,
            date: useFormat().value.date(expiresAt),
          }),
          ...(hasOthers ? [translate('auth.invitation.further', { name })] : []),
        ].join(' '),
      accept: async (body) => {
        await portalAcceptInvitation({ body });
        await useSessionStore().load();
      },
    }),
    page('verify-email', 'verify-email', () => import('./views/verify-email-page.js'), {
      access: 'public',
      title: 'auth.verify.title',
    }),
  ],
} satisfies FeatureDescription;
