import { ApiError, translate, useForm } from '@balcao/ui';
import { ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { emailProblem, problems } from '../../../components/required.js';
import { useSessionStore } from '../../../stores/session.js';
import { organizationChoices, signIn, type OrganizationChoice } from '../queries.js';

/** Signing in, choosing an organization where several fit, and going where one wanted to go. */
export function useSignIn() {
  const route = useRoute();
  const router = useRouter();
  const session = useSessionStore();
  const organizations = ref<OrganizationChoice[]>([]);

  const form = useForm({
    initial: () => ({ email: String(history.state?.email ?? ''), password: '' }),
    validate: ({ email, password }) =>
      problems({
        email: emailProblem(email),
        password: password === '' ? translate('auth.fields.passwordMissing') : undefined,
      }),
    submit: async () => {
      try {
        await enter();
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'multiple_accounts') throw error;
        organizations.value = organizationChoices(error.extra);
        if (organizations.value.length === 0) throw error;
      }
    },
  });

  /** Signs in, to one of the organizations that were offered where there are several. */
  async function enter(organizationSlug?: string): Promise<void> {
    const { email, password } = form.values;
    await signIn({ email: email.trim(), password, organizationSlug });
    await session.load();
    await router.replace(destination());
  }

  function chooseAgain(): void {
    organizations.value = [];
  }

  /** Only a page of the console: an address from the outside never leads away. */
  function destination() {
    const next = route.query.next;
    if (typeof next !== 'string' || !next.startsWith('/') || next.startsWith('//')) return { name: 'home' };
    return router.resolve(next).meta.access === 'staff' ? next : { name: 'home' };
  }

  return { form, organizations, enter, chooseAgain };
}
