import { toast, useUnsavedChanges, type Form } from '@balcao/ui';
import { ref, useTemplateRef, type Ref } from 'vue';
import { useRouter } from 'vue-router';

/**
 * What the editors of drafts do alike: a draft is kept where somebody says so, has its own address from then on, and is sent only
 * once it is kept. Its form has the `ref` *draft*.
 */
export function useDraft<Draft extends { id: string }, Values extends Record<string, unknown>>(options: {
  form: Pick<Form<Values>, 'dirty' | 'errors' | 'failure' | 'submit'>;
  /** What there was when the page was opened; undefined of a new one. */
  known: Draft | undefined;
  /** What was saved last. */
  saved: () => Draft | undefined;
  /** Where a draft has its page. */
  page: string;
  /** What is said once it is kept. */
  kept: () => string;
  /** Whether it is judged and saved though nothing was changed. */
  wanted: () => boolean;
  /** True while it is on its way, from the first question to the last answer. */
  sending: Ref<boolean>;
  /** Asks, and sends exactly what was asked about. */
  ask: (draft: Draft) => Promise<void>;
}) {
  const { form, known, saved, page, kept, wanted, sending, ask } = options;
  const router = useRouter();
  /** On its way to the page of what was just made. */
  const leaving = ref(false);
  const element = useTemplateRef<HTMLFormElement>('draft');
  useUnsavedChanges(form.dirty, { left: leaving });

  /** Saves. @returns whether all of it is saved */
  async function save(event?: Event): Promise<boolean> {
    if (known && !form.dirty.value && !wanted()) return true;
    await form.submit(event);
    return !form.failure.value && Object.keys(form.errors).length === 0;
  }
  /** A new one goes on at its own address. */
  async function goOn(): Promise<void> {
    const draft = saved();
    if (known || !draft) return;
    leaving.value = true;
    await router.replace({ name: page, params: { id: draft.id } });
  }
  async function keep(event: Event): Promise<void> {
    if (!(await save(event))) return;
    toast({ text: kept() });
    await goOn();
  }
  async function send(): Promise<void> {
    if (sending.value) return;
    sending.value = true;
    const isSaved = await save({ target: element.value } as unknown as Event);
    const draft = saved();
    if (isSaved && draft) {
      await ask(draft);
      await goOn();
    }
    sending.value = false;
  }
  /** Takes it away; the page is left for `list` where nothing of it stays. */
  async function discard(work: () => Promise<boolean>, list?: string): Promise<void> {
    leaving.value = true;
    if (!(await work())) leaving.value = false;
    else if (list) await router.push({ name: list });
  }

  return { keep, send, discard };
}
