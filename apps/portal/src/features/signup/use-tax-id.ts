import { isCnpj, isCpf, maskTaxId, normalizeTaxId } from '@balcao/brazil';
import { ApiError } from '@balcao/ui';
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { SignupState } from './use-signup.js';

const LENGTHS = { cnpj: 14, cpf: 11 };
const FITS = { cnpj: isCnpj, cpf: isCpf };

/** The number that a signup begins with: judged once it is complete, and asked about as soon as it fits. */
export function useTaxId({ page, draft, signup, begin }: SignupState) {
  const { t } = useI18n();
  const typed = computed(() => normalizeTaxId(draft.taxId));
  const isComplete = computed(() => typed.value.length === LENGTHS[draft.kind]);
  const fits = computed(() => isComplete.value && FITS[draft.kind](typed.value));
  const busy = ref(false);
  const thrown = shallowRef<Error>();
  /** Somebody wanted to go on with what is not complete. */
  const judged = ref(false);
  /** A CPF stands where a CNPJ is asked for: the portal takes it, or does not; or a CNPJ where a CPF is. */
  const mistaken = ref<'taken' | 'refused' | 'company'>();
  /** Counts the questions: only the last is answered. */
  let questions = 0;

  async function ask(): Promise<void> {
    const own = ++questions;
    busy.value = true;
    thrown.value = undefined;
    try {
      await begin(typed.value);
    } catch (error) {
      if (own === questions) thrown.value = error as Error;
    } finally {
      if (own === questions) busy.value = false;
    }
  }

  function look(): void {
    judged.value = false;
    // A signup of a draft that was found, which has not answered yet, is of the number that stands there.
    if (fits.value && draft.id && (signup.value?.taxId ?? draft.of) === typed.value) return;
    questions++;
    busy.value = false;
    thrown.value = undefined;
    draft.id = draft.token = '';
    if (fits.value) void ask();
  }
  look();
  watch([typed, () => draft.kind], look);

  /** What has come at once, or is left: the start of a CNPJ that is still being typed may look like a CPF. */
  function settle(): void {
    if (draft.kind !== 'cnpj' || !isCpf(typed.value)) return;
    mistaken.value = page.value?.acceptsCpf ? 'taken' : 'refused';
    if (mistaken.value === 'refused') return;
    const { text } = maskTaxId('cpf', typed.value);
    Object.assign(draft, { kind: 'cpf', taxId: text });
  }
  let isCompany = false;
  /** A CNPJ has come where a CPF was asked for: every portal takes companies. */
  function takeCnpj(): void {
    draft.kind = 'cnpj';
    isCompany = true;
  }
  watch(typed, (now, before) => {
    mistaken.value = isCompany ? 'company' : undefined;
    isCompany = false;
    if (now.length - before.length > 1) settle();
  });

  const back = () => thrown.value instanceof ApiError && thrown.value.status === 0 && void ask();
  addEventListener('online', back);
  onScopeDispose(() => removeEventListener('online', back));

  const refused = computed(() =>
    thrown.value instanceof ApiError ? thrown.value.fields.find(({ path }) => path === 'taxId')?.message : undefined,
  );
  const error = computed(() => {
    if (isComplete.value && !fits.value) return t(`signup.company.${wrongKey(typed.value)}`);
    if (refused.value) return refused.value;
    if (mistaken.value === 'refused') return t('signup.company.cpfNotTaken');
    if (!judged.value || isComplete.value) return undefined;
    return t(`signup.company.${draft.kind}${lengthKey(typed.value)}`);
  });
  function lengthKey(number: string): string {
    if (number === '') return 'Missing';
    return number.length < LENGTHS[draft.kind] ? 'Short' : 'Long';
  }
  function wrongKey(number: string): string {
    if (/^(.)\1*$/.test(number)) return 'oneDigit';
    // Of digits alone none is a letter.
    return /^\d{14}$/.test(number) ? 'cnpjSwapped' : `${draft.kind}Wrong`;
  }
  /** What went wrong beyond the number itself. */
  const failure = computed(() => (refused.value ? undefined : thrown.value));

  function judge(): void {
    settle();
    judged.value = true;
  }
  const NOTES = { taken: 'signup.company.cpfInstead', company: 'signup.company.cnpjInstead', refused: undefined };
  /** What happens that the field does not show by itself. */
  const note = computed(() => {
    const key = mistaken.value && NOTES[mistaken.value];
    // A company's look-up tells of itself.
    const preparing = busy.value && draft.kind === 'cpf' ? t('signup.company.preparing') : '';
    return [key ? t(key) : '', preparing].filter(Boolean).join(' ');
  });

  return { busy, fits, error, note, failure, ask, settle, takeCnpj, judge };
}
