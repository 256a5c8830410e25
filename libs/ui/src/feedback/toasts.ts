import { reactive, readonly } from 'vue';

export interface ToastOptions {
  text: string;
  /** `danger` stays until dismissed. */
  tone?: 'success' | 'danger' | 'info';
  /** One thing to do about it, for example "Desfazer". */
  action?: { label: string; run: () => void };
}

export interface Toast extends ToastOptions {
  id: number;
}

const list = reactive<Toast[]>([]);
let lastId = 0;

/** What `ToastRegion` shows. */
export const toasts = readonly(list);

/**
 * Says briefly that something was done which the page itself does not show. Never the only place where an error is
 * told. The last one counts: there is one at a time.
 */
export function toast(options: ToastOptions): void {
  list.splice(0, list.length, { ...options, id: ++lastId });
}

/** Takes a toast away. */
export function dismissToast(id: number): void {
  const index = list.findIndex((entry) => entry.id === id);
  if (index >= 0) list.splice(index, 1);
}
