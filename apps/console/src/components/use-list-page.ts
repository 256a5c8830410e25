import { oneOf, useAddress } from '@balcao/ui';
import { computed, type ComputedRef } from 'vue';

/** One thing that a list is narrowed by, beside its search. */
export interface Choice<Value extends string = string> {
  label: string;
  /** What stands for all of them. */
  any: string;
  values: readonly Value[];
  /** Its values come from the API: what the address says is taken as it is. */
  free?: boolean;
  text(value: Value): string;
}

type Choices = Record<string, Choice>;
type Filter<C extends Choices> = { q: string; page: number } & {
  [Name in keyof C]?: C[Name] extends Choice<infer Value> ? Value : never;
};

/** What a list page shows of its address, and what it asks the API for. */
export function useListPage<C extends Choices>(describe: () => C) {
  const choices = computed(describe);
  const { filters, ...address } = useAddress('q', ...Object.keys(describe()));
  const filter = computed(() => ({
    ...Object.fromEntries(
      Object.entries(choices.value).map(([name, { values, free }]) => [
        name,
        free ? filters[name]!.value || undefined : oneOf(values, filters[name]!.value),
      ]),
    ),
    q: filters.q!.value,
    page: address.page.value,
  })) as ComputedRef<Filter<C>>;
  return { ...address, choices: choices as ComputedRef<Choices>, filters, filter };
}

export type ListAddress = Omit<ReturnType<typeof useListPage>, 'filter'>;
