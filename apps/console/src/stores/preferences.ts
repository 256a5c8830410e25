import { defineStore } from 'pinia';
import { ref, watch } from 'vue';

const STORAGE_KEY = 'balcao-console-letter-keys';

/** How somebody likes to work on this device. */
export const usePreferencesStore = defineStore('preferences', () => {
  /** Single letters act on the page. Whoever dictates or types with a switch turns this off. */
  const letterKeys = ref(read() !== 'off');
  watch(letterKeys, (on) => write(on ? 'on' : 'off'));
  return { letterKeys };
});

function read(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

function write(value: string): void {
  try {
    localStorage.setItem(STORAGE_KEY, value);
  } catch {
    // Without storage the choice holds until the page is closed.
  }
}
