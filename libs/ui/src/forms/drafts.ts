import { ref } from 'vue';
import { inTab } from '../storage.js';

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
    drafts.value = (inTab.readJson(PREFIX + userId) ?? {}) as Record<string, Draft>;
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
    if (owner.value) inTab.write(PREFIX + owner.value, JSON.stringify(drafts.value));
  }

  return { drafts, openFor, save, discard, clear };
}
