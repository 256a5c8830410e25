import { onScopeDispose, ref, watch, type Ref } from 'vue';

const DELAY = 300;

/** Follows a value once it has been still for a moment. */
export function useDebounced<Value>(source: Ref<Value>, delay = DELAY): Readonly<Ref<Value>> {
  const settled = ref(source.value) as Ref<Value>;
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(source, (value) => {
    clearTimeout(timer);
    timer = setTimeout(() => (settled.value = value), delay);
  });
  onScopeDispose(() => clearTimeout(timer));
  return settled;
}
