import { onScopeDispose, ref, watchEffect, type Ref } from 'vue';

/** Whole seconds until a moment, while it is ahead; 0 where there is none or it has passed. */
export function useCountdown(until: () => string | number | null | undefined): Readonly<Ref<number>> {
  const seconds = ref(0);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watchEffect(() => {
    const moment = until();
    const end = moment === null || moment === undefined ? 0 : new Date(moment).getTime();
    const tick = () => {
      clearTimeout(timer);
      const left = end - Date.now();
      seconds.value = Math.max(0, Math.ceil(left / 1_000));
      if (left > 0) timer = setTimeout(tick, left % 1_000 || 1_000);
    };
    tick();
  });
  onScopeDispose(() => clearTimeout(timer));
  return seconds;
}
