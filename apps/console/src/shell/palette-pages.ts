import { attempt, paletteOf, usePaletteActions, type CommandItem, type PaletteEntry } from '@balcao/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { features, useOpens } from '../registry/features.js';
import { useSessionStore } from '../stores/session.js';

const BESIDE = Object.values(
  import.meta.glob<PaletteEntry[]>('../features/*/palette.ts', { eager: true, import: 'default' }),
).flat();

/** Every page of the console and everything that can be done from anywhere. */
export function usePalettePages(showShortcuts: () => void) {
  const { t } = useI18n();
  const router = useRouter();
  const session = useSessionStore();
  const opens = useOpens();
  const common = usePaletteActions({
    speak: (locale) => attempt(() => session.speak(locale)),
    signOut: session.signOut,
  });

  const own = (kind: PaletteEntry['kind']) => paletteOf(features, BESIDE, router, opens, kind);
  const pages = computed<CommandItem[]>(() => own('page'));
  const actions = computed<CommandItem[]>(() => [
    ...own('action'),
    { id: 'shortcuts', icon: 'i-lucide-keyboard', label: t('shell.shortcuts.title'), hint: '?', run: showShortcuts },
    ...common.value,
  ]);
  return { pages, actions };
}
