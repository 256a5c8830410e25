import { attempt } from '@balcao/ui';
import { onScopeDispose, ref, watch, type Ref } from 'vue';

/** Longer nobody believes in an answer. */
const LONGEST_LOOK_MS = 30_000;

/** Has name servers asked, and says so until what they were found to say at last changes. */
export function useLook(checkedAt: () => string | null | undefined, ask: () => Promise<unknown>) {
  const looking: Ref<boolean> = ref(false);
  let tired: ReturnType<typeof setTimeout> | undefined;
  const settle = () => {
    clearTimeout(tired);
    looking.value = false;
  };
  watch(checkedAt, settle);
  onScopeDispose(settle);
  async function lookNow(): Promise<void> {
    looking.value = true;
    clearTimeout(tired);
    tired = setTimeout(settle, LONGEST_LOOK_MS);
    if (!(await attempt(ask))) settle();
  }
  return { looking, lookNow };
}
