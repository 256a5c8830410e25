import { accessPages, translate, useFormat, type FeatureDescription } from '@balcao/ui';
import { acceptInvitation, askForReset, readInvitation, readResetLink, resetPassword } from '../../data/access.js';
import { useSessionStore } from '../../stores/session.js';

/** Pages of staff without a session. */
export default {
  publicRoutes: accessPages({
    signIn: () => import('./views/SignInView.vue'),
    session: useSessionStore,
    askForReset,
    readResetLink,
    resetPassword,
    readInvitation,
    titleOf: ({ organizationName: name }) => translate('auth.invitation.to', { name }),
    // The first owner was invited by those who run the installation, and by nobody of the team.
    textOf: ({ role, invitedByName: name, expiresAt }) =>
      translate(name ? 'auth.invitation.text' : 'auth.invitation.firstOwner', {
        name,
        role: translate(`app.role.${role}`),
        date: useFormat().value.date(expiresAt),
      }),
    accept: async (input) => {
      await acceptInvitation(input);
      await useSessionStore().load();
    },
  }),
} satisfies FeatureDescription;
