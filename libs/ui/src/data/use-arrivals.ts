import { useEventListener, useResizeObserver } from '@vueuse/core';
import { nextTick, onMounted, ref, watch, type Ref } from 'vue';

interface Item {
  comment?: { id: string; mine: boolean };
  event?: { id: string; mine: boolean };
}

/** So near its end a page is read at its end. */
const NEAR = 120;
const isAtEnd = () => document.documentElement.scrollHeight - scrollY - innerHeight < NEAR;

/**
 * Where a conversation that scrolls with its page is read. What one did oneself is shown with how it ends; what others did
 * is shown to whoever reads the end, and told to the others. Each item of `thread` has its id in `data-item`.
 */
export function useArrivals(thread: Readonly<Ref<HTMLElement | null>>, items: Readonly<Ref<readonly Item[]>>) {
  /** Whether it is longer than the screen. */
  const long = ref(false);
  const measure = () => void (long.value = (thread.value?.offsetHeight ?? 0) > innerHeight);
  onMounted(measure);
  useResizeObserver(thread, measure);
  useEventListener('resize', measure);
  const idOf = (item?: Item) => item?.comment?.id ?? item?.event?.id;
  const elementOf = (id?: string) => thread.value?.querySelector<HTMLElement>(`[data-item="${id}"]`);
  /** The first of what came below the screen. */
  const unseen = ref<string>();
  useEventListener('scroll', () => isAtEnd() && (unseen.value = undefined), { passive: true });

  watch(items, async (now, before) => {
    const last = idOf(before.at(-1));
    const arrived = now.slice(now.findIndex((item) => idOf(item) === last) + 1);
    if (arrived.length === 0) return;
    const readsTheEnd = isAtEnd();
    await nextTick();
    if (arrived.some(({ comment, event }) => (comment ?? event)?.mine))
      scrollTo({ top: document.documentElement.scrollHeight });
    else if (readsTheEnd) elementOf(idOf(arrived[0]))?.scrollIntoView();
    else unseen.value ??= idOf(arrived[0]);
  });

  function goTo(id?: string): void {
    elementOf(id)?.scrollIntoView();
    elementOf(id)?.focus({ preventScroll: true });
  }
  return {
    long,
    goToNewest: () => goTo(idOf(items.value.findLast(({ comment }) => comment))),
    unseen,
    showUnseen: () => {
      goTo(unseen.value);
      unseen.value = undefined;
    },
  };
}
