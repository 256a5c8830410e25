import { LOCALES, type Locale } from './locales.js';

/** A text in each language, in the order of LOCALES. */
export type EveryLocale = readonly [portuguese: string, english: string];
export type Texts = Readonly<Record<Locale, string>>;

export function inEveryLocale(texts: EveryLocale): Texts {
  return Object.fromEntries(LOCALES.map((locale, place) => [locale, texts[place]])) as Texts;
}
