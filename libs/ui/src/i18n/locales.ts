import { onDevice } from '../storage.js';

/** The languages that Balcão speaks. */
export const LOCALES = ['pt-BR', 'en-US'] as const;
export type Locale = (typeof LOCALES)[number];

/** What each language calls itself. */
export const LOCALE_NAMES: Record<Locale, string> = { 'pt-BR': 'Português', 'en-US': 'English' };

const STORAGE_KEY = 'balcao-locale';

/** The language that stands for a tag such as `pt`, `pt-PT` or `en-GB`. */
export function matchLocale(tag: string | null | undefined): Locale | undefined {
  const language = tag?.toLowerCase().split('-')[0];
  return (
    LOCALES.find((locale) => locale.toLowerCase() === tag?.toLowerCase()) ??
    LOCALES.find((locale) => locale.startsWith(`${language}-`))
  );
}

/**
 * The language to begin with: what was chosen on this device, else that of the mail whose link was followed (behind the
 * `#`), else the first of the browser's that is offered, else the page's own (the API writes the portal's default there).
 */
export function initialLocale(offered: readonly string[] = LOCALES): Locale {
  const page = matchLocale(document.documentElement.lang) ?? 'pt-BR';
  const ofMail = matchLocale(new URLSearchParams(location.hash.slice(1)).get('locale'));
  const wanted = [storedLocale(), ofMail, ...navigator.languages.map(matchLocale)];
  return wanted.find((locale) => locale !== undefined && offered.includes(locale)) ?? page;
}

/** The language chosen on this device, if any. */
export const storedLocale = (): Locale | undefined => matchLocale(onDevice.read(STORAGE_KEY));

/** Remembers the language on this device. */
export const storeLocale = (locale: Locale): void => onDevice.write(STORAGE_KEY, locale);
