import { returnAddress, useSignInForm } from '@balcao/ui';
import { useRouter } from 'vue-router';
import { useSessionStore } from '../../../stores/session.js';
import { accountChoices, signIn } from '../../../data/access.js';

/** Signing in, choosing an account where several fit, and going where one wanted to go. */
export function useSignIn() {
  const router = useRouter();
  const session = useSessionStore();

  return useSignInForm({
    loginName: true,
    accountsOf: accountChoices,
    enter: async (credentials, account) => {
      await signIn({ ...credentials, organizationId: account?.organizationId, billingAccountId: account?.id });
      await session.load();
      await router.replace(
        returnAddress(router, { opens: ({ access }) => access === 'signed-in', otherwise: { name: 'home' } }),
      );
    },
  });
}
