import { currentLocale, useDebounced, type CommandGroup } from '@balcao/ui';
import { keepPreviousData, useQueries } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import { useKey } from '../data/keys.js';
import { useOpens } from '../registry/features.js';
import type { PaletteSearch } from '../registry/palette-search.js';

const LIMIT = 5;
const SHORTEST = 2;
const SEARCHES = Object.values(
  import.meta.glob<PaletteSearch[]>('../features/*/search.ts', { eager: true, import: 'default' }),
).flat();

/** Asks the API for whatever features find by what was typed in the palette. */
export function usePaletteSearch(term: Ref<string>) {
  const router = useRouter();
  const opens = useOpens();
  const key = useKey();
  const q = useDebounced(computed(() => term.value.trim()));
  const asked = computed(() => q.value.length >= SHORTEST);
  const searches = SEARCHES.filter(({ page }) => opens(router.resolve({ name: page, params: { id: '-' } }).meta));

  const results = useQueries({
    queries: searches.map(({ id, find }) => ({
      queryKey: key(id, 'palette', q),
      queryFn: ({ signal }: { signal: AbortSignal }) => find({ q: q.value, limit: LIMIT }, signal),
      enabled: asked,
      placeholderData: keepPreviousData,
    })),
  });

  const groups = computed<CommandGroup[]>(() =>
    searches.map(({ id, heading, page }, index) => ({
      id,
      label: heading[currentLocale()],
      searched: true,
      items: (asked.value ? (results.value[index]?.data ?? []) : []).map((item) => ({
        ...item,
        id: `${page}-${item.id}`,
        run: () => void router.push({ name: page, params: { id: item.id } }),
      })),
    })),
  );
  return { groups, busy: computed(() => results.value.some(({ isFetching }) => isFetching)) };
}
