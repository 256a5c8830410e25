import { effectScope, readonly, ref, watchEffect, type Ref } from 'vue';
import { onDevice } from '../storage.js';

/** Light, dark, or what the device says. */
export type Theme = 'light' | 'dark' | 'system';
export const THEMES: readonly Theme[] = ['light', 'dark', 'system'];
export const THEME_ICONS: Record<Theme, string> = {
  light: 'i-lucide-sun',
  dark: 'i-lucide-moon',
  system: 'i-lucide-monitor',
};

/** `theme.js` reads the same key before the first paint. */
const STORAGE_KEY = 'balcao-theme';

const theme = ref<Theme>(stored());
const dark = ref(false);
let watching = false;

/** The chosen theme and whether the page is dark now. */
export function useTheme(): { theme: Ref<Theme>; dark: Readonly<Ref<boolean>> } {
  // Detached: the page keeps following the theme when the component that asked first is gone.
  if (!watching) effectScope(true).run(watch);
  watching = true;
  return { theme, dark: readonly(dark) };
}

function watch(): void {
  const media = matchMedia('(prefers-color-scheme: dark)');
  const system = ref(media.matches);
  media.addEventListener('change', (event) => (system.value = event.matches));
  watchEffect(() => {
    dark.value = theme.value === 'dark' || (theme.value === 'system' && system.value);
    document.documentElement.classList.toggle('dark', dark.value);
    document.documentElement.classList.toggle('light', !dark.value);
    onDevice.write(STORAGE_KEY, theme.value === 'system' ? undefined : theme.value);
  });
}

function stored(): Theme {
  const value = onDevice.read(STORAGE_KEY) as Theme | undefined;
  return value && THEMES.includes(value) ? value : 'system';
}
