import { onDevice } from '@balcao/ui';
import { defineStore } from 'pinia';
import { ref, watch } from 'vue';

const STORAGE_KEY = 'balcao-console-letter-keys';

/** How somebody likes to work on this device. */
export const usePreferencesStore = defineStore('preferences', () => {
  /** Single letters act on the page. Whoever dictates or types with a switch turns this off. */
  const letterKeys = ref(onDevice.read(STORAGE_KEY) !== 'off');
  watch(letterKeys, (on) => onDevice.write(STORAGE_KEY, on ? 'on' : 'off'));
  return { letterKeys };
});
