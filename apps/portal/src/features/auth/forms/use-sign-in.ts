import { ApiError, translate, useForm } from '@balcao/ui';
import { ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { AccountChoice } from '../../../api/types.js';
import { useSessionStore } from '../../../stores/session.js';
import { accountChoices, signIn } from '../queries.js';
import { problems } from './field-rules.js';

/** Signing in, choosing an account where several fit, and going where one wanted to go. */
export function useSignIn() {
  const route = useRoute();
  const router = useRouter();
  const session = useSessionStore();
  const accounts = ref<AccountChoice[]>([]);

  const form = useForm({
    initial: () => ({ email: historyEmail(), password: '' }),
    validate: ({ email, password }) =>
      problems({
        email: email.trim() === '' ? translate('auth.fields.emailMissing') : undefined,
        password: password === '' ? translate('auth.fields.passwordMissing') : undefined,
      }),
    submit: async ({ email, password }) => {
      try {
        await enter({ email: email.trim(), password });
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'multiple_accounts') throw error;
        accounts.value = accountChoices(error.extra);
      }
    },
  });

  async function enter(credentials: Parameters<typeof signIn>[0]): Promise<void> {
    await signIn(credentials);
    await session.load();
    await router.replace(destination());
  }

  /** Signs in to one of the accounts that were offered. */
  async function choose({ organizationId, billingAccountId }: AccountChoice): Promise<void> {
    const { email, password } = form.values;
    await enter({ email: email.trim(), password, organizationId, billingAccountId });
  }

  function chooseAgain(): void {
    accounts.value = [];
  }

  /** Only a page of this portal: an address from the outside never leads away. */
  function destination() {
    const next = route.query.next;
    if (typeof next !== 'string' || !next.startsWith('/') || next.startsWith('//')) return { name: 'home' };
    return router.resolve(next).meta.access === 'signed-in' ? next : { name: 'home' };
  }

  return { form, accounts, choose, chooseAgain };
}

/** The address typed on the page before, for example when resetting a password. */
function historyEmail(): string {
  const email: unknown = history.state?.email;
  return typeof email === 'string' ? email : '';
}
