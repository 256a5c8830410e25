import { nextTick, watch, type Ref } from 'vue';
import { useRouter, type Router } from 'vue-router';

/** As long as a browser may take to step back; a test's history is back at once, and says nothing. */
const STEP_MS = 100;

/**
 * A step back closes what lies over a page, as people expect of a phone's key, instead of leaving the page below: also where
 * that is the first of its tab, such as a link's, behind which there is nothing that this application would hear of.
 */
export function useBackCloses(open: Ref<boolean>): void {
  const router = useRouter();
  let layers = layersOf.get(router);
  if (!layers) layersOf.set(router, (layers = layersOver(router)));
  const close = () => (open.value = false);
  watch(
    open,
    (isOpen, _before, onCleanup) => {
      if (isOpen) onCleanup(layers.put(close));
    },
    { immediate: true },
  );
}

const layersOf = new WeakMap<Router, ReturnType<typeof layersOver>>();

/** What lies over an application's pages. As long as something does, the history has an entry of the page more, which a step back takes. */
function layersOver(router: Router) {
  const { history } = router.options;
  const closings: (() => unknown)[] = [];
  let hasEntry = false;
  let isBack = false;
  let leaving: Promise<unknown> | undefined;

  async function enter(): Promise<void> {
    await leaving;
    if (hasEntry || closings.length === 0) return;
    hasEntry = true;
    history.push(history.location);
  }

  /** Takes the entry away, unless something lies there again, or a page has taken its place. */
  function leave(): void {
    if (!hasEntry || closings.length > 0) return;
    hasEntry = false;
    leaving = new Promise((done) => {
      addEventListener('popstate', done, { once: true });
      setTimeout(done, STEP_MS);
    }).then(() => (leaving = undefined));
    history.go(-1, false);
  }

  // Heard before the guards are asked.
  history.listen((_to, _from, { direction }) => (isBack = direction === 'back'));
  router.beforeEach(async (to, from) => {
    const isStep = isBack;
    isBack = false;
    await leaving;
    if (!hasEntry) return true;
    hasEntry = false;
    // Another page takes the place of the entry.
    if (to.fullPath !== from.fullPath) return isStep || { path: to.fullPath, replace: true };
    closings.at(-1)?.();
    await nextTick();
    // What asks first whether it may close is still there, or what lay below it.
    await enter();
    return true;
  });

  return {
    /** @returns what is called when it is gone */
    put(close: () => unknown): () => void {
      closings.push(close);
      void enter();
      return () => {
        closings.splice(closings.lastIndexOf(close), 1);
        // Behind whatever is opened or gone to instead.
        setTimeout(leave);
      };
    },
  };
}
