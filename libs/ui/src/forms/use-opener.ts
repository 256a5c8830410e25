import { onUnmounted } from 'vue';

/**
 * Whoever closes a dialog that a menu led to is at that menu's button again: its item, to which the dialog itself would go back, is
 * gone by then.
 */
export function useOpener(): void {
  const menu = document.activeElement?.closest('[role="menu"]');
  const button = document.getElementById(menu?.getAttribute('aria-labelledby') ?? '');
  if (!button) return;
  onUnmounted(() =>
    // Behind the dialog, which gives back the focus a moment after it is gone.
    setTimeout(() => {
      if (!document.activeElement || document.activeElement === document.body) button.focus();
    }, 50),
  );
}
