import { errorText, LOCALE_NAMES, LOCALES, paletteOf, THEMES, toast, useTheme, type CommandItem } from '@balcao/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { features, useOpens } from '../registry/features.js';
import { useSessionStore } from '../stores/session.js';

/** Every page of the console and everything that can be done from anywhere. */
export function usePalettePages(showShortcuts: () => void) {
  const { t, locale } = useI18n();
  const router = useRouter();
  const session = useSessionStore();
  const opens = useOpens();
  const { theme } = useTheme();

  async function signOut(): Promise<void> {
    await session.signOut();
    await router.push({ name: 'login' });
  }

  const pages = computed<CommandItem[]>(() => paletteOf(features, router, opens, 'page'));
  const actions = computed<CommandItem[]>(() => [
    ...paletteOf(features, router, opens, 'action'),
    ...THEMES.filter((value) => value !== theme.value).map((value) => ({
      id: `theme-${value}`,
      icon: 'i-lucide-sun-moon',
      label: t('shell.palette.theme', { theme: t(`ui.theme.${value}`) }),
      run: () => (theme.value = value),
    })),
    ...LOCALES.filter((value) => value !== locale.value).map((value) => ({
      id: `language-${value}`,
      icon: 'i-lucide-globe',
      label: LOCALE_NAMES[value],
      keywords: t('ui.language'),
      run: () => void session.speak(value).catch((error: unknown) => toast({ text: errorText(error), tone: 'danger' })),
    })),
    { id: 'shortcuts', icon: 'i-lucide-keyboard', label: t('shell.shortcuts.title'), hint: '?', run: showShortcuts },
    { id: 'sign-out', icon: 'i-lucide-log-out', label: t('shell.signOut'), run: () => void signOut() },
  ]);
  return { pages, actions };
}
