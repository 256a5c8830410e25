import { attempt, paletteOf, usePaletteActions, type CommandItem } from '@balcao/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { features, useOpens } from '../registry/features.js';
import { useSessionStore } from '../stores/session.js';

/** Every page of the console and everything that can be done from anywhere. */
export function usePalettePages(showShortcuts: () => void) {
  const { t } = useI18n();
  const router = useRouter();
  const session = useSessionStore();
  const opens = useOpens();
  const own = usePaletteActions({
    speak: (locale) => attempt(() => session.speak(locale)),
    signOut: session.signOut,
  });

  const pages = computed<CommandItem[]>(() => paletteOf(features, router, opens, 'page'));
  const actions = computed<CommandItem[]>(() => [
    ...paletteOf(features, router, opens, 'action'),
    { id: 'shortcuts', icon: 'i-lucide-keyboard', label: t('shell.shortcuts.title'), hint: '?', run: showShortcuts },
    ...own.value,
  ]);
  return { pages, actions };
}
