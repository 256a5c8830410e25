import { onBeforeUnmount, onMounted, toValue, type MaybeRefOrGetter } from 'vue';
import { usePreferencesStore } from '../stores/preferences.js';

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="menu"], [role="listbox"]';

/**
 * Runs on a single letter while nobody types, no dialog or menu is open, and letters are not switched off. Letters
 * are those of the event's `key`, in lower case.
 */
export function useLetterKeys(keys: MaybeRefOrGetter<Record<string, () => void>>): void {
  const preferences = usePreferencesStore();
  const listen = (event: KeyboardEvent) => {
    if (!preferences.letterKeys || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const run = toValue(keys)[event.key.toLowerCase()];
    if (!run || (event.target instanceof Element && event.target.closest(TYPING))) return;
    if (document.querySelector('[role="dialog"], [role="menu"]')) return;
    event.preventDefault();
    run();
  };
  onMounted(() => addEventListener('keydown', listen));
  onBeforeUnmount(() => removeEventListener('keydown', listen));
}
