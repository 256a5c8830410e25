import type { Locale } from './locales.js';

/** A text in some of the languages. */
export type Localized = Partial<Record<Locale, string | null>>;

/** What somebody reads of it, and in which language that is: their own, else the first one, else any; nothing in none. */
export function localized(text: Localized, locale: Locale, first: Locale): { text: string; lang: Locale } | undefined {
  const lang = [locale, first, ...(Object.keys(text) as Locale[])].find((each) => text[each]);
  return lang && { text: text[lang]!, lang };
}
