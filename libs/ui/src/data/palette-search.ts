import { keepPreviousData, useQueries } from '@tanstack/vue-query';
import { computed, type ComputedRef, type MaybeRefOrGetter, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import type { Opens, Word } from '../features/features.js';
import { useDebounced } from '../forms/use-debounced.js';
import { currentLocale } from '../i18n/i18n.js';
import type { CommandGroup, CommandItem } from '../navigation/commands.js';

/** What the palette asks the API for; a feature offers it by its `search.ts`. */
export interface PaletteSearch {
  id: string;
  heading: Word;
  /** The page that shows what was found; who may not open it does not search. */
  page: string;
  /** What its path calls the id of an item. */
  param?: string;
  find: (query: { q: string; limit: number }, signal: AbortSignal) => Promise<Omit<CommandItem, 'run'>[]>;
}

const LIMIT = 5;
const SHORTEST = 2;

/** Asks the API for whatever features find by what was typed in the palette. */
export function usePaletteSearch(
  all: readonly PaletteSearch[],
  opens: Opens,
  key: (...parts: MaybeRefOrGetter<unknown>[]) => ComputedRef<readonly unknown[]>,
  term: Ref<string>,
) {
  const router = useRouter();
  const q = useDebounced(computed(() => term.value.trim()));
  const asked = computed(() => q.value.length >= SHORTEST);
  const pageOf = ({ page: name, param = 'id' }: PaletteSearch, id: string) => ({ name, params: { [param]: id } });
  const searches = all.filter((search) => opens(router.resolve(pageOf(search, '-')).meta));

  const results = useQueries({
    queries: searches.map(({ id, find }) => ({
      queryKey: key(id, 'palette', q),
      queryFn: ({ signal }: { signal: AbortSignal }) => find({ q: q.value, limit: LIMIT }, signal),
      enabled: asked,
      placeholderData: keepPreviousData,
    })),
  });

  const groups = computed<CommandGroup[]>(() =>
    searches.map((search, index) => ({
      id: search.id,
      label: search.heading[currentLocale()],
      searched: true,
      items: (asked.value ? (results.value[index]?.data ?? []) : []).map((item) => ({
        ...item,
        id: `${search.page}-${item.id}`,
        run: () => void router.push(pageOf(search, item.id)),
      })),
    })),
  );
  return { groups, busy: computed(() => results.value.some(({ isFetching }) => isFetching)) };
}
