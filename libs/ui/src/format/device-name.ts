import { useI18n } from 'vue-i18n';

/** What a device is called by what its browser said of itself: *Firefox no Windows*; null where it said nothing that is known. */
export function useDeviceName() {
  const { t } = useI18n();
  return ({ browser, system }: { browser: string | null; system: string | null }): string | null =>
    browser && system ? t('ui.device', { browser, system }) : (browser ?? system);
}
