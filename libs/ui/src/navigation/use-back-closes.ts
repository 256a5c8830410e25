import { watch, type Ref } from 'vue';
import { useRouter } from 'vue-router';

/** A step back closes what lies over a page, as people expect of a phone's key, instead of leaving the page below. */
export function useBackCloses(open: Ref<boolean>): void {
  const router = useRouter();
  watch(
    open,
    (isOpen, _before, onCleanup) => {
      if (!isOpen) return;
      let isBack = false;
      const forget = [
        // Heard before the guards are asked.
        router.options.history.listen((_to, _from, { direction }) => (isBack = direction === 'back')),
        router.beforeEach(() => {
          if (!isBack) return true;
          open.value = false;
          return false;
        }),
      ];
      onCleanup(() => forget.forEach((stop) => stop()));
    },
    { immediate: true },
  );
}
