import { reactive } from 'vue';

/** A dialog whose code is loaded when it is shown for the first time: `v-if="wanted"`, `v-model:open="open"`. */
export function useLateDialog() {
  const dialog = reactive({
    open: false,
    wanted: false,
    show: () => {
      dialog.wanted = true;
      dialog.open = true;
    },
  });
  return dialog;
}
