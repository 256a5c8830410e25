import type { Ref } from 'vue';

/** One page of a list, as the API answers it. */
export interface Page<Item> {
  data: Item[];
  pagination?: { page: number; limit: number; total: number; totalExact?: boolean; nextCursor?: string | null };
}

/** What a list shows of its request to the API. */
export interface ListQuery<Item> {
  data: Ref<Page<Item> | undefined>;
  error: Ref<Error | null>;
  isPending: Ref<boolean>;
  isFetching: Ref<boolean>;
  refetch: () => unknown;
}
