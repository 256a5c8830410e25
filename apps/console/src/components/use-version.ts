import { ApiError } from '@balcao/ui';
import { computed, ref, type Ref } from 'vue';

/**
 * The version that a change goes back with. Where somebody else was quicker, the API answers `conflict`: `takeTheirs`
 * shows what they saved, `keepMine` saves one's own on top of it.
 */
export function useVersion<Thing extends { version: number }>(options: {
  initial: number;
  reload: () => Promise<Thing>;
  failure: Readonly<Ref<Error | undefined>>;
  show: (thing: Thing) => void;
  submit: () => Promise<void>;
}) {
  const version = ref(options.initial);
  const resolving = ref(false);
  const conflict = computed(
    () => options.failure.value instanceof ApiError && options.failure.value.code === 'conflict',
  );

  async function read(): Promise<Thing> {
    resolving.value = true;
    try {
      const fresh = await options.reload();
      version.value = fresh.version;
      return fresh;
    } finally {
      resolving.value = false;
    }
  }

  const takeTheirs = async () => options.show(await read());
  async function keepMine(): Promise<void> {
    await read();
    await options.submit();
  }

  return { version, conflict, resolving, takeTheirs, keepMine };
}
