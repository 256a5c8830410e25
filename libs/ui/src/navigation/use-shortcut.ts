import { onBeforeUnmount, onMounted } from 'vue';

const isApple = () => /mac|iphone|ipad/i.test(navigator.platform);

/** The keys of the command palette as this keyboard names them. */
export const paletteKeys = (): string[] => (isApple() ? ['⌘', 'K'] : ['Ctrl', 'K']);

/** Runs on Ctrl or ⌘ with a letter, wherever the focus is. */
export function useCommandKey(letter: string, run: () => void): void {
  const listen = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (event.key.toLowerCase() !== letter) return;
    event.preventDefault();
    run();
  };
  onMounted(() => addEventListener('keydown', listen));
  onBeforeUnmount(() => removeEventListener('keydown', listen));
}
