import { oneOf, useAddress, type ListQuery } from '@balcao/ui';
import { computed, type ComputedRef } from 'vue';
import type { Column } from './data-table.js';

/** One thing that a list is narrowed by, beside its search. */
export interface Choice<Value extends string = string> {
  label: string;
  /** What stands for all of them. */
  any: string;
  values: readonly Value[];
  /** What it is narrowed to as long as nobody has chosen, or searches; `ALL` stands for all then. */
  first?: Value;
  /** Its values come from the API: what the address says is taken as it is. */
  free?: boolean;
  text(value: Value): string;
}

/** What the address says where all are wanted of a list that begins with some. */
export const ALL = 'all';

type Choices = Record<string, Choice>;
type Filter<C extends Choices> = { q: string; page: number } & {
  [Name in keyof C]?: C[Name] extends Choice<infer Value> ? Value : never;
};

/** A page that a list begins something with; those that somebody may not open are not offered. */
interface Beginning {
  page: string;
  label: string;
  icon: string;
  operators?: boolean;
}

/** What `ListPage` shows: rows of a kind as the page's address narrows them, in the words below one key. */
export function useListPage<Item extends { id: string }, C extends Choices = Record<never, Choice>>(options: {
  texts: string;
  icon: string;
  choices?: () => C;
  /** Asks the API for what the filter leaves. */
  use: (filter: ComputedRef<Filter<C>>) => ListQuery<Item> & { readAll?: () => Promise<Item[]> };
  columns: () => Column<Item>[];
  /** The most likely last. */
  begin?: () => Beginning[];
}) {
  const { texts, icon, choices: describe = () => ({}) as C, use, columns, begin = () => [] } = options;
  const choices = computed<Choices>(describe);
  const { filters, ...address } = useAddress('q', ...Object.keys(describe()));
  /** What stands in the field of a choice. */
  const chosen = (name: string): string => {
    const { first } = choices.value[name]!;
    return filters[name]!.value || (first === undefined ? '' : filters.q!.value === '' ? first : ALL);
  };
  const filter = computed(() => ({
    ...Object.fromEntries(
      Object.entries(choices.value).map(([name, { values, free }]) => [
        name,
        free ? chosen(name) || undefined : oneOf(values, chosen(name)),
      ]),
    ),
    q: filters.q!.value,
    page: address.page.value,
  })) as ComputedRef<Filter<C>>;
  const query = use(filter);
  return computed(() => ({
    texts,
    icon,
    address: { ...address, choices, filters, chosen },
    query,
    columns: columns(),
    begin: begin(),
  }));
}

/** Where such a page stands, by its address. */
export type ListAddress = ReturnType<typeof useListPage>['value']['address'];
