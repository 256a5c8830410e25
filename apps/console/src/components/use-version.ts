import { ApiError, confirm, translate, type Form } from '@balcao/ui';
import { computed, ref } from 'vue';

/**
 * The version that a change goes back with. Where somebody else was quicker, the API answers `conflict`: `takeTheirs`
 * shows what they saved and keeps what was typed elsewhere, `keepMine` saves one's own on top of it.
 */
export function useVersion<Thing extends { version: number }, Values extends Record<string, unknown>>(options: {
  initial: number;
  reload: () => Promise<Thing>;
  form: Pick<Form<Values>, 'failure' | 'rebase' | 'submit'>;
  valuesOf: (thing: Thing) => Values;
  /** Hears of what is shown from now on. */
  onTaken?: (thing: Thing) => void;
}) {
  const { failure, rebase, submit } = options.form;
  const version = ref(options.initial);
  const resolving = ref(false);
  const conflict = computed(() => failure.value instanceof ApiError && failure.value.code === 'conflict');

  async function read(): Promise<Thing> {
    resolving.value = true;
    try {
      return await options.reload();
    } finally {
      resolving.value = false;
    }
  }

  async function takeTheirs(): Promise<void> {
    const fresh = await read();
    if (!(await rebase(options.valuesOf(fresh), mayDiscard))) return;
    version.value = fresh.version;
    options.onTaken?.(fresh);
  }

  async function keepMine(): Promise<void> {
    version.value = (await read()).version;
    await submit();
  }

  return { version, conflict, resolving, takeTheirs, keepMine };
}

const mayDiscard = () =>
  confirm({
    title: translate('app.conflict.discard.title'),
    description: translate('app.conflict.discard.text'),
    confirmLabel: translate('app.conflict.discard.confirm'),
    cancelLabel: translate('app.conflict.discard.keep'),
    tone: 'danger',
  });
