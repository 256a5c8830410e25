import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** Search, status and page of a list, kept in the address; a new filter begins on the first page. */
export function useListAddress<Status extends string>(statuses: readonly Status[]) {
  const route = useRoute();
  const router = useRouter();
  const read = (name: string) => (typeof route.query[name] === 'string' ? (route.query[name] as string) : '');
  const narrow = (change: Record<string, string | undefined>) =>
    void router.replace({ query: { ...route.query, ...change, page: undefined } });

  const q = computed({ get: () => read('q'), set: (value) => narrow({ q: value || undefined }) });
  const status = computed<Status | ''>({
    get: () => statuses.find((value) => value === read('status')) ?? '',
    set: (value) => narrow({ status: value || undefined }),
  });
  const page = computed({
    get: () => Math.max(1, Math.trunc(Number(read('page'))) || 1),
    set: (value) => void router.push({ query: { ...route.query, page: value > 1 ? String(value) : undefined } }),
  });
  const filter = computed(() => ({ q: q.value, status: status.value || undefined, page: page.value }));
  const filtered = computed(() => q.value !== '' || status.value !== '');
  const clear = () => narrow({ q: undefined, status: undefined });
  return { q, status, page, filter, filtered, clear };
}
