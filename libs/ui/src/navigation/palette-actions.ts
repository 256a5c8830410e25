import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { LOCALE_NAMES, LOCALES, type Locale } from '../i18n/locales.js';
import { useSignOut } from '../session/use-sign-out.js';
import { THEMES, useTheme } from '../theme/theme.js';
import type { CommandItem } from './commands.js';

interface PaletteActions {
  /** Speaks another language from now on. */
  speak: (locale: Locale) => Promise<unknown>;
  offers?: (locale: Locale) => boolean;
  signOut: () => Promise<unknown>;
}

/** What the palette can do in either application: another theme, another language, signing out. */
export function usePaletteActions({ speak, offers = () => true, signOut }: PaletteActions): ComputedRef<CommandItem[]> {
  const { t, locale } = useI18n();
  const { theme } = useTheme();
  const leave = useSignOut(signOut);
  return computed(() => [
    ...THEMES.filter((value) => value !== theme.value).map((value) => ({
      id: `theme-${value}`,
      icon: 'i-lucide-sun-moon',
      label: t('ui.palette.theme', { theme: t(`ui.theme.${value}`) }),
      run: () => (theme.value = value),
    })),
    ...LOCALES.filter((value) => value !== locale.value && offers(value)).map((value) => ({
      id: `language-${value}`,
      icon: 'i-lucide-globe',
      label: LOCALE_NAMES[value],
      keywords: t('ui.language'),
      run: () => void speak(value),
    })),
    { id: 'sign-out', icon: 'i-lucide-log-out', label: t('ui.account.signOut'), run: () => void leave() },
  ]);
}
