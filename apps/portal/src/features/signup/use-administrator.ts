import { portalSubmitSignup } from '@balcao/api-client';
import { ApiError, emailProblem, newPasswordProblem, problems, telephoneProblem, useForm } from '@balcao/ui';
import { computed, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { correctionsOf } from './corrections.js';
import type { SignupState } from './use-signup.js';

const CONSENTS = ['terms', 'privacy'] as const;

/** Who will manage the access, and what they agree to. The fields have the names that the API gives them. */
export function useAdministrator({ page, draft, signup, change, load }: SignupState, done: () => Promise<unknown>) {
  const { t } = useI18n();
  /** Nobody has said the company's name yet: the registry is silent, or is asked still. */
  const asksName = computed(() => signup.value?.kind === 'cnpj' && !signup.value.company);
  const termsChanged = ref(false);

  const form = useForm({
    initial: () => ({
      'company.legalName': draft.company.legalName,
      'administrator.name': draft.administrator.name,
      'administrator.email': draft.administrator.email,
      'administrator.phone': draft.administrator.phone,
      'administrator.password': '',
      'consents.terms': false,
      'consents.privacy': false,
    }),
    validate: (values) =>
      problems({
        'company.legalName':
          asksName.value && signup.value?.lookup.state !== 'waiting' && values['company.legalName'].trim() === ''
            ? t('signup.company.legalNameMissing')
            : undefined,
        'administrator.name':
          values['administrator.name'].trim() === '' ? t('signup.administrator.nameMissing') : undefined,
        'administrator.email': emailProblem(values['administrator.email']),
        'administrator.phone': telephoneProblem(values['administrator.phone']),
        'administrator.password': newPasswordProblem(values['administrator.password']),
        'consents.terms': missingConsent(page.value?.termsUrl, values['consents.terms']),
        'consents.privacy': missingConsent(page.value?.privacyUrl, values['consents.privacy']),
      }),
    fieldOfCode: { password_too_common: 'administrator.password' },
    submit: async (values) => {
      termsChanged.value = false;
      try {
        await change(portalSubmitSignup, { body: bodyOf(values) });
      } catch (error) {
        if (!(error instanceof ApiError && isOfConsents(error))) throw error;
        await showTerms();
        termsChanged.value = true;
        throw missingConsents() ?? error;
      }
      await done();
    },
  });

  const missingConsent = (url: string | null | undefined, given: boolean) =>
    url && !given ? t('signup.administrator.consentMissing') : undefined;

  const isOfConsents = ({ code, fields }: ApiError) =>
    code === 'conflict' || (fields.length > 0 && fields.every(({ path }) => path.startsWith('consents.')));

  /** They agree to what they are shown, and to nothing else: what is asked now is shown, and ticked where it was before. */
  async function showTerms(): Promise<void> {
    const before = page.value;
    await load();
    const now = page.value;
    for (const kind of CONSENTS)
      if (before?.[`${kind}Url`] !== now?.[`${kind}Url`] || before?.termsVersion !== now?.termsVersion)
        form.values[`consents.${kind}`] = false;
  }

  /** Leads to the boxes that are to be ticked now. */
  function missingConsents(): ApiError | undefined {
    const fields = CONSENTS.flatMap((kind) => {
      const message = missingConsent(page.value?.[`${kind}Url`], form.values[`consents.${kind}`]);
      return message ? [{ path: `consents.${kind}`, code: 'mustAgree', message }] : [];
    });
    return fields.length > 0 ? new ApiError({ status: 400, code: 'validation_failed', fields }) : undefined;
  }

  function bodyOf(values: typeof form.values) {
    const text = (name: 'name' | 'email' | 'phone') => values[`administrator.${name}`].trim();
    return {
      company: correctionsOf(draft.company, signup.value?.company),
      administrator: {
        name: text('name'),
        email: text('email'),
        phone: text('phone') || null,
        password: values['administrator.password'],
      },
      consents: {
        terms: values['consents.terms'],
        privacy: values['consents.privacy'],
        version: page.value?.termsVersion ?? null,
        termsUrl: page.value?.termsUrl ?? null,
        privacyUrl: page.value?.privacyUrl ?? null,
      },
      disputes: draft.disputes,
    };
  }

  // All but the password is kept as it is typed.
  watch(
    () => form.values,
    (values) => {
      draft.company.legalName = values['company.legalName'];
      for (const name of ['name', 'email', 'phone'] as const)
        draft.administrator[name] = values[`administrator.${name}`];
    },
    { deep: true },
  );

  return { form, asksName, termsChanged };
}
