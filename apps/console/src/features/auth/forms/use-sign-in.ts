import { returnAddress, useSignInForm } from '@balcao/ui';
import { useRouter } from 'vue-router';
import { useSessionStore } from '../../../stores/session.js';
import { organizationChoices, signIn } from '../../../data/access.js';

/** Signing in, choosing an organization where several fit, and going where one wanted to go. */
export function useSignIn() {
  const router = useRouter();
  const session = useSessionStore();

  return useSignInForm({
    accountsOf: organizationChoices,
    enter: async (credentials, organization) => {
      await signIn({ ...credentials, organizationSlug: organization?.id });
      await session.load();
      await router.replace(
        returnAddress(router, { opens: ({ access }) => access === 'staff', otherwise: { name: 'home' } }),
      );
    },
  });
}
