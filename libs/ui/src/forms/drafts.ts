import { ref } from 'vue';

const PREFIX = 'balcao-drafts:';

export interface Draft {
  values: Record<string, string>;
  savedAt: number;
}

/**
 * What somebody typed and did not send; the body of an application's store. It outlives a reload and the end of a
 * session, in this tab only, and is shown to the same person only.
 */
export function setUpDrafts() {
  const owner = ref<string>();
  const drafts = ref<Record<string, Draft>>({});

  function openFor(userId: string): void {
    owner.value = userId;
    drafts.value = read(PREFIX + userId);
  }

  function save(key: string, values: Record<string, string>): void {
    if (Object.values(values).every((value) => value.trim() === '')) return discard(key);
    drafts.value = { ...drafts.value, [key]: { values, savedAt: Date.now() } };
    write();
  }

  function discard(key: string): void {
    const { [key]: _discarded, ...rest } = drafts.value;
    drafts.value = rest;
    write();
  }

  /** Forgets everything: the person signed out on purpose. */
  function clear(): void {
    drafts.value = {};
    write();
  }

  function write(): void {
    if (!owner.value) return;
    try {
      sessionStorage.setItem(PREFIX + owner.value, JSON.stringify(drafts.value));
    } catch {
      // Without storage a draft lasts as long as the page.
    }
  }

  return { drafts, openFor, save, discard, clear };
}

function read(key: string): Record<string, Draft> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Record<string, Draft>;
  } catch {
    return {};
  }
}
