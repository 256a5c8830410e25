import { computed, onScopeDispose, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** The value of this name, or nothing where the address says what there is not. */
export const oneOf = <Value extends string>(values: readonly Value[], name: unknown): Value | undefined =>
  values.find((value) => value === name);

/**
 * What a list is narrowed to, kept in the address: it survives a reload, can be sent to a colleague, and the way back
 * leads through it. A new filter begins on the first page.
 */
export function useAddress<Name extends string>(...names: Name[]) {
  const route = useRoute();
  const router = useRouter();
  const read = (name: string) => (typeof route.query[name] === 'string' ? (route.query[name] as string) : '');
  // Where somebody is on their way to: what they typed just before must not call them back.
  let goingTo: string | undefined;
  const stops = [
    router.beforeEach((to) => void (goingTo = to.path)),
    router.afterEach(() => void (goingTo = undefined)),
  ];
  onScopeDispose(() => stops.forEach((stop) => stop()));
  const write = (change: Record<string, string | undefined>) => {
    if (goingTo === undefined || goingTo === route.path) void router.replace({ query: { ...route.query, ...change } });
  };

  const filters = Object.fromEntries(
    names.map((name) => [
      name,
      computed({
        get: () => read(name),
        set: (value) => write({ page: undefined, cursor: undefined, [name]: value || undefined }),
      }),
    ]),
  ) as Record<Name, WritableComputedRef<string>>;

  const page = computed({
    get: () => Math.max(1, Math.trunc(Number(read('page'))) || 1),
    set: (value) => void router.push({ query: { ...route.query, page: value > 1 ? String(value) : undefined } }),
  });
  /** Where a list is read on that is walked by a cursor; undefined on its first page. */
  const cursor = computed(() => read('cursor') || undefined);
  const filtered = computed(() => names.some((name) => read(name) !== ''));
  const clear = () => write(Object.fromEntries([...names, 'page', 'cursor'].map((name) => [name, undefined])));

  return { filters, page, cursor, filtered, clear };
}
