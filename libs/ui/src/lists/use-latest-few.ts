import { computed, ref } from 'vue';

/** A list's first few, until somebody wants to see the others. */
export function useLatestFew<Item>(items: () => readonly Item[] | undefined, few: number) {
  const all = ref(false);
  const shown = computed(() => (all.value ? items() : items()?.slice(0, few)) ?? []);
  /** How many are not shown. */
  const left = computed(() => (items()?.length ?? 0) - shown.value.length);
  return { shown, left, showAll: () => void (all.value = true) };
}
