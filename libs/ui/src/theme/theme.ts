import { effectScope, readonly, ref, watchEffect, type Ref } from 'vue';

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
    store(theme.value);
  });
}

function stored(): Theme {
  try {
    const value = localStorage.getItem(STORAGE_KEY) as Theme | null;
    return value && THEMES.includes(value) ? value : 'system';
  } catch {
    return 'system';
  }
}

function store(value: Theme): void {
  try {
    if (value === 'system') localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, value);
  } catch {
    // Without storage the choice holds until the page is closed.
  }
}
