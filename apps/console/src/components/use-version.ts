import { ApiError, confirm, translate, type Form } from '@balcao/ui';
import { computed, ref, shallowRef } from 'vue';

/** Somebody else has changed it since it was read. */
const CONFLICTS: ReadonlySet<string> = new Set(['conflict', 'invoice_changed', 'proposal_changed']);

/**
 * The version that a change goes back with. Where somebody else was quicker, the API answers one of `CONFLICTS`: `takeTheirs`
 * shows what they saved and keeps what was typed elsewhere, `keepMine` saves one's own on top of it.
 */
export function useVersion<Thing extends { version: number }, Values extends Record<string, unknown>>(options: {
  initial: number;
  reload: () => Promise<Thing>;
  form: Pick<Form<Values>, 'failure' | 'busy' | 'rebase' | 'submit'>;
  valuesOf: (thing: Thing) => Values;
  /** As the page knows it at the moment, where it hears of changes. */
  live?: () => Thing;
}) {
  const { failure, busy, rebase, submit } = options.form;
  const version = ref(options.initial);
  /** What the form began with. */
  const read = shallowRef(options.live?.());
  const resolving = ref(false);
  const conflict = computed(() => failure.value instanceof ApiError && CONFLICTS.has(failure.value.code));

  const asText = (thing: Thing) => JSON.stringify(options.valuesOf(thing));
  /** Somebody else has saved other values than those that were read. */
  const isOld = computed(() => {
    const now = options.live?.();
    if (!now || !read.value || busy.value || resolving.value) return false;
    return now.version > version.value && asText(now) !== asText(read.value);
  });

  /** From now on the form is about this one. */
  function take(thing: Thing): void {
    version.value = thing.version;
    read.value = thing;
  }

  async function fetchAnew(): Promise<Thing> {
    resolving.value = true;
    try {
      return await options.reload();
    } finally {
      resolving.value = false;
    }
  }

  async function takeTheirs(): Promise<void> {
    const fresh = await fetchAnew();
    if (!(await rebase(options.valuesOf(fresh), mayDiscard))) return;
    take(fresh);
  }

  async function keepMine(): Promise<void> {
    take(await fetchAnew());
    await submit();
  }

  return { version, read, conflict, resolving, isOld, take, takeTheirs, keepMine };
}

/** What `VersionNotes` says of a form that has a version. */
export type VersionedForm = Pick<Form<Record<string, unknown>>, 'failure' | 'busy'> &
  Pick<ReturnType<typeof useVersion>, 'conflict' | 'resolving' | 'isOld' | 'takeTheirs' | 'keepMine'>;

const mayDiscard = () =>
  confirm({
    title: translate('app.conflict.discard.title'),
    description: translate('app.conflict.discard.text'),
    confirmLabel: translate('app.conflict.discard.confirm'),
    cancelLabel: translate('app.conflict.discard.keep'),
    tone: 'danger',
  });
