import { LOCALES, type Locale } from '@balcao/contracts';
import { translate } from '@balcao/ui';

/** The name of a language's field, for example `speaks-pt-BR`. */
export type LanguageField = `speaks-${Locale}`;
export const languageField = (locale: Locale): LanguageField => `speaks-${locale}`;

/** Which languages the portal offers, and the one for whoever prefers none of them. */
export type LanguageValues = Record<LanguageField, boolean> & { defaultLocale: Locale };

export function languagesOf({ languages, defaultLocale }: { languages: readonly Locale[]; defaultLocale: Locale }) {
  const offered = LOCALES.map((locale) => [languageField(locale), languages.includes(locale)]);
  return { ...(Object.fromEntries(offered) as Record<LanguageField, boolean>), defaultLocale };
}

/** The languages that are switched on, in Balcão's order. */
export const chosenLanguages = (values: LanguageValues): Locale[] =>
  LOCALES.filter((locale) => values[languageField(locale)]);

/** What is wrong with the language of the beginning. */
export const defaultLocaleProblem = (values: LanguageValues): string | undefined =>
  values[languageField(values.defaultLocale)] ? undefined : translate('portal.fields.defaultNotOffered');
