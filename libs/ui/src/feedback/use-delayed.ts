import { onScopeDispose, ref, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue';

const DELAY = 300;

/** Becomes true only where something has been pending for 300 ms: what is quick never flickers. */
export function useDelayed(pending: MaybeRefOrGetter<boolean>, delay = DELAY): Readonly<Ref<boolean>> {
  const shown = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    () => toValue(pending),
    (isPending) => {
      clearTimeout(timer);
      if (!isPending) shown.value = false;
      else timer = setTimeout(() => (shown.value = true), delay);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return shown;
}
