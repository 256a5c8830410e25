import { computed } from 'vue';
import { useDraftsStore } from '../../../stores/drafts.js';

/** One draft of this person. */
export function useDraft(key: string) {
  const store = useDraftsStore();
  return {
    /** What had been typed when the page was opened. */
    stored: store.drafts[key]?.values ?? {},
    savedAt: computed(() => store.drafts[key]?.savedAt),
    save: (values: Record<string, string>) => store.save(key, values),
    discard: () => store.discard(key),
  };
}
