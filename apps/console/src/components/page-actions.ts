import type { CommandItem } from '@balcao/ui';
import { computed, onBeforeUnmount, shallowRef, triggerRef, type ComputedRef } from 'vue';

const sources = shallowRef(new Set<() => CommandItem[]>());

/** What the page in sight can do, as the palette lists it. */
export const pageActions: ComputedRef<CommandItem[]> = computed(() => [...sources.value].flatMap((source) => source()));

/** Offers a page's actions in the palette for as long as the page is there. */
export function usePageActions(actions: () => CommandItem[]): void {
  sources.value.add(actions);
  triggerRef(sources);
  onBeforeUnmount(() => {
    sources.value.delete(actions);
    triggerRef(sources);
  });
}
