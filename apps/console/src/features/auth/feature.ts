import {
  adminAcceptInvitation,
  adminForgotPassword,
  adminLookAtInvitation,
  adminLookAtResetLink,
  adminResetPassword,
} from '@balcao/api-client';
import { accessPages, translate, useFormat, type FeatureDescription } from '@balcao/ui';
import { useSessionStore } from '../../stores/session.js';

/** Pages of staff without a session. */
export default {
  publicRoutes: accessPages({
    signIn: () => import('./views/SignInView.vue'),
    session: useSessionStore,
    askForReset: (email) => adminForgotPassword({ body: { email } }),
    readResetLink: (token) => adminLookAtResetLink({ body: { token } }),
    resetPassword: (body) => adminResetPassword({ body }),
    readInvitation: async (token) => (await adminLookAtInvitation({ body: { token } })).invitation,
    titleOf: ({ organizationName: name }) => translate('auth.invitation.to', { name }),
    // The first owner was invited by those who run the installation, and by nobody of the team.
    textOf: ({ role, invitedByName: name, expiresAt }) =>
      translate(name ? 'auth.invitation.text' : 'auth.invitation.firstOwner', {
        name,
        role: translate(`app.role.${role}`),
        date: useFormat().value.date(expiresAt),
      }),
    accept: async (body) => {
      await adminAcceptInvitation({ body });
      await useSessionStore().load();
    },
  }),
} satisfies FeatureDescription;
